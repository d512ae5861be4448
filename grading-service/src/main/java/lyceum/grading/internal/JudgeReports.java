package lyceum.grading.internal;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import lyceum.grading.Partial;
import lyceum.grading.Report;
import lyceum.grading.Text;

/** Reads what {@code judge/SafeRunner.py} reports. A script may have changed that, so nothing is taken for granted. */
final class JudgeReports {

    private JudgeReports() {}

    /**
     * @return the report, or null where it makes no sense: numbers that are none, not finite or far too large, texts that
     *     are none
     */
    static Report read(Buffer json) {
        try {
            JsonObject form = new JsonObject(json);
            List<Partial> partials = new ArrayList<>();
            for (Object each : form.getJsonArray("partials")) {
                partials.add(partial((JsonObject) each));
            }
            Report report = new Report(
                    form.getBoolean("accepted"),
                    text(form.getValue("result")),
                    text(form.getValue("compile_error")),
                    List.copyOf(partials));
            score(Judgement.of(report).score());
            return report;
        } catch (RuntimeException e) {
            return null;
        }
    }

    private static Partial partial(JsonObject form) {
        List<Text> detail = new ArrayList<>();
        JsonArray texts = form.getJsonArray("detail");
        for (int i = 0; i < texts.size(); i++) {
            detail.add(text(texts.getValue(i)));
        }
        return new Partial(
                text(form.getValue("name")),
                form.getString("typeName"),
                score(form.getNumber("score")),
                finite(form.getNumber("weight")),
                form.getValue("time") == null ? null : finite(form.getNumber("time")),
                text(form.getValue("brief")),
                List.copyOf(detail));
    }

    private static Text text(Object value) {
        JsonObject form = (JsonObject) value;
        return new Text(form.getString("text"), form.getJsonObject("kwargs").getMap());
    }

    private static double score(Number number) {
        if (!Judgement.isScore(number.doubleValue())) {
            throw new IllegalArgumentException("no score");
        }
        return number.doubleValue();
    }

    private static double finite(Number number) {
        double value = number.doubleValue();
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("not finite");
        }
        return value;
    }
}
