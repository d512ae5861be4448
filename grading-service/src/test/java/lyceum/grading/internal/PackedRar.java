package lyceum.grading.internal;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Writes RAR archives, in codes that are good for nothing but tests: every word of a code is as long as every other. */
final class PackedRar {

    private final ByteArrayOutputStream archive = new ByteArrayOutputStream();
    private final boolean five;

    PackedRar(boolean five) {
        this.five = five;
        archive.writeBytes(
                ("Rar!\u001a\u0007" + (five ? "\u0001\u0000" : "\u0000")).getBytes(StandardCharsets.US_ASCII));
        if (five) {
            block5(new Bytes().variable(1).variable(0).variable(0), new byte[0]);
        } else {
            block4(0x73, 0, new Bytes().little(0, 6), new byte[0]);
        }
    }

    byte[] bytes() {
        return archive.toByteArray();
    }

    PackedRar stored(String name, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return file(name, bytes, bytes, 0, false, 0x81a4);
    }

    PackedRar packed(String name, String content, byte[] data, boolean continues) {
        return file(name, content.getBytes(StandardCharsets.ISO_8859_1), data, 3, continues, 0x81a4);
    }

    PackedRar link(String name) {
        return file(name, new byte[1], new byte[1], 0, false, 0xa1ff);
    }

    PackedRar directory(String name) {
        if (five) {
            Bytes header =
                    new Bytes().variable(2).variable(0).variable(1).variable(0).variable(0x41ed);
            block5(header.variable(0).variable(1).text(name), new byte[0]);
        } else {
            file(name, new byte[0], new byte[0], 0, false, 0x41ed);
        }
        return this;
    }

    private PackedRar file(String name, byte[] content, byte[] data, int method, boolean continues, int mode) {
        long crc = crc(content);
        if (five) {
            Bytes header = new Bytes()
                    .variable(2)
                    .variable(2)
                    .variable(data.length)
                    .variable(4)
                    .variable(content.length);
            header.variable(mode)
                    .little(crc, 4)
                    .variable(method << 7 | (continues ? 0x40 : 0))
                    .variable(1)
                    .text(name);
            block5(header, data);
        } else {
            byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
            Bytes header = new Bytes()
                    .little(data.length, 4)
                    .little(content.length, 4)
                    .little(3, 1)
                    .little(crc, 4);
            header.little(0, 4)
                    .little(29, 1)
                    .little(0x30 + method, 1)
                    .little(utf8.length, 2)
                    .little(mode, 4);
            header.out.writeBytes(utf8);
            block4(0x74, 0x8200 | (continues ? 0x10 : 0), header, data);
        }
        return this;
    }

    /** A block of any kind, for what the methods above do not write. */
    PackedRar block4(int type, int flags, Bytes rest, byte[] data) {
        Bytes header = new Bytes().little(type, 1).little(flags, 2).little(rest.out.size() + 7, 2);
        header.out.writeBytes(rest.out.toByteArray());
        archive.writeBytes(new Bytes()
                .little(crc(header.out.toByteArray()) & 0xffff, 2)
                .out
                .toByteArray());
        archive.writeBytes(header.out.toByteArray());
        archive.writeBytes(data);
        return this;
    }

    PackedRar block5(Bytes rest, byte[] data) {
        Bytes header = new Bytes().variable(rest.out.size());
        header.out.writeBytes(rest.out.toByteArray());
        archive.writeBytes(
                new Bytes().little(crc(header.out.toByteArray()), 4).out.toByteArray());
        archive.writeBytes(header.out.toByteArray());
        archive.writeBytes(data);
        return this;
    }

    private static long crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }

    /** Fields of a header. */
    static final class Bytes {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Bytes little(long number, int bytes) {
            for (int index = 0; index < bytes; index++) {
                out.write((int) (number >>> index * 8));
            }
            return this;
        }

        Bytes variable(long number) {
            for (long left = number; ; left >>>= 7) {
                out.write((int) (left < 0x80 ? left : left & 0x7f | 0x80));
                if (left < 0x80) {
                    return this;
                }
            }
        }

        Bytes text(String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            variable(utf8.length);
            out.writeBytes(utf8);
            return this;
        }
    }

    /** Packed data: first the codes, then symbols of nine bits for literals, of six for distances. */
    static final class Bits {

        private final StringBuilder bits = new StringBuilder();
        private final boolean five;

        Bits(boolean five) {
            this.five = five;
            if (!five) {
                bits(0, 2);
            }
            for (int length = 0; length < 20; length++) {
                bits(5, 4);
            }
            int[][] codes = five
                    ? new int[][] {{306, 9}, {64, 6}, {16, 4}, {44, 6}}
                    : new int[][] {{299, 9}, {60, 6}, {17, 5}, {28, 6}};
            for (int[] code : codes) {
                for (int symbol = 0; symbol < code[0]; symbol++) {
                    bits(code[1], 5);
                }
            }
        }

        Bits bits(long value, int count) {
            for (int bit = count - 1; bit >= 0; bit--) {
                bits.append((value >>> bit & 1) == 1 ? '1' : '0');
            }
            return this;
        }

        Bits literals(String text) {
            text.chars().forEach(character -> bits(character, 9));
            return this;
        }

        /** @return all of it as data; a RAR 5 has a header before it */
        byte[] bytes() {
            int used = (bits.length() + 7) % 8;
            byte[] data = new byte[(bits.length() + 7) / 8];
            byte[] number = new BigInteger("1" + bits + "0".repeat(7 - used), 2).toByteArray();
            System.arraycopy(number, number.length - data.length, data, 0, data.length);
            if (!five) {
                return data;
            }
            int flags = 0xc0 | 1 << 3 | used;
            int checksum = 0x5a ^ flags ^ data.length & 0xff ^ data.length >>> 8;
            Bytes block = new Bytes().little(flags, 1).little(checksum, 1).little(data.length, 2);
            block.out.writeBytes(data);
            return block.out.toByteArray();
        }
    }
}
