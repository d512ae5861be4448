package lyceum.media.internal.live;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import lyceum.platform.Failure;

/** Makes tags of the bytes of an FLV file, as they come. Holds no more than one tag that is not whole yet. */
final class FlvReader {

    static final Failure BROKEN = Failure.invalid("that is no FLV");
    static final Failure TOO_LONG = Failure.invalid("a tag of the FLV is too long");

    /** Signature, version, flags, length of the header, and the length of the tag before the first, which is 0. */
    private static final int HEADER_BYTES = 13;

    private static final int SIGNATURE = 0x464C56;

    private final int longestTagBytes;
    private Buffer rest = Buffer.buffer();
    private boolean isBegun;

    FlvReader(int longestTagBytes) {
        this.longestTagBytes = longestTagBytes;
    }

    /** @return the tags that end in these bytes; fails where they are none, or one is too long */
    List<FlvTag> read(Buffer bytes) {
        Buffer all = rest.length() == 0 ? bytes : rest.appendBuffer(bytes);
        int position = 0;
        if (!isBegun) {
            if (all.length() < HEADER_BYTES) {
                rest = all.copy();
                return List.of();
            }
            if (all.getUnsignedMedium(0) != SIGNATURE) {
                throw BROKEN;
            }
            isBegun = true;
            position = HEADER_BYTES;
        }
        List<FlvTag> tags = new ArrayList<>();
        int end = endOfTag(all, position);
        while (end <= all.length()) {
            tags.add(new FlvTag(all.slice(position, end)));
            position = end;
            end = endOfTag(all, position);
        }
        rest = position == 0 && rest.length() > 0 ? all : all.getBuffer(position, all.length());
        return tags;
    }

    /** @return behind the tag; behind all that there is where that cannot be told yet */
    private int endOfTag(Buffer all, int position) {
        if (all.length() - position < FlvTag.HEADER_BYTES) {
            return Integer.MAX_VALUE;
        }
        int bytes = FlvTag.HEADER_BYTES + all.getUnsignedMedium(position + 1) + FlvTag.TRAILER_BYTES;
        if (bytes > longestTagBytes) {
            throw TOO_LONG;
        }
        return position + bytes;
    }
}
