package lyceum.grading.internal;

import java.io.EOFException;

/** Bits of a part of an array, the highest of each byte first. Behind its end it shows zeros, but hands none out. */
final class RarBits {

    private final byte[] bytes;
    private final long endBits;
    private long at;

    /**
     * @param start index of the first byte
     * @param end index behind the last
     */
    RarBits(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.at = (long) start * Byte.SIZE;
        this.endBits = (long) end * Byte.SIZE;
    }

    /** @return the next 16 bits, which stay */
    int peek16() {
        int index = (int) (at >>> 3);
        int three = byteAt(index) << 16 | byteAt(index + 1) << 8 | byteAt(index + 2);
        return three >>> 8 - (at & 7) & 0xffff;
    }

    private int byteAt(int index) {
        return (long) index * Byte.SIZE < endBits ? bytes[index] & 0xff : 0;
    }

    void skip(int bits) throws EOFException {
        at += bits;
        if (at > endBits) {
            throw new EOFException("packed data ends early");
        }
    }

    /** @return the next bits, at most 32, as an unsigned number */
    long take(int bits) throws EOFException {
        long value = 0;
        for (int left = bits; left > 0; ) {
            int part = Math.min(left, 16);
            value = value << part | peek16() >>> 16 - part;
            skip(part);
            left -= part;
        }
        return value;
    }

    /** @return how many bits have been taken since the beginning of the array */
    long position() {
        return at;
    }

    void alignToByte() throws EOFException {
        skip((int) (-at & 7));
    }
}
