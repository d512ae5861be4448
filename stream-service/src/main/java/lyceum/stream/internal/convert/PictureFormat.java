package lyceum.stream.internal.convert;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import lyceum.platform.Failure;

/** The files of pictures that are read, by the bytes they begin with. */
enum PictureFormat {
    /** SOI and the first byte of any marker (ITU-T T.81, B.1). */
    JPEG(sameIf(JpegFile::requireWhole), 0xFF, 0xD8, 0xFF),
    /** PNG (ISO/IEC 15948), 5.2. */
    PNG(sameIf(PngFile::requireWhole), 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'),
    /** GIF87a and GIF89a. */
    GIF(GifFile::firstPicture, 'G', 'I', 'F', '8'),
    /** BITMAPFILEHEADER. */
    BMP(sameIf(BmpFile::requireWhole), 'B', 'M');

    private final UnaryOperator<byte[]> readable;
    private final int[] magic;

    PictureFormat(UnaryOperator<byte[]> readable, int... magic) {
        this.readable = readable;
        this.magic = magic;
    }

    private static UnaryOperator<byte[]> sameIf(Consumer<byte[]> whole) {
        return file -> {
            whole.accept(file);
            return file;
        };
    }

    /** @return the format of a file, or INVALID where it is none of these */
    static PictureFormat of(byte[] file) {
        return Arrays.stream(values())
                .filter(format -> format.begins(file))
                .findFirst()
                .orElseThrow(() -> Failure.invalid("picture is none of JPEG, PNG, GIF and BMP"));
    }

    private boolean begins(byte[] file) {
        for (int i = 0; i < magic.length; i++) {
            if (i == file.length || (file[i] & 0xFF) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /** @return of the file what ImageIO is to read; INVALID where a part of it is missing or damaged */
    byte[] readable(byte[] file) {
        return readable.apply(file);
    }
}
