package lyceum.launcher.stream;

import static lyceum.launcher.stream.Decisions.decide;
import static lyceum.launcher.stream.Must.failed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * Files of recordings and moving pictures: {@code mjpeg.json}, and the static files and uploads of {@code
 * recordings.json}. They are replayed in open mode, because their clients send no token.
 */
final class MediaDecisions {

    private static final String RFC = "4.2: RFC 9110";

    private MediaDecisions() {}

    static void all() {
        decideFiles();
        decideUploads();
        decidePictures();
    }

    private static void decideFiles() {
        decide("recordings/static-range-0-0", RFC).answer(0, part("AA==", "bytes 0-0/1024"));
        decide("recordings/static-range-inverted", RFC).answer(0, beyond());
        decide("recordings/static-range-beyond-end", RFC).answer(0, beyond());
        decide("recordings/static-range-unsupported", RFC)
                .answer(0, part("+/z9/v8=", "bytes 1019-1023/1024"))
                .answer(1, whole());
        decide("recordings/static-raw-shadowed", "fix: dropped");
    }

    private static void decideUploads() {
        String reason = "2: uploads are always authenticated";
        decide("recordings/upload", reason)
                .value(0, "/request/headers/Authorization", token())
                .value(1, "/request/headers/Authorization", token())
                .value(2, "/request/headers/Authorization", token());
        decide("recordings/upload-new-recording", reason + "; fix: the directory is made")
                .value(0, "/request/headers/Authorization", token())
                .answer(0, stored("newrec/note.json"));
        decide("recordings/upload-missing-field", reason).value(0, "/request/headers/Authorization", token());
    }

    private static void decidePictures() {
        JsonNode fromStart = Fixture.read("mjpeg").cases().stream()
                .filter(recorded -> recorded.name().equals("mjpeg/from-start"))
                .findFirst()
                .orElseThrow()
                .steps()
                .get(0)
                .at("/stream/parts");
        decide("mjpeg/idle", "fix: the header of a part is right");
        decide("mjpeg/no-input-for-unknown-name", "fix: it is taken for JPEG").shows(0, fromStart);
        decide("mjpeg/chunked-off-by-one", RFC)
                .answer(0, part("AAECAwQFBgcICQ==", "bytes 0-9/1024"))
                .answer(1, part("6Onq6+zt7u/w8fLz9PX29/j5+vv8/f7/", "bytes 1000-1023/1024"));
        decide("mjpeg/chunked-no-range", "fix: all of it").answer(0, whole());
        decide("mjpeg/chunked-missing", "fix: there is none").answer(0, failed(404));
        decide("mjpeg/chunked-absolute-path", "fix: it leads nowhere").answer(0, failed(404));
        decide("mjpeg/head", "it is the same");
    }

    private static TextNode token() {
        return TextNode.valueOf("Bearer {{jwt}}");
    }

    private static ObjectNode part(String base64, String range) {
        ObjectNode response =
                JsonNodeFactory.instance.objectNode().put("status", 206).put("body_b64", base64);
        response.putObject("headers").put("content-range", range).put("content-type", "video/mp4");
        return response;
    }

    private static ObjectNode whole() {
        ObjectNode response = JsonNodeFactory.instance.objectNode().put("status", 200);
        response.putObject("headers").put("content-length", "1024").put("content-type", "video/mp4");
        return response;
    }

    private static ObjectNode beyond() {
        ObjectNode response = failed(416);
        ((ObjectNode) response.required("headers")).put("content-range", "bytes */1024");
        return response;
    }

    private static ObjectNode stored(String file) {
        return Must.ok("{'filename':'%s','url':'/recordings/static/%s'}".formatted(file, file));
    }
}
