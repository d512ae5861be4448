package lyceum.grading.internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/** Fails at its end where what it read does not have the checksum that an archive tells. */
final class ChecksummedStream extends CheckedInputStream {

    private final long expected;

    ChecksummedStream(InputStream content, long expected) {
        super(content, new CRC32());
        this.expected = expected;
    }

    @Override
    public int read() throws IOException {
        return checked(super.read());
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return checked(super.read(target, offset, length));
    }

    private int checked(int count) throws IOException {
        if (count < 0 && getChecksum().getValue() != expected) {
            throw new IOException("checksum differs");
        }
        return count;
    }
}
