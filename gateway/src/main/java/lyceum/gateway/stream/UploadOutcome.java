package lyceum.gateway.stream;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import lyceum.gateway.form.FormTooLarge;
import lyceum.gateway.form.UnreadableForm;
import lyceum.gateway.route.Finding;
import lyceum.gateway.route.Refusal;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;

/** What the client of an upload is told: ids, or what went wrong and which entries are stored all the same. */
final class UploadOutcome {

    /** More reasons than these help nobody. */
    private static final int MOST_REASONS = 100;

    private static final List<Object> PLACE = List.of("body", "entries");

    private final StreamRoutesConfig config;
    private final EntryWriter writer;

    UploadOutcome(StreamRoutesConfig config, EntryWriter writer) {
        this.config = config;
        this.writer = writer;
    }

    /** @return the ids of all entries; fails with 422 where some are not stored */
    JsonArray ids() {
        if (writer.refused().isEmpty()) {
            return new JsonArray(writer.ids());
        }
        List<Finding> findings = new ArrayList<>();
        writer.refused().stream()
                .limit(MOST_REASONS)
                .map(refused -> Finding.wrongAt(List.of("body", "entries", refused.index()), refused.reason()))
                .forEach(findings::add);
        findings.add(stored());
        throw Refusal.unprocessable(findings);
    }

    /** @return what is told of an upload that failed for this reason */
    Throwable refusal(Throwable error) {
        Throwable told = worded(error);
        if (storedCount() == 0) {
            return told;
        }
        if (told instanceof Refusal refusal) {
            return withStored(refusal);
        }
        return told instanceof Failure failure && failure.kind() != Kind.INTERNAL
                ? new Failure(failure.kind(), withStored(failure.getMessage()))
                : told;
    }

    private Throwable worded(Throwable error) {
        if (error instanceof FormTooLarge) {
            return new Refusal(
                    413,
                    "an entry has at most %d bytes, an upload %d"
                            .formatted(config.messageLimitBytes(), config.uploadLimitBytes()));
        }
        return error instanceof UnreadableForm
                ? Refusal.unprocessable(List.of(Finding.wrongAt(List.of("body"), error.getMessage())))
                : Refusal.at(error, PLACE.toArray());
    }

    private Refusal withStored(Refusal refusal) {
        if (refusal.findings().isEmpty()) {
            return new Refusal(
                    refusal.status(), withStored(refusal.detail().orElse(refusal.reason())), refusal.headers());
        }
        List<Finding> findings = new ArrayList<>(refusal.findings());
        findings.add(stored());
        return Refusal.unprocessable(findings);
    }

    private String withStored(String text) {
        return "%s; the first %d entries are stored"
                .formatted(text, writer.ids().size());
    }

    private Finding stored() {
        JsonArray ids = new JsonArray();
        writer.ids().forEach(id -> ids.add(id.isEmpty() ? null : id));
        String message = "%d of the first %d entries are stored"
                .formatted(storedCount(), writer.ids().size());
        return new Finding(PLACE, message, "value_error.stored", new JsonObject().put("ids", ids));
    }

    private long storedCount() {
        return writer.ids().stream().filter(id -> !id.isEmpty()).count();
    }
}
