package lyceum.grading.internal;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The blocks of a RAR 2.9 to 4 archive. */
final class Rar4Archive extends RarArchive {

    private static final int HEADER_BYTES = 7;
    private static final int FILE_HEADER_BYTES = 32;

    private static final int MAIN = 0x73;
    private static final int FILE = 0x74;
    private static final int NEW_SERVICE = 0x7a;
    private static final int END = 0x7b;

    private static final int MAIN_ENCRYPTED = 0x80;
    private static final int SPLIT = 0x3;
    private static final int ENCRYPTED = 0x4;
    private static final int CONTINUES = 0x10;
    private static final int DIRECTORY = 0xe0;
    private static final int LARGE = 0x100;
    private static final int UNICODE = 0x200;
    private static final int HAS_DATA = 0x8000;

    private static final int STORED = 0x30;
    private static final int SLOWEST = 0x35;
    private static final int UNIX = 3;
    private static final int UNIX_TYPE = 0xf000;
    private static final int UNIX_FILE = 0x8000;
    private static final int UNIX_DIRECTORY = 0x4000;

    private Rar4Unpacker unpacker;

    Rar4Archive(byte[] packed, EntryCollector collector) {
        super(packed, collector);
    }

    @Override
    int readBlock(int at) throws IOException {
        long crc = number(at, 2);
        int type = (int) number(at + 2, 1);
        int flags = (int) number(at + 3, 2);
        int headerBytes = (int) number(at + 5, 2);
        int end = checked((long) at + headerBytes);
        if (headerBytes < HEADER_BYTES || (crc(packed, at + 2, headerBytes - 2) & 0xffff) != crc) {
            throw new IOException("a header is damaged");
        }
        if (type == MAIN && (flags & MAIN_ENCRYPTED) != 0) {
            throw unsupported();
        }
        if (type == FILE) {
            return readFile(at, end, flags);
        }
        long dataBytes = (flags & HAS_DATA) != 0 || type == NEW_SERVICE ? number(at + HEADER_BYTES, 4) : 0;
        return type == END ? -1 : checked(end + dataBytes);
    }

    private int readFile(int at, int end, int flags) throws IOException {
        if (end - at < FILE_HEADER_BYTES) {
            throw new IOException("a header is damaged");
        }
        boolean large = (flags & LARGE) != 0;
        long packedBytes = number(at + 7, 4) | (large ? number(at + 32, 4) << 32 : 0);
        long size = number(at + 11, 4) | (large ? number(at + 36, 4) << 32 : 0);
        int system = (int) number(at + 15, 1);
        long crc = number(at + 16, 4);
        int version = (int) number(at + 24, 1);
        int method = (int) number(at + 25, 1);
        int nameBytes = (int) number(at + 26, 2);
        int unixType = system == UNIX ? (int) number(at + 28, 4) & UNIX_TYPE : 0;
        int nameStart = at + FILE_HEADER_BYTES + (large ? 8 : 0);
        if (nameStart + nameBytes > end) {
            throw new EOFException("a name ends early");
        }
        if (packedBytes < 0) {
            throw new EOFException("the archive ends early");
        }
        int next = checked(end + packedBytes);
        if ((flags & (SPLIT | ENCRYPTED)) != 0) {
            throw unsupported();
        }
        String name = name(nameStart, nameBytes, (flags & UNICODE) != 0);
        if ((flags & DIRECTORY) == DIRECTORY || unixType == UNIX_DIRECTORY) {
            collector.directory(name);
        } else if (unixType != 0 && unixType != UNIX_FILE) {
            collector.special(name);
        } else if (method < STORED || method > SLOWEST || method > STORED && version != 29 && version != 36) {
            throw unsupported();
        } else {
            add(name, size, crc, () -> unpack(method, (flags & CONTINUES) != 0, end, next, size));
        }
        return next;
    }

    private byte[] unpack(int method, boolean continues, int data, int dataEnd, long size) throws IOException {
        if (!continues || unpacker == null) {
            unpacker = new Rar4Unpacker(maxWindowBytes());
        }
        return method == STORED
                ? unpacker.store(packed, data, dataEnd - data)
                : unpacker.unpack(packed, data, dataEnd, size);
    }

    /** With the flag it is UTF-8, or a name for old systems, a NUL and what to do to it to get UTF-16. */
    private String name(int start, int length, boolean unicode) throws EOFException {
        int plain = 0;
        while (plain < length && packed[start + plain] != 0) {
            plain++;
        }
        if (!unicode || plain == length) {
            return new String(packed, start, plain, StandardCharsets.UTF_8);
        }
        StringBuilder name = new StringBuilder();
        int end = start + length;
        int at = start + plain + 1;
        int high = (int) number(at++, 1) << 8;
        for (int flags = 0, flagBits = 0; at < end; flagBits -= 2) {
            if (flagBits == 0) {
                flags = (int) number(at++, 1);
                flagBits = 8;
                if (at >= end) {
                    break;
                }
            }
            switch (flags >>> flagBits - 2 & 3) {
                case 0 -> name.append((char) number(at++, 1));
                case 1 -> name.append((char) (number(at++, 1) | high));
                case 2 -> {
                    name.append((char) number(at, 2));
                    at += 2;
                }
                default -> {
                    int count = (int) number(at++, 1);
                    int correction = (count & 0x80) == 0 ? -1 : (int) number(at++, 1);
                    for (int left = (count & 0x7f) + 2; left > 0 && name.length() < plain; left--) {
                        int old = packed[start + name.length()] & 0xff;
                        name.append((char) (correction < 0 ? old : (old + correction & 0xff) | high));
                    }
                }
            }
        }
        return name.toString();
    }
}
