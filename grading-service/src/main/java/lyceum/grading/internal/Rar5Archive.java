package lyceum.grading.internal;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The blocks of a RAR 5 archive. */
final class Rar5Archive extends RarArchive {

    private static final int FILE = 2;
    private static final int ENCRYPTION = 4;
    private static final int END = 5;

    private static final int HAS_EXTRA = 1;
    private static final int HAS_DATA = 2;
    private static final int SPLIT = 0x18;

    private static final int IS_DIRECTORY = 1;
    private static final int HAS_TIME = 2;
    private static final int HAS_CRC = 4;
    private static final int SIZE_UNKNOWN = 8;

    private static final int EXTRA_ENCRYPTION = 1;
    private static final int EXTRA_REDIRECTION = 5;

    private static final int UNIX = 1;
    private static final int UNIX_TYPE = 0xf000;
    private static final int UNIX_FILE = 0x8000;

    private Rar5Unpacker unpacker;

    /** Where the next number stands, and where those of this header end. */
    private int at;

    private int end;

    Rar5Archive(byte[] packed, EntryCollector collector) {
        super(packed, collector);
    }

    @Override
    int readBlock(int start) throws IOException {
        long crc = number(start, 4);
        at = start + 4;
        end = checked(Math.min((long) at + 3, packed.length));
        long headerBytes = variable();
        int header = at;
        end = checked(header + headerBytes);
        if (crc(packed, start + 4, end - start - 4) != crc) {
            throw new IOException("a header is damaged");
        }
        long type = variable();
        long flags = variable();
        long extraBytes = (flags & HAS_EXTRA) == 0 ? 0 : variable();
        long dataBytes = (flags & HAS_DATA) == 0 ? 0 : variable();
        int data = end;
        int next = checked(data + dataBytes);
        if (type == ENCRYPTION || type == FILE && (flags & SPLIT) != 0) {
            throw unsupported();
        }
        if (type == FILE) {
            readFile(data, next, extraBytes);
        }
        return type == END ? -1 : next;
    }

    private void readFile(int data, int dataEnd, long extraBytes) throws IOException {
        long flags = variable();
        long size = variable();
        long attributes = variable();
        at += (flags & HAS_TIME) == 0 ? 0 : 4;
        long crc = -1;
        if ((flags & HAS_CRC) != 0) {
            crc = number(at, 4);
            at += 4;
        }
        long compression = variable();
        long system = variable();
        long nameBytes = variable();
        int nameStart = at;
        at = checked(nameStart + nameBytes);
        if (at > end) {
            throw new EOFException("a name ends early");
        }
        String name = new String(packed, nameStart, (int) nameBytes, StandardCharsets.UTF_8);
        boolean redirected = readExtra(end - extraBytes);
        long unixType = system == UNIX ? attributes & UNIX_TYPE : 0;
        if ((flags & IS_DIRECTORY) != 0) {
            collector.directory(name);
        } else if (redirected || unixType != 0 && unixType != UNIX_FILE) {
            collector.special(name);
        } else if ((flags & SIZE_UNKNOWN) != 0 || (compression & 0x3f) > 1) {
            throw unsupported();
        } else {
            add(name, size, crc, () -> unpack(compression, data, dataEnd, size));
        }
    }

    private byte[] unpack(long compression, int data, int dataEnd, long size) throws IOException {
        boolean continues = (compression & 0x40) != 0;
        if (!continues || unpacker == null) {
            unpacker = new Rar5Unpacker(maxWindowBytes());
        }
        long method = compression >>> 7 & 7;
        return method == 0
                ? unpacker.store(packed, data, dataEnd - data)
                : unpacker.unpack(packed, data, dataEnd, size);
    }

    /** @return whether the entry is a link */
    private boolean readExtra(long start) throws IOException {
        boolean redirected = false;
        for (at = (int) Math.max(start, at); at < end; ) {
            long bytes = variable();
            int next = checked(at + bytes);
            long type = variable();
            if (type == EXTRA_ENCRYPTION) {
                throw unsupported();
            }
            redirected |= type == EXTRA_REDIRECTION;
            at = Math.max(next, at);
        }
        return redirected;
    }

    /** @return the next number of seven bits a byte, the lowest first */
    private long variable() throws EOFException {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            if (at >= end) {
                break;
            }
            int part = packed[at++];
            value |= (part & 0x7fL) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw new EOFException("a header ends early");
    }
}
