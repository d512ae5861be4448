package lyceum.sandbox.judge0;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Function;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Outcome.Output;
import lyceum.sandbox.Submission;
import lyceum.sandbox.Verdict;

/**
 * One submission with all that is needed to tell of it.
 *
 * @param isBase64 whether texts are told in base64
 */
record SubmissionView(Submission submission, Attributes attributes, Judgement judgement, boolean isBase64) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final int KIB = 1_024;

    /** @return the submission, or empty where it is not of Judge0 */
    static Optional<SubmissionView> of(Submission submission, boolean isBase64) {
        return Attributes.of(submission.run().note())
                .map(attributes ->
                        new SubmissionView(submission, attributes, Judgement.of(submission, attributes), isBase64));
    }

    /** @return an attribute that was sent, as it is told */
    Object attribute(String name) {
        return attributes.json().getValue(name);
    }

    String source() {
        return text(submission.run().program().files().get(0).content());
    }

    String stdin() {
        return textOrNull(submission.run().stdin());
    }

    String expectedOutput() {
        return attributes.expectedOutput().map(this::text).orElse(null);
    }

    /** @return an output of the program, null where it is empty */
    String output(Function<Outcome, Output> which) {
        return ofProgram(outcome -> textOrNull(which.apply(outcome).bytes()));
    }

    /** @return what the compiler said, null where that is nothing */
    String compileOutput() {
        Outcome outcome = submission.outcome();
        if (outcome == null || outcome.compilation() == null) {
            return null;
        }
        Verdict verdict = outcome.compilation().verdict();
        boolean isLate = verdict == Verdict.TIME_LIMIT || verdict == Verdict.CPU_LIMIT;
        return isLate
                ? text(Buffer.buffer("Compilation time limit exceeded."))
                : textOrNull(outcome.compilation().output().bytes());
    }

    String message() {
        return judgement.message() == null ? null : text(Buffer.buffer(judgement.message()));
    }

    String seconds(Function<Outcome.Usage, Long> which) {
        return ofProgram(outcome -> Decimals.seconds(which.apply(outcome.usage())));
    }

    /** @return the most it held, in KiB */
    Long memory() {
        return ofProgram(outcome -> outcome.usage().peakMemoryBytes() / KIB);
    }

    Integer exitCode() {
        return ofProgram(Outcome::exitCode);
    }

    Integer exitSignal() {
        return ofProgram(outcome -> outcome.signal() == 0 ? null : outcome.signal());
    }

    String createdAt() {
        return TIME.format(submission.submittedAt());
    }

    String finishedAt() {
        Instant endedAt = submission.endedAt();
        return endedAt == null ? null : TIME.format(endedAt);
    }

    private <T> T ofProgram(Function<Outcome, T> part) {
        return judgement.isOfProgram() ? part.apply(submission.outcome()) : null;
    }

    private String textOrNull(Buffer bytes) {
        return bytes.length() == 0 ? null : text(bytes);
    }

    private String text(Buffer bytes) {
        if (isBase64) {
            return RubyBase64.encode(bytes);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new NotText(e);
        }
    }
}
