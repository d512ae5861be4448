package lyceum.grading.internal;

import java.io.IOException;
import java.util.Arrays;

/**
 * What was done to a run of bytes of a file before RAR 5 packed it, to be undone.
 *
 * @param kind 0 differences, 1 calls and 2 calls and jumps of x86, 3 calls of ARM
 * @param start index in the file
 * @param length in bytes
 * @param channels of differences
 */
record RarFilter(int kind, int start, int length, int channels) {

    private static final int MAX_LENGTH = 0x400000;

    /** What x86 addresses wrap at. */
    private static final int X86_SPACE = 0x1000000;

    /** @param written how much of the file has been unpacked so far */
    static RarFilter read(RarBits bits, int written) throws IOException {
        long start = written + number(bits);
        long length = number(bits);
        int kind = (int) bits.take(3);
        if (length < 4 || length > MAX_LENGTH || kind > 3 || start > Integer.MAX_VALUE) {
            throw new IOException("no filter");
        }
        return new RarFilter(kind, (int) start, (int) length, kind == 0 ? (int) bits.take(5) + 1 : 0);
    }

    /** @return index behind its last byte */
    long end() {
        return (long) start + length;
    }

    private static long number(RarBits bits) throws IOException {
        int bytes = (int) bits.take(2) + 1;
        long number = 0;
        for (int index = 0; index < bytes; index++) {
            number |= bits.take(Byte.SIZE) << index * Byte.SIZE;
        }
        return number;
    }

    void applyTo(byte[] file) throws IOException {
        if (start > file.length - length) {
            throw new IOException("a filter reaches over the end");
        }
        switch (kind) {
            case 0 -> undoDifferences(file);
            case 3 -> undoArm(file);
            default -> undoX86(file);
        }
    }

    private void undoDifferences(byte[] file) {
        byte[] source = Arrays.copyOfRange(file, start, start + length);
        int from = 0;
        for (int channel = 0; channel < channels; channel++) {
            byte value = 0;
            for (int at = channel; at < length; at += channels) {
                value -= source[from++];
                file[start + at] = value;
            }
        }
    }

    private void undoX86(byte[] file) {
        for (int at = start; at < start + length - 4; ) {
            int code = file[at++] & 0xff;
            if (code != 0xe8 && (kind == 1 || code != 0xe9)) {
                continue;
            }
            int offset = at % X86_SPACE;
            int address = get(file, at);
            if (address < 0) {
                if (address + offset >= 0) {
                    put(file, at, address + X86_SPACE);
                }
            } else if (address < X86_SPACE) {
                put(file, at, address - offset);
            }
            at += 4;
        }
    }

    private void undoArm(byte[] file) {
        for (int at = 0; at < length - 3; at += 4) {
            if (file[start + at + 3] == (byte) 0xeb) {
                int address = get(file, start + at) - (start + at) / 4;
                put(file, start + at, address & 0xffffff | 0xeb000000);
            }
        }
    }

    private static int get(byte[] bytes, int at) {
        return bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16 | bytes[at + 3] << 24;
    }

    private static void put(byte[] bytes, int at, int value) {
        for (int index = 0; index < 4; index++) {
            bytes[at + index] = (byte) (value >>> index * Byte.SIZE);
        }
    }
}
