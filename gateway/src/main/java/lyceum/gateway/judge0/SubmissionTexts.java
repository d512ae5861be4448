package lyceum.gateway.judge0;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import lyceum.sandbox.judge0.RubyBase64;

/**
 * What a submission brings to be run, as bytes.
 *
 * @param source empty too where it is not readable
 * @param expectedOutput empty where nobody wants the output compared
 */
record SubmissionTexts(Optional<Buffer> source, Optional<Buffer> stdin, Optional<Buffer> expectedOutput) {

    /** @param isBase64 whether they are sent in base64, or as they are */
    static SubmissionTexts read(Scalars body, boolean isBase64, Findings findings) {
        SubmissionTexts texts = new SubmissionTexts(
                bytes("source_code", body, isBase64, findings),
                bytes("stdin", body, isBase64, findings),
                bytes("expected_output", body, isBase64, findings));
        if (findings.isEmpty() && texts.source.map(SubmissionTexts::isBlank).orElse(true)) {
            findings.add("source_code", "can't be blank");
        }
        return texts;
    }

    private static boolean isBlank(Buffer bytes) {
        return bytes.toString().isBlank();
    }

    private static Optional<Buffer> bytes(String name, Scalars body, boolean isBase64, Findings findings) {
        Optional<String> text = body.text(name);
        if (!isBase64) {
            return text.map(Buffer::buffer);
        }
        Optional<Buffer> bytes = text.flatMap(RubyBase64::decode);
        if (text.isPresent() && bytes.isEmpty()) {
            findings.add(name, "is not base64");
        }
        return bytes;
    }
}
