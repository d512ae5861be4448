package lyceum.gateway.live;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A client that knows polls only. */
final class RawPoll {

    private final WebClient web;
    private final int eio;
    final String sid;
    final HttpResponse<Buffer> handshake;
    final JsonObject opened;

    RawPoll(WebClient web, int eio) {
        this.web = web;
        this.eio = eio;
        handshake = web.get(LiveFixture.PATH + "?transport=polling&EIO=" + eio)
                .send()
                .await();
        String packet = packets(handshake).get(0);
        opened = new JsonObject(packet.substring(1));
        sid = opened.getString("sid");
    }

    String query(String transport) {
        return "EIO=%d&transport=%s&sid=%s".formatted(eio, transport, sid);
    }

    private HttpRequest<Buffer> request(boolean isPost) {
        String uri = LiveFixture.PATH + "?" + query("polling");
        return isPost ? web.post(uri) : web.get(uri);
    }

    Future<HttpResponse<Buffer>> get() {
        return request(false).send();
    }

    /** @return the packets of the next poll */
    List<String> poll() {
        return packets(get().await());
    }

    HttpResponse<Buffer> post(Buffer body, String type) {
        return request(true).putHeader("Content-Type", type).sendBuffer(body).await();
    }

    HttpResponse<Buffer> say(String... packets) {
        StringBuilder body = new StringBuilder();
        for (String packet : packets) {
            if (eio == 3) {
                body.append(packet.length()).append(':').append(packet);
            } else {
                body.append(body.isEmpty() ? "" : "\u001e").append(packet);
            }
        }
        return post(Buffer.buffer(body.toString()), "text/plain;charset=UTF-8");
    }

    List<String> packets(HttpResponse<Buffer> response) {
        String text = response.bodyAsString();
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + text);
        }
        if (eio == 4) {
            return Arrays.asList(text.split("\u001e"));
        }
        List<String> packets = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            int colon = text.indexOf(':', at);
            int end = colon + 1 + Integer.parseInt(text.substring(at, colon));
            packets.add(text.substring(colon + 1, end));
            at = end;
        }
        return packets;
    }
}
