package lyceum.bench;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import javax.imageio.ImageIO;

/** One camera and those who watch it as MJPEG, one to three hundred. */
public final class MjpegBench {

    private static final int[] VIEWERS = {1, 10, 100, 300};
    private static final int PER_SECOND = 15;
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final int FIRST_SECONDS = 20;
    private static final int WARM_SECONDS = 3;
    private static final int SECONDS = 10;
    private static final int ROUNDS = 3;
    private static final String STREAM = "camera";

    private final Suite suite;
    private final String token;
    private final byte[] picture = picture();

    private MjpegBench(Suite suite) throws Exception {
        this.suite = suite;
        this.token = URLEncoder.encode(new Http(suite.httpPort()).token(), StandardCharsets.UTF_8);
    }

    /** Starts the suite, and lets more and more viewers watch one stream. */
    public static void main(String[] words) throws Exception {
        try (Suite suite = Suite.start(Map.of(), "-Xmx512m")) {
            MjpegBench bench = new MjpegBench(suite);
            bench.measure(100, FIRST_SECONDS);
            System.out.printf(
                    "MJPEG: one stream of %d pictures of %d x %d a second (JPEG of %d KiB), each row the median of %d rounds of %d s%n%n",
                    PER_SECOND, WIDTH, HEIGHT, bench.picture.length >> 10, ROUNDS, SECONDS);
            bench.rows();
        }
    }

    private static byte[] picture() throws IOException {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        Random random = new Random(1);
        for (int i = 0; i < 400; i++) {
            graphics.setColor(new Color(random.nextInt(1 << 24)));
            graphics.fillOval(random.nextInt(WIDTH), random.nextInt(HEIGHT), random.nextInt(90), random.nextInt(90));
        }
        graphics.dispose();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", file);
        return file.toByteArray();
    }

    /** @param perViewer pictures a second. @param perCpuSecond pictures that one second of a processor brought to viewers */
    private record Row(double perViewer, double perCpuSecond, double cpuPercent) {}

    private void rows() throws Exception {
        Table.head(
                "viewers",
                "pictures a viewer and second",
                "pictures sent a second of CPU",
                "of one viewer's",
                "cpu % of one core");
        Row[][] rows = new Row[VIEWERS.length][ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < VIEWERS.length; i++) {
                rows[i][round] = measure(VIEWERS[i], SECONDS);
            }
        }
        double one = median(rows[0]).perCpuSecond();
        for (int i = 0; i < VIEWERS.length; i++) {
            Row row = median(rows[i]);
            Table.row(VIEWERS[i], row.perViewer(), row.perCpuSecond(), row.perCpuSecond() / one, row.cpuPercent());
        }
    }

    private static Row median(Row[] rows) {
        Row[] sorted = rows.clone();
        Arrays.sort(sorted, Comparator.comparingDouble(Row::perCpuSecond));
        return sorted[sorted.length / 2];
    }

    private Row measure(int viewers, int seconds) throws Exception {
        String query = "?input=jpg&token=" + token;
        try (MjpegSockets sockets = new MjpegSockets();
                PushSocket camera =
                        new PushSocket(suite.httpPort(), "/data/%s/push?token=%s".formatted(STREAM, token))) {
            sockets.open(suite.httpPort(), "/mjpeg/" + STREAM + query, viewers);
            push(camera, WARM_SECONDS);
            long before = sockets.pictures();
            double cpu = ProcessTime.seconds(suite.pid());
            long begin = System.nanoTime();
            push(camera, seconds);
            double passed = (System.nanoTime() - begin) / 1e9;
            double used = ProcessTime.seconds(suite.pid()) - cpu;
            double sent = sockets.pictures() - before;
            return new Row(sent / viewers / passed, sent / used, 100 * used / passed);
        }
    }

    private void push(PushSocket camera, int seconds) throws IOException {
        long begin = System.nanoTime();
        for (int i = 0; i < seconds * PER_SECOND; i++) {
            LockSupport.parkNanos(begin + i * 1_000_000_000L / PER_SECOND - System.nanoTime());
            camera.send(PushSocket.entry(picture));
        }
    }
}
