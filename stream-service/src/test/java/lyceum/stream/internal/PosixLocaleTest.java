package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.platform.TestJvm;
import lyceum.stream.RecordingFileService.FindFile;
import lyceum.stream.RecordingFileService.OpenUpload;
import lyceum.stream.RecordingService.DescribeRecordings;
import lyceum.stream.RecordingService.RenameRecording;
import lyceum.stream.RecordingService.StartRecording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the names of files are in ASCII, as in the locale POSIX; that a JVM learns when it starts. */
class PosixLocaleTest {

    private static final Logger LOG = LoggerFactory.getLogger(PosixLocaleTest.class);
    private static final String NAME = "\u00fcbung";

    @TempDir
    Path root;

    @Test
    void knowsNoNamesThatFilesCannotHave() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(TestJvm.command(
                        "-cp", System.getProperty("java.class.path"), PosixLocaleTest.class.getName(), root.toString()))
                .inheritIO();
        builder.environment().put("LC_ALL", "POSIX");
        Process jvm = builder.start();

        assertThat(jvm.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(jvm.exitValue()).isZero();
    }

    /** What is tested; an error ends this JVM with another code. */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        RecordedTree.write(root);
        TestStream stream = new TestStream(TestStream.recording(root));
        try {
            check(stream);
        } catch (AssertionError | RuntimeException e) {
            LOG.error("not as it should be in this locale", e);
            System.exit(1);
        }
        stream.close();
        System.exit(0);
    }

    private static void check(TestStream stream) {
        assertFails(Kind.INVALID, () -> stream.recordings.startRecording(new StartRecording(NAME)));
        assertThat(stream.redis(Command.EXISTS, RecordingKeys.RUNNING).toInteger())
                .isZero();
        assertFails(Kind.INVALID, () -> stream.recordings.renameRecording(new RenameRecording("rec1", NAME)));
        assertFails(Kind.INVALID, () -> stream.files.openUpload(new OpenUpload("rec1", NAME, true)));
        assertFails(Kind.INVALID, () -> stream.files.openUpload(new OpenUpload(NAME, "x", true)));
        assertFails(Kind.NOT_FOUND, () -> stream.files.findFile(new FindFile("rec1", NAME)));
        assertFails(Kind.NOT_FOUND, () -> stream.files.findFile(new FindFile(NAME, "main.mp4")));
        assertThat(stream.recordings
                        .describeRecordings(new DescribeRecordings(List.of(NAME), true))
                        .await()
                        .items())
                .hasSize(1);
        stream.recordings.renameRecording(new RenameRecording("rec1", "rec9")).await();
    }

    private static void assertFails(Kind kind, Supplier<Future<?>> question) {
        assertThatThrownBy(() -> question.get().await())
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
