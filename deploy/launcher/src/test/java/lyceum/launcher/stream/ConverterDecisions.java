package lyceum.launcher.stream;

import static lyceum.launcher.stream.Decisions.decide;
import static lyceum.launcher.stream.Must.failed;
import static lyceum.launcher.stream.Must.ok;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Entries converted from format to format: {@code converters.json}. */
final class ConverterDecisions {

    private static final String NAMED = "19: refused, and the entry is named";
    private static final String BETTER = "3.6: converted, where the original could not";

    /** Contract 2.5: real truth values are accepted; the original took this for true. */
    private static final String NO_FRAME_TIME = "?parse_meta=false";

    /** Contract 3.6, footnote 2: what is in these frames. */
    private static final Map<String, String> JSON_FRAMES = Map.of(
            "converters/holo-hand", "{'left':{'a':1},'right':{},'x':2}",
            "converters/holo-eye", "{'GazeOrigin':{'x':0.5},'left':null}",
            "converters/holo-list_long", "[{'label':'cup','xyxyn':[0.1,0.2,0.3,0.4]}]",
            "converters/guess-by-name", "{'left':{'a':1},'right':{},'x':2}");

    /** Of the small pictures. */
    private static final int PIXELS = 8 * 6;

    private ConverterDecisions() {}

    static void all() {
        for (RecordedCase recorded : Fixture.read("converters").cases()) {
            if (recorded.name().equals("converters/output-nv12")) {
                decideNv12(recorded.name());
            } else if (hasFailures(recorded) || !recorded.verdict().equals("contract")) {
                decideFailures(recorded);
            }
        }
    }

    private static boolean hasFailures(RecordedCase recorded) {
        return recorded.steps().stream().anyMatch(ConverterDecisions::isFailure);
    }

    private static boolean isFailure(JsonNode step) {
        return step.at("/http/response/status").asInt() == 500;
    }

    private static void decideFailures(RecordedCase recorded) {
        Decision decision = decide(recorded.name(), NAMED + "; " + BETTER);
        for (int index = 0; index < recorded.steps().size(); index++) {
            JsonNode step = recorded.steps().get(index);
            if (isFailure(step)) {
                decision.answer(index, decided(recorded, step));
            } else if (step.at("/http/request/path").asText().endsWith(NO_FRAME_TIME)) {
                decision.answer(index, ok("['{{id:9%d}}']".formatted(index)));
            }
        }
    }

    private static ObjectNode decided(RecordedCase recorded, JsonNode step) {
        String path = step.at("/http/request/path").asText();
        if (path.contains("output=json") && JSON_FRAMES.containsKey(recorded.name())) {
            return converted(JSON_FRAMES.get(recorded.name()));
        }
        if (path.contains("output=json") && path.matches(".*_gl[lf]\\?.*")) {
            return converted(grey(recorded.steps()).toString());
        }
        ObjectNode refused = failed(422);
        return path.matches(".*[?&]input=holo.*") ? refused.put("contains", "1000-0") : refused;
    }

    private static ObjectNode converted(String json) {
        ObjectNode response = ok(json);
        ((ObjectNode) response.required("headers")).remove("content-type");
        return response;
    }

    /** The same picture, as it was recorded in another form. */
    private static JsonNode grey(List<JsonNode> steps) {
        return steps.stream()
                .map(step -> step.at("/http/response/body_image"))
                .filter(image -> image.path("format").asText().equals("PNG"))
                .findFirst()
                .orElseThrow()
                .required("pixels");
    }

    /** 3.6: the original exchanged red and blue and mixed up the plane of colours; its 42 is Y of such a picture. */
    private static void decideNv12(String name) {
        byte[] nv12 = new byte[PIXELS + PIXELS / 2];
        Arrays.fill(nv12, 0, PIXELS, (byte) 0x42);
        for (int i = PIXELS; i < nv12.length; i += 2) {
            nv12[i] = (byte) 0xC6;
            nv12[i + 1] = (byte) 0x82;
        }
        decide(name, "3.6: colours in their places")
                .path(0, "/data/x:v3_pv?output=nv12&input=holo")
                .value(0, "/response/headers/entry-offset", TextNode.valueOf("[[\"x:v3_pv\",\"1000-0\",0]]"))
                .value(0, "/response/body_b64", BinaryNode.valueOf(nv12));
    }
}
