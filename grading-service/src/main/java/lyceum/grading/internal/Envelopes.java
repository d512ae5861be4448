package lyceum.grading.internal;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import lyceum.grading.RunnerService.RunnerAnswer;
import lyceum.grading.RunnerService.RunnerCall;

/** Which envelopes are taken: the original's, the sealed one, or both, told apart by their content types. */
final class Envelopes {

    private static final String PLAIN_TYPE = "text/html; charset=utf-8";

    private final Optional<LegacyEnvelope> legacy;
    private final Optional<SealedEnvelope> sealed;

    Envelopes(Optional<LegacyEnvelope> legacy, Optional<SealedEnvelope> sealed) {
        this.legacy = legacy;
        this.sealed = sealed;
    }

    /** A call is in none of the envelopes that are taken. */
    static final class NotOpened extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient RunnerText text;

        NotOpened(RunnerText text) {
            super(text.text(), null, false, false);
            this.text = text;
        }

        RunnerText text() {
            return text;
        }
    }

    /** How a call is answered that came in one of them. */
    @FunctionalInterface
    interface Reply {
        RunnerAnswer of(RunnerText text);
    }

    /**
     * What was in an envelope, and how it is answered.
     *
     * @param stamp what must not have come before; empty where nobody can know
     */
    record Opened(byte[] payload, Reply reply, Optional<ReplayWindow.Stamp> stamp) {}

    /** @return what the call holds; takes tenths of a second for the largest bodies */
    Opened open(RunnerCall call) throws NotOpened {
        byte[] body = call.body().getBytes();
        if (LegacyEnvelope.CONTENT_TYPE.equals(call.contentType()) && legacy.isPresent()) {
            byte[] payload = legacy.get().open(body).orElseThrow(() -> new NotOpened(RunnerText.NOT_DECRYPTED));
            return new Opened(payload, Envelopes::plain, Optional.empty());
        }
        if (SealedEnvelope.CONTENT_TYPE.equals(call.contentType()) && sealed.isPresent()) {
            SealedEnvelope.Opened opened = sealed.get()
                    .open(body, "POST", call.path())
                    .orElseThrow(() -> new NotOpened(RunnerText.NOT_DECRYPTED));
            return new Opened(opened.payload(), text -> sealed(opened, text), Optional.of(opened.stamp()));
        }
        throw new NotOpened(RunnerText.NOT_AN_ENVELOPE);
    }

    static RunnerAnswer plain(RunnerText text) {
        return new RunnerAnswer(status(text), PLAIN_TYPE, Buffer.buffer(text.text()));
    }

    private static RunnerAnswer sealed(SealedEnvelope.Opened opened, RunnerText text) {
        byte[] body = opened.reply(status(text), text.text());
        return new RunnerAnswer(status(text), SealedEnvelope.CONTENT_TYPE, Buffer.buffer(body));
    }

    private static int status(RunnerText text) {
        return text.isBadRequest() ? 400 : 200;
    }
}
