package lyceum.stream.internal.convert;

import io.vertx.core.buffer.Buffer;
import lyceum.platform.Failure;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;

/**
 * How much one conversion may take. Both bounds are checked against what an entry declares, before room is made for it.
 *
 * @param pixels of one picture
 * @param bytes of an entry, and of what is made of it
 */
public record ConversionLimits(int pixels, int bytes) {

    private static final String BYTES = "LYCEUM_STREAM_CONVERSION_LIMIT";
    private static final long MOST_BYTES = 1L << 30;
    private static final int MOST_PIXELS = 1 << 27;

    /** A little more than 3840 x 2160; no camera that pushes frames has more. */
    private static final int PIXELS = 8 << 20;

    /** Reads {@code LYCEUM_STREAM_CONVERSION_LIMIT} and {@code LYCEUM_STREAM_PIXELS}. */
    public static ConversionLimits from(Settings settings) {
        int pixels = settings.number(
                "LYCEUM_STREAM_PIXELS", PIXELS, 1, MOST_PIXELS, "Pixels of a picture that may be converted");
        long bytes = settings.bytes(BYTES, "64MiB", "Size of an entry that may be converted, and of the result");
        if (bytes > MOST_BYTES) {
            throw new WrongSetting(BYTES + ": more than 1GiB");
        }
        return new ConversionLimits(pixels, (int) bytes);
    }

    /** Fails with INVALID where an entry is too large to be converted. */
    void requireSize(Buffer entry) {
        if (entry.length() > bytes) {
            throw Failure.invalid("entry of " + entry.length() + " bytes is above the limit of " + bytes + " bytes");
        }
    }
}
