package lyceum.media.internal;

import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lyceum.media.internal.Runner.Exit;

/**
 * Sound at one loudness (EBU R128): the first pass measures, the second one changes the level by one gain wherever that is
 * enough. What is silent stays as it is.
 *
 * @param targetLufs integrated loudness of the result
 * @param encoding of the result
 */
record LoudnessWork(double targetLufs, Encoding encoding) implements Work {

    private static final String FILTER = "loudnorm=I=%.1f:TP=-1.5:LRA=11:print_format=json";
    private static final String MEASURED =
            ":measured_I=%s:measured_TP=%s:measured_LRA=%s:measured_thresh=%s:offset=%s:linear=true";
    private static final String REPORT = "loudness.json";
    private static final String SILENT = "-inf";
    /** The filter may give 192 kHz. */
    private static final List<String> RESAMPLED = List.of("-ar", "48000");

    @Override
    public Future<List<Product>> make(Workplace place) {
        place.source().withSound();
        List<String> measuring = List.of("-map", "0:a:0", "-af", filter(), "-f", "null", "-");
        return place.encode(measuring, place.meter().part(0, 1.0 / 2))
                .map(LoudnessWork::report)
                .compose(before -> change(place, before));
    }

    private Future<List<Product>> change(Workplace place, JsonObject before) {
        String result = "sound." + encoding.suffix();
        List<String> arguments = new ArrayList<>(List.of("-map", "0:a:0"));
        boolean silent = before.getString("input_i").equals(SILENT);
        if (!silent) {
            arguments.addAll(List.of("-af", filter() + measured(before)));
            arguments.addAll(RESAMPLED);
        }
        arguments.addAll(encoding.arguments());
        arguments.add("file:" + result);
        return place.encode(arguments, place.meter().part(1.0 / 2, 1))
                .map(exit -> told(before, silent ? before : report(exit)))
                .compose(told -> place.files().write(REPORT, told.encode()))
                .compose(written -> place.product(result, encoding.mediaType()))
                .compose(sound -> place.product(REPORT, "application/json").map(told -> List.of(sound, told)));
    }

    private String filter() {
        return String.format(Locale.ROOT, FILTER, targetLufs);
    }

    private static String measured(JsonObject before) {
        return MEASURED.formatted(
                before.getString("input_i"),
                before.getString("input_tp"),
                before.getString("input_lra"),
                before.getString("input_thresh"),
                before.getString("target_offset"));
    }

    /** The filter prints its figures as the last object of the log, each of them as a text. */
    private static JsonObject report(Exit exit) {
        int begin = exit.log().lastIndexOf('{');
        int end = exit.log().lastIndexOf('}');
        try {
            return new JsonObject(exit.log().substring(Math.max(0, begin), Math.max(0, end + 1)));
        } catch (DecodeException | IndexOutOfBoundsException e) {
            throw Source.UNREADABLE;
        }
    }

    private JsonObject told(JsonObject before, JsonObject after) {
        return new JsonObject()
                .put("targetLufs", targetLufs)
                .put("inputLufs", number(before.getString("input_i")))
                .put("inputTruePeakDbtp", number(before.getString("input_tp")))
                .put("inputRangeLu", number(before.getString("input_lra")))
                .put("outputLufs", number(after.getString(before == after ? "input_i" : "output_i")))
                .put("outputTruePeakDbtp", number(after.getString(before == after ? "input_tp" : "output_tp")));
    }

    /** @return null for minus infinity, which JSON does not know */
    private static Double number(String text) {
        double value = Double.parseDouble(text.toLowerCase(Locale.ROOT).replace("inf", "Infinity"));
        return Double.isFinite(value) ? value : null;
    }
}
