package lyceum.grading.internal;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * A RAR archive, of either generation: 2.9 to 4, and 5. What is encrypted, in several volumes, older, or packed in one of
 * the ways that {@link Rar4Unpacker} does not know is refused, and the refusal says what to do.
 *
 * <p>Why it is here: junrar, the reader that there is, comes under the UnRar licence, which is no open source licence. This
 * one is written from the description of the format and from how libarchive reads it, and unpacks what that unpacks.
 */
abstract class RarArchive {

    private static final byte[] RAR_4 = {'R', 'a', 'r', '!', 0x1a, 7, 0};
    private static final byte[] RAR_5 = {'R', 'a', 'r', '!', 0x1a, 7, 1, 0};

    final byte[] packed;
    final EntryCollector collector;

    RarArchive(byte[] packed, EntryCollector collector) {
        this.packed = packed;
        this.collector = collector;
    }

    /** Hands all entries of an archive to a collector. */
    static void read(byte[] packed, EntryCollector collector) throws IOException {
        if (beginsWith(packed, RAR_5)) {
            new Rar5Archive(packed, collector).read(RAR_5.length);
        } else if (beginsWith(packed, RAR_4)) {
            new Rar4Archive(packed, collector).read(RAR_4.length);
        } else {
            throw new IOException("no RAR archive");
        }
    }

    static ArchiveRefusal unsupported() {
        return ArchiveRefusal.forbidden(
                null, "this kind of .rar is not read here: pack the files as .zip, or as .rar 5 without a password");
    }

    private static boolean beginsWith(byte[] bytes, byte[] start) {
        return bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    /** Reads blocks from an index on until there is no other. */
    final void read(int start) throws IOException {
        for (int at = start; at >= 0 && at < packed.length; ) {
            at = readBlock(at);
        }
    }

    /** @return where the next block begins, or -1 behind the last */
    abstract int readBlock(int at) throws IOException;

    /** How to unpack the data of an entry. */
    interface Unpacking {
        byte[] run() throws IOException;
    }

    /**
     * @param crc that the archive tells of the file, or -1 where it tells none
     * @param size that it tells
     */
    final void add(String name, long size, long crc, Unpacking unpacking) throws IOException {
        if (size < 0 || size > collector.maxBytes()) {
            throw collector.tooLarge(name);
        }
        byte[] file = unpacking.run();
        if (file.length != size || crc >= 0 && crc(file, 0, file.length) != crc) {
            throw new IOException("a file is damaged");
        }
        collector.file(name, new ByteArrayInputStream(file));
    }

    /** @return what an unpacker may hold: what has been taken, and one file more */
    final long maxWindowBytes() {
        return 2 * collector.maxBytes();
    }

    final long crc(byte[] bytes, int start, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, start, length);
        return crc.getValue();
    }

    final int checked(long index) throws EOFException {
        if (index < 0 || index > packed.length) {
            throw new EOFException("the archive ends early");
        }
        return (int) index;
    }

    /** @return a little endian number of at most 8 bytes */
    final long number(int at, int bytes) throws EOFException {
        checked((long) at + bytes);
        long number = 0;
        for (int index = 0; index < bytes; index++) {
            number |= (packed[at + index] & 0xffL) << index * Byte.SIZE;
        }
        return number;
    }
}
