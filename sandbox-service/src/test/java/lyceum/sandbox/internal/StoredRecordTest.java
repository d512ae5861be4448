package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Outcome.Compilation;
import lyceum.sandbox.Outcome.Output;
import lyceum.sandbox.Outcome.Usage;
import lyceum.sandbox.Program;
import lyceum.sandbox.Run;
import lyceum.sandbox.SourceFile;
import lyceum.sandbox.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredRecordTest {

    private static final Buffer EVERY_BYTE = everyByte();

    @Test
    void keepsARunAsItIs() {
        Run run = new Run(
                "id",
                "ada",
                Run.Priority.BATCH,
                new Program(
                        "c++",
                        List.of(new SourceFile("a.cc", EVERY_BYTE), new SourceFile("b/c.h", Buffer.buffer())),
                        List.of("-x", "ü\u0000"),
                        Map.of("A", "b"),
                        Program.Directory.OWN),
                EVERY_BYTE,
                Run.Streams.JOINED,
                new Limits(Duration.ofMillis(1_234), Duration.ofNanos(5), 1L << 40, 3, 4, 5, 6, -1),
                Limits.OF_LANGUAGE,
                List.of("out.txt"));

        assertThat(StoredRecord.read(Run.class, StoredRecord.bytes(run))).contains(run);
    }

    @Test
    void keepsAnOutcomeAsItIs() {
        Output output = new Output(EVERY_BYTE, 1L << 40, true);
        Outcome outcome = new Outcome(
                Verdict.MEMORY_LIMIT,
                137,
                9,
                output,
                Output.NONE,
                new Usage(1, 2, 3),
                new Compilation(Verdict.ACCEPTED, 0, 0, output, Usage.NONE),
                List.of(new SourceFile("out.bin", EVERY_BYTE)),
                4);

        assertThat(StoredRecord.read(Outcome.class, StoredRecord.bytes(outcome)))
                .contains(outcome);
        assertThat(StoredRecord.read(Outcome.class, StoredRecord.bytes(Unreadable.OUTCOME)))
                .contains(Unreadable.OUTCOME);
    }

    @Test
    void keepsWhatInstancesTellEachOther() {
        Submitted submitted = new Submitted(3);

        assertThat(StoredRecord.read(Submitted.class, StoredRecord.bytes(submitted)))
                .contains(submitted);
    }

    @Test
    void findsNothingInARecordOfAnotherKind() {
        assertThat(StoredRecord.read(Run.class, StoredRecord.bytes(Unreadable.OUTCOME)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "garbage that is long enough to be read as lengths", "\0\0\0\1x\0\0\0\2{}\0\0\0\0"})
    void findsNothingInWhatIsNoRecord(String bytes) {
        assertThat(StoredRecord.read(Run.class, Buffer.buffer(bytes))).isEmpty();
    }

    @Test
    void findsNothingInAClassThatIsGone() {
        Buffer bytes = Buffer.buffer();
        for (String part : List.of("lyceum.sandbox.OldRun", "{}")) {
            bytes.appendInt(part.length()).appendString(part);
        }

        assertThat(StoredRecord.read(Run.class, bytes.appendInt(0))).isEmpty();
    }

    private static Buffer everyByte() {
        Buffer bytes = Buffer.buffer();
        for (int value = 0; value < 256; value++) {
            bytes.appendByte((byte) value);
        }
        return bytes;
    }
}
