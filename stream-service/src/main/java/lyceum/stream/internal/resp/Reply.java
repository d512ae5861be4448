package lyceum.stream.internal.resp;

import io.vertx.core.buffer.Buffer;
import java.util.List;

/** An answer of Redis, in the second version of its protocol (redis.io, "Redis serialization protocol specification"). */
public sealed interface Reply {

    /** A null, of a text or of a list. */
    Reply NOTHING = new Nothing();

    /** @return the text, where it is one */
    default String text() {
        throw new IllegalStateException("no text: " + this);
    }

    /** @return the bytes of the text, where it is one */
    default Buffer bytes() {
        throw new IllegalStateException("no text: " + this);
    }

    /** @return the number, where it is one */
    default long number() {
        throw new IllegalStateException("no number: " + this);
    }

    /** @return the list, where it is one */
    default List<Reply> items() {
        throw new IllegalStateException("no list: " + this);
    }

    /** A simple string or a bulk string. */
    record Text(@Override Buffer bytes) implements Reply {
        @Override
        public String text() {
            return bytes.toString();
        }
    }

    record Number(@Override long number) implements Reply {}

    record Items(@Override List<Reply> items) implements Reply {}

    /** @param reason in the words of Redis, its code first */
    record Refused(String reason) implements Reply {}

    record Nothing() implements Reply {}
}
