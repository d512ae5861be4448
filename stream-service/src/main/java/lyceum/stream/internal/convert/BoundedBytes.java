package lyceum.stream.internal.convert;

import java.io.ByteArrayOutputStream;
import lyceum.platform.Failure;

/** Takes what is being made; fails with INVALID as soon as it is more than the limit. */
final class BoundedBytes extends ByteArrayOutputStream {

    private final int limit;

    /** @param limit in bytes */
    BoundedBytes(int limit) {
        this.limit = limit;
    }

    @Override
    public void write(int value) {
        require(1);
        super.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        require(length);
        super.write(bytes, offset, length);
    }

    private void require(int more) {
        if (more > limit - count) {
            throw tooLarge(limit);
        }
    }

    static Failure tooLarge(int limit) {
        return Failure.invalid("the converted entry is above the limit of " + limit + " bytes");
    }
}
