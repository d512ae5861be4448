package lyceum.stream.internal.convert;

import java.util.Arrays;
import java.util.function.Consumer;
import lyceum.platform.Failure;

/** The files of pictures that are read, by the bytes they begin with. */
enum PictureFormat {
    /** SOI and the first byte of any marker (ITU-T T.81, B.1). */
    JPEG(JpegFile::requireWhole, 0xFF, 0xD8, 0xFF),
    /** PNG (ISO/IEC 15948), 5.2. */
    PNG(PngFile::requireWhole, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n');

    private final Consumer<byte[]> check;
    private final int[] magic;

    PictureFormat(Consumer<byte[]> check, int... magic) {
        this.check = check;
        this.magic = magic;
    }

    /** @return the format of a file, or INVALID where it is none of these */
    static PictureFormat of(byte[] file) {
        return Arrays.stream(values())
                .filter(format -> format.begins(file))
                .findFirst()
                .orElseThrow(() -> Failure.invalid("picture is neither JPEG nor PNG"));
    }

    private boolean begins(byte[] file) {
        for (int i = 0; i < magic.length; i++) {
            if (i == file.length || (file[i] & 0xFF) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /** Fails with INVALID where a part of the file is missing or damaged. */
    void requireWhole(byte[] file) {
        check.accept(file);
    }
}
