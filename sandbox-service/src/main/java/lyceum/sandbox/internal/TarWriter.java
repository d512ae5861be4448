package lyceum.sandbox.internal;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import lyceum.sandbox.SourceFile;

/**
 * Archives as every tar reads them: plain files in the format of POSIX.1-1988 ({@code ustar}), and before a name that
 * is too long for it an entry of GNU tar's type {@code L} that holds the name, which BusyBox knows too.
 */
final class TarWriter {

    static final int BLOCK_BYTES = 512;

    private static final int NAME_BYTES = 100;
    private static final int CHECKSUM_AT = 148;
    private static final char PLAIN = '0';
    private static final char LONG_NAME = 'L';

    private final Buffer archive = Buffer.buffer();

    private TarWriter() {}

    /** @return an archive of the files, which everybody may read */
    static Buffer pack(List<SourceFile> files) {
        TarWriter writer = new TarWriter();
        files.forEach(writer::add);
        return writer.archive.appendBytes(new byte[2 * BLOCK_BYTES]);
    }

    private void add(SourceFile file) {
        byte[] name = file.name().getBytes(StandardCharsets.UTF_8);
        if (name.length > NAME_BYTES) {
            // The name in the header is for those who do not know the entry before it.
            entry(
                    "././@LongLink".getBytes(StandardCharsets.US_ASCII),
                    LONG_NAME,
                    Buffer.buffer(name).appendByte((byte) 0));
        }
        entry(name, PLAIN, file.content());
    }

    private void entry(byte[] name, char type, Buffer content) {
        byte[] header = new byte[BLOCK_BYTES];
        System.arraycopy(name, 0, header, 0, Math.min(NAME_BYTES, name.length));
        put(header, 100, "0000644\0");
        put(header, 108, "0000000\0");
        put(header, 116, "0000000\0");
        put(header, 124, String.format(Locale.ROOT, "%011o ", content.length()));
        put(header, 136, "00000000000 ");
        put(header, CHECKSUM_AT, "        ");
        put(header, 156, String.valueOf(type));
        put(header, 257, "ustar\00000");
        put(header, CHECKSUM_AT, String.format(Locale.ROOT, "%06o\0 ", sum(header)));
        archive.appendBytes(header).appendBuffer(content);
        archive.appendBytes(new byte[-content.length() & (BLOCK_BYTES - 1)]);
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private static int sum(byte[] header) {
        int sum = 0;
        for (byte each : header) {
            sum += each & 0xFF;
        }
        return sum;
    }
}
