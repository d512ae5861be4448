package lyceum.launcher.stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/**
 * Moving pictures that were watched for some seconds: which parts came, and how their pictures look. The one that asks to
 * stand by is our own, so that of it only the size must be right.
 *
 * @param json {@code path}, {@code observed_seconds}, {@code parts} and so on
 */
record RecordedShow(JsonNode json) {

    /** As decoders and encoders of JPEG differ. */
    private static final double GREY_LEVELS = 4;

    private static final int STILL_WIDTH = 760;

    private static final Pattern HEADER =
            Pattern.compile("--frame\r\nContent-Type: image/jpeg\r\nContent-Length: (\\d+)\r\n\r\n");

    /** @param meanwhile what others do, once it has begun */
    List<String> differences(Vertx vertx, int port, Runnable meanwhile) {
        HttpClient http = vertx.createHttpClient();
        Buffer body = Buffer.buffer();
        boolean[] isOver = {false};
        HttpClientResponse response = http.request(
                        HttpMethod.GET, port, "127.0.0.1", json.required("path").asText())
                // Within, so that it listens before the first part can come.
                .compose(request -> request.send()
                        .onSuccess(answer -> answer.handler(body::appendBuffer).endHandler(end -> isOver[0] = true)))
                .await();
        meanwhile.run();
        vertx.timer((long) (1000 * json.required("observed_seconds").asDouble()), TimeUnit.MILLISECONDS)
                .await();
        List<String> differences = new ArrayList<>();
        compare("status", json.required("status").asText(), "" + response.statusCode(), differences);
        compare("type", json.required("content-type").asText(), response.getHeader("Content-Type"), differences);
        compare(
                "coding",
                json.required("transfer-encoding").asText(),
                response.getHeader("Transfer-Encoding"),
                differences);
        compare("over", json.required("server_closed_early").asText(), "" + isOver[0], differences);
        compareParts(pictures(body), differences);
        http.close().await();
        return differences;
    }

    private static void compare(String what, String expected, String actual, List<String> differences) {
        if (!expected.equals(actual)) {
            differences.add("%s: expected %s, got %s".formatted(what, expected, actual));
        }
    }

    private static List<BufferedImage> pictures(Buffer body) {
        List<BufferedImage> pictures = new ArrayList<>();
        Matcher header = HEADER.matcher(body.toString("ISO-8859-1"));
        int from = 0;
        while (header.find(from)) {
            int end = header.end() + Integer.parseInt(header.group(1));
            if (header.start() != from || end + 2 > body.length()) {
                return pictures;
            }
            pictures.add(picture(body.getBytes(header.end(), end)));
            from = end + 2;
        }
        return pictures;
    }

    private static BufferedImage picture(byte[] jpeg) {
        try {
            return ImageIO.read(new ByteArrayInputStream(jpeg));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compareParts(List<BufferedImage> pictures, List<String> differences) {
        JsonNode parts = json.required("parts");
        compare("parts", "" + parts.size(), "" + pictures.size(), differences);
        for (int i = 0; i < Math.min(parts.size(), pictures.size()); i++) {
            JsonNode part = parts.get(i);
            BufferedImage picture = pictures.get(i);
            String size = part.required("width").asText()
                    + 'x'
                    + part.required("height").asText();
            compare("picture " + i, size, picture.getWidth() + "x" + picture.getHeight(), differences);
            boolean isStandBy = i > 0 && picture.getWidth() == STILL_WIDTH;
            for (int band = 0; band < 3 && !isStandBy; band++) {
                double expected = part.required("mean_pixel").get(band).asDouble();
                double actual = mean(picture, band);
                if (Math.abs(expected - actual) > GREY_LEVELS) {
                    differences.add("picture %d, band %d: expected %s, got %s".formatted(i, band, expected, actual));
                }
            }
        }
    }

    private static double mean(BufferedImage picture, int band) {
        long sum = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                sum += picture.getRGB(x, y) >> (16 - 8 * band) & 0xFF;
            }
        }
        return (double) sum / picture.getWidth() / picture.getHeight();
    }
}
