package lyceum.stream.internal.convert;

import java.nio.ByteBuffer;

/** What the bytes of an entry mean. */
interface InputFormat {

    /** @return what the entry holds, or INVALID where it is not of this format */
    Content read(ByteBuffer entry);
}
