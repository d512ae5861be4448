package lyceum.launcher.video;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lyceum.media.TestFfmpeg;

/** An ffmpeg that publishes a test picture with a tone, as people do it. */
public final class Encoder implements AutoCloseable {

    private static final int LIMIT_SECONDS = 30;

    private final Process process;
    private final Path log;

    private Encoder(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Publishes until it is stopped.
     *
     * @param key what stands behind the application: name, and perhaps a query
     * @param log gets what it says
     */
    public static Encoder publish(int port, String key, Path log, String... coding) {
        List<String> command = new ArrayList<>(List.of(TestFfmpeg.any(), "-nostdin", "-hide_banner", "-v", "warning"));
        command.addAll(List.of("-re", "-f", "lavfi", "-i", "testsrc=size=320x240:rate=15"));
        command.addAll(List.of("-re", "-f", "lavfi", "-i", "sine=frequency=440"));
        command.addAll(
                coding.length > 0
                        ? List.of(coding)
                        : List.of("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "15"));
        command.addAll(List.of("-c:a", "aac", "-f", "flv", "rtmp://127.0.0.1:%d/live/%s".formatted(port, key)));
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            return new Encoder(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isPublishing() {
        return process.isAlive();
    }

    /** @return how it ends by itself */
    public int end() throws InterruptedException {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("it goes on and on; see " + log);
        }
        return process.exitValue();
    }

    /** Ends it without a word, as a broken connection does. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
