package lyceum.launcher.stream;

import static lyceum.launcher.stream.Decisions.decide;
import static lyceum.launcher.stream.Must.closed;
import static lyceum.launcher.stream.Must.entries;
import static lyceum.launcher.stream.Must.hear;
import static lyceum.launcher.stream.Must.leave;
import static lyceum.launcher.stream.Must.quiet;
import static lyceum.launcher.stream.Must.send;
import static lyceum.launcher.stream.Must.sendBytes;
import static lyceum.launcher.stream.Must.step;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Sockets that push: {@code ws_push.json}. */
final class PushDecisions {

    private static final String BOTH_IDS = "{{id:1}},{{id:2}}";

    private PushDecisions() {}

    static void all() {
        decideHandshakes();
        decideStars();
        decideOffsets();
        decideRefusals();
    }

    private static void decideHandshakes() {
        decide("ws_push/noauth", "8").handshake(0, 401);
        decide("ws_push/basic-auth", "8").handshake(0, 401);
        decide("ws_push/garbage-token", "1").handshake(0, 401);
        decide("ws_push/ws-trailing-slash", "section 2: routes of WebSockets have no twin with a slash");
        decide("ws_push/plus-without-batch", "fix: refused before it is accepted")
                .handshake(0, 403);
    }

    private static void decideStars() {
        String implied = "4: a star implies a batch";
        decide("ws_push/star-without-batch", implied)
                .from(0, 0, send("[['m5',3]]"), sendBytes("one"), quiet(400), leave())
                .then(stored("m5", "[['m5','{{id:1}}',0]]", "one"));
        decide("ws_push/star-without-batch-ack", implied)
                .from(0, 0, send("[['m5',3]]"), sendBytes("two"), hear("{{id:1}}"), leave());
        decide("ws_push/star-flat-header", "fix: nobody has named a stream yet").from(0, 2, closed(1007, 1008));
        decide("ws_push/star-flat-after-named", "3.2: free to reject; no names are kept from header to header")
                .from(0, 5, closed(1008))
                .answer(1, entries("[['m6','{{id:1}}',0]]", "one"))
                .answer(2, entries("[['m7','{{id:2}}',0]]", "two"));
    }

    private static void decideOffsets() {
        String starts = "3: from 0 on they are START offsets";
        decide("ws_push/start-offsets-flat-LOSS", starts)
                .from(0, 2, hear(BOTH_IDS), leave())
                .answer(1, entries("[['q1','{{id:1}}',0],['q1','{{id:2}}',3]]", "onetwo"));
        decide("ws_push/start-offsets-pairs-LOSS", starts)
                .from(0, 2, hear(BOTH_IDS), leave())
                .answer(1, entries("[['q2','{{id:1}}',0]]", "one"))
                .answer(2, entries("[['q3','{{id:2}}',0]]", "two"));
        decide("ws_push/start-offset-single-LOSS", starts)
                .from(0, 2, hear("{{id:1}}"), leave())
                .answer(1, entries("[['q4','{{id:1}}',0]]", "one"));
        for (String odd : List.of(
                "offset-beyond-length",
                "offset-all-beyond",
                "offset-decreasing",
                "offset-negative",
                "trailing-bytes")) {
            decide("ws_push/" + odd, "3.2: free to reject, and then nothing is stored")
                    .from(0, 2, closed(1008))
                    .answer(1, entries("[]", ""));
        }
    }

    private static void decideRefusals() {
        String refused = "7, 3.2: closed with the reason; what else is in the batch is stored";
        decide("ws_push/batch-triples-id-not-increasing", refused).from(0, 2, closed(1008));
        decide("ws_push/batch-triples-partial-failure", refused).from(0, 2, closed(1008));
        decide("ws_push/plus-batch-too-many", "fix: nothing is dropped silently")
                .from(0, 2, closed(1007, 1008))
                .then(stored("a3", "[]", ""));
        for (String header : List.of("bad-json", "object", "null", "string", "four-tuple")) {
            String name = "ws_push/header-" + header;
            int behind = List.of("bad-json", "object").contains(header) ? 1 : 2;
            decide(name, "7").from(0, behind, closed(1007, 1008));
        }
        decide("ws_push/header-as-binary", "7").from(0, 1, closed(1003));
        decide("ws_push/text-instead-of-binary", "7").from(0, 1, closed(1003));
        decide("ws_push/parse-meta-not-holo", "7").from(0, 1, closed(1007, 1008));
    }

    private static JsonNode stored(String stream, String offsets, String text) {
        return step("GET", "/data/%s?last_entry_id=0&count=10".formatted(stream), entries(offsets, text));
    }
}
