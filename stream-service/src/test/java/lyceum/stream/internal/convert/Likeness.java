package lyceum.stream.internal.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Compares with what was recorded, by value.
 *
 * @param greyLevels by which each number may differ
 */
public record Likeness(int greyLevels) {

    /** Decoders and encoders of JPEG differ by a few grey levels. */
    public static final Likeness OF_JPEG = new Likeness(4);

    public static final Likeness EXACT = new Likeness(0);

    public void assertPicture(JsonNode recorded, byte[] file) throws IOException {
        try (ImageInputStream stream = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
            ImageReader reader = ImageIO.getImageReaders(stream).next();
            reader.setInput(stream);
            assertThat(reader.getFormatName())
                    .isEqualToIgnoringCase(recorded.get("format").asText());
            Raster raster = reader.read(0).getRaster();
            assertThat(raster.getWidth()).isEqualTo(recorded.get("width").asInt());
            assertThat(raster.getHeight()).isEqualTo(recorded.get("height").asInt());
            assertThat(raster.getSampleModel().getSampleSize(0))
                    .isEqualTo(recorded.get("mode").asText().equals("I") ? 16 : 8);
            assertPixels(recorded.get("pixels"), raster);
        }
    }

    private void assertPixels(JsonNode recorded, Raster raster) {
        for (int y = 0; y < raster.getHeight(); y++) {
            for (int x = 0; x < raster.getWidth(); x++) {
                JsonNode pixel = recorded.get(y).get(x);
                assertThat(raster.getNumBands()).isEqualTo(Math.max(1, pixel.size()));
                for (int band = 0; band < raster.getNumBands(); band++) {
                    JsonNode sample = pixel.isArray() ? pixel.get(band) : pixel;
                    assertThat((double) raster.getSample(x, y, band))
                            .isCloseTo(sample.asDouble(), within((double) greyLevels));
                }
            }
        }
    }

    public void assertFloats(JsonNode recorded, byte[] bytes) {
        assertThat(bytes).hasSize(recorded.size() * Float.BYTES);
        ByteBuffer floats = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (JsonNode value : recorded) {
            assertThat((double) floats.getFloat()).isCloseTo(value.asDouble(), within((double) greyLevels));
        }
    }

    /** All of the same shape, numbers within some grey levels. */
    public void assertLike(JsonNode recorded, JsonNode value) {
        assertThat(value.getNodeType()).isEqualTo(recorded.getNodeType());
        assertThat(value.size()).isEqualTo(recorded.size());
        if (recorded.isNumber()) {
            assertThat(value.asDouble()).isCloseTo(recorded.asDouble(), within((double) greyLevels));
        } else if (recorded.isArray()) {
            Iterator<JsonNode> values = value.iterator();
            recorded.forEach(item -> assertLike(item, values.next()));
        } else {
            assertThat(value).isEqualTo(recorded);
        }
    }
}
