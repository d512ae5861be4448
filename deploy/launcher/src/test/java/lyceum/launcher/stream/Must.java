package lyceum.launcher.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import lyceum.launcher.wire.Json;

/** Steps, answers and frames in the form of recordings, for decisions; {@code '} stands for {@code "} in JSON. */
final class Must {

    private Must() {}

    /** @return a request of somebody who has a token, and its answer */
    static ObjectNode step(String method, String path, ObjectNode response) {
        ObjectNode step = object();
        ObjectNode http = step.putObject("http");
        http.putObject("request")
                .put("method", method)
                .put("path", path)
                .putObject("headers")
                .put("Authorization", "Bearer {{jwt}}");
        http.set("response", response);
        return step;
    }

    /** @return the same, with a body of JSON */
    static ObjectNode step(String method, String path, String json, ObjectNode response) {
        ObjectNode step = step(method, path, response);
        ObjectNode request = (ObjectNode) step.at("/http/request");
        request.set("body_json", json(json));
        ((ObjectNode) request.required("headers")).put("Content-Type", "application/json");
        return step;
    }

    /** @return an answer with JSON */
    static ObjectNode ok(String json) {
        ObjectNode response = response(200);
        response.set("body_json", json(json));
        return response;
    }

    /** @return an answer with entries: where each begins, and all of them */
    static ObjectNode entries(String offsets, String text) {
        ObjectNode response = object().put("status", 200).put("body_text", text);
        response.putObject("headers").put("entry-offset", json(offsets).toString());
        return response;
    }

    /** @return an answer with entries that are JSON, each {@code [stream, id, JSON]} */
    static ObjectNode jsonEntries(String entries) {
        ObjectNode response = object().put("status", 200);
        response.set("entries", json(entries));
        return response;
    }

    static ObjectNode unauthenticated(String detail) {
        ObjectNode response = response(401);
        ((ObjectNode) response.required("headers")).put("www-authenticate", "Bearer");
        response.putObject("body_json").put("detail", detail);
        return response;
    }

    /** @return one of these statuses, with the usual shape of errors */
    static ObjectNode failed(Integer... statuses) {
        ObjectNode response = response(statuses[0]);
        List.of(statuses).forEach(response.putArray("statuses")::add);
        response.putObject("body_json").put("detail", Comparison.DETAIL);
        return response;
    }

    /** @return 422 that names one place, {@code query}, {@code count} */
    static ObjectNode invalid(String... place) {
        ObjectNode response = response(422);
        ObjectNode finding = response.putObject("body_json").putArray("detail").addObject();
        List.of(place).forEach(finding.putArray("loc")::add);
        finding.put("msg", Comparison.ANY).put("type", Comparison.ANY);
        return response;
    }

    /** @return what is told of a path that nobody has: a problem after RFC 9457, whose detail is the recorded one */
    static ObjectNode nowhere() {
        ObjectNode response = object().put("status", 404);
        response.putObject("headers").put("content-type", "application/problem+json");
        response.putObject("body_json")
                .put("type", "about:blank")
                .put("title", "Not Found")
                .put("status", 404)
                .put("detail", "Not Found");
        return response;
    }

    private static ObjectNode response(int status) {
        ObjectNode response = object().put("status", status);
        response.putObject("headers").put("content-type", "application/json");
        return response;
    }

    static ObjectNode send(String json) {
        return object().put("send", "text").put("text", json.replace('\'', '"'));
    }

    static ObjectNode sendBytes(String text) {
        return object().put("send", "binary").put("b64", base64(text));
    }

    static ObjectNode hear(String text) {
        return object().put("recv", "text").put("text", text);
    }

    static ObjectNode hearJson(String json) {
        ObjectNode frame = object().put("recv", "text");
        frame.set("json", json(json));
        return frame;
    }

    static ObjectNode hearBytes(String text) {
        return object().put("recv", "binary").put("b64", base64(text));
    }

    /** @return a close with one of these codes and some reason */
    static ObjectNode closed(Integer... codes) {
        ObjectNode frame = object().put("recv", "close");
        List.of(codes).forEach(frame.putArray("codes")::add);
        return frame;
    }

    static ObjectNode quiet(int millis) {
        return object().put("recv", "nothing").put("within_ms", millis);
    }

    static ObjectNode meanwhile(String words) {
        return object().put("meanwhile", words);
    }

    static ObjectNode leave() {
        return object().put("send", "close").put("code", 1000);
    }

    /** @return a delivery and its bytes, one after the other */
    static JsonNode[] deliveries(String... offsetsAndTexts) {
        ArrayNode frames = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < offsetsAndTexts.length; i += 2) {
            frames.add(hearJson(offsetsAndTexts[i])).add(hearBytes(offsetsAndTexts[i + 1]));
        }
        frames.add(quiet(500)).add(leave());
        JsonNode[] all = new JsonNode[frames.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = frames.get(i);
        }
        return all;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
