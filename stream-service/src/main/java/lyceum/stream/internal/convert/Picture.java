package lyceum.stream.internal.convert;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * A picture of 8 bits a sample.
 *
 * @param channels 1 grey, 2 grey and opacity, 3 red, green and blue, 4 these and opacity
 * @param samples row by row, the channels of a pixel together; not copied
 */
record Picture(int width, int height, int channels, byte[] samples) implements Content {

    private static final int RGB = 3;

    boolean grey() {
        return channels == 1;
    }

    /** @return whether there is no channel of opacity */
    boolean allOpaque() {
        return channels % 2 == 1;
    }

    /** @return 0..255 */
    int sample(int pixel, int channel) {
        return samples[pixel * channels + channel] & 0xFF;
    }

    @Override
    public String noun() {
        return grey() ? "a grey picture" : "a colour picture";
    }

    /** A grey picture as {@code [row][column]}, all others as {@code [row][column][channel]}. */
    @Override
    public void writeJson(JsonGenerator out) throws IOException {
        out.writeStartArray();
        for (int row = 0; row < height; row++) {
            out.writeStartArray();
            for (int column = 0; column < width; column++) {
                writePixel(out, row * width + column);
            }
            out.writeEndArray();
        }
        out.writeEndArray();
    }

    private void writePixel(JsonGenerator out, int pixel) throws IOException {
        if (grey()) {
            out.writeNumber(sample(pixel, 0));
            return;
        }
        out.writeStartArray();
        for (int channel = 0; channel < channels; channel++) {
            out.writeNumber(sample(pixel, channel));
        }
        out.writeEndArray();
    }

    @Override
    public Numbers numbers() {
        return new Numbers(samples.length, index -> samples[index] & 0xFF);
    }

    /** @return the picture turned by 90 degrees, clockwise */
    Picture turnedRight() {
        return turned((row, column) -> (height - 1 - column) * width + row);
    }

    /** @return the picture turned by 90 degrees, counter-clockwise */
    Picture turnedLeft() {
        return turned((row, column) -> column * width + (width - 1 - row));
    }

    private interface Origin {
        int pixel(int row, int column);
    }

    private Picture turned(Origin origin) {
        byte[] turned = new byte[samples.length];
        int next = 0;
        for (int row = 0; row < width; row++) {
            for (int column = 0; column < height; column++, next += channels) {
                System.arraycopy(samples, origin.pixel(row, column) * channels, turned, next, channels);
            }
        }
        return new Picture(height, width, channels, turned);
    }

    /** @return the picture with red and blue exchanged, where it has them */
    Picture redAndBlueSwapped() {
        if (channels < RGB) {
            return this;
        }
        byte[] swapped = samples.clone();
        for (int pixel = 0; pixel < swapped.length; pixel += channels) {
            swapped[pixel] = samples[pixel + 2];
            swapped[pixel + 2] = samples[pixel];
        }
        return new Picture(width, height, channels, swapped);
    }

    /** @return the picture as if all of it were opaque: with 1 or 3 channels */
    Picture opaque() {
        if (allOpaque()) {
            return this;
        }
        int colours = channels - 1;
        byte[] opaque = new byte[width * height * colours];
        for (int pixel = 0; pixel < width * height; pixel++) {
            System.arraycopy(samples, pixel * channels, opaque, pixel * colours, colours);
        }
        return new Picture(width, height, colours, opaque);
    }
}
