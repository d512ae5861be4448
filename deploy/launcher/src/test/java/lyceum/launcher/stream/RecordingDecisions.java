package lyceum.launcher.stream;

import static lyceum.launcher.stream.Decisions.decide;
import static lyceum.launcher.stream.Must.closed;
import static lyceum.launcher.stream.Must.failed;
import static lyceum.launcher.stream.Must.hearJson;
import static lyceum.launcher.stream.Must.nowhere;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Recordings and their replay: {@code recordings.json}. */
final class RecordingDecisions {

    /** Of the recording whose stream is one zip, 238 bytes long. */
    private static final DoubleNode MEBIBYTES = DoubleNode.valueOf(238 / (1024.0 * 1024.0));

    private static final String UNITS = "4.1: MiB, not bytes, also where a stream is one zip";

    private static final String OURS = "4.4: what was started above is recorded, if anything came";

    private static final String BUT_FOR = "/response/but_for";

    private static final ArrayNode STARTED =
            JsonNodeFactory.instance.arrayNode().add("my-rec").add("second").add("{{recid}}");

    private RecordingDecisions() {}

    static void all() {
        decideInfos();
        decide("recordings/get-undefined", "fix: no such recording").answer(0, failed(404));
        decide("recordings/rename", "18, and " + OURS).answer(2, failed(409)).value(1, BUT_FOR, STARTED);
        decide("recordings/hide-unhide", OURS).value(1, BUT_FOR, STARTED).value(3, BUT_FOR, STARTED);
        decide("recordings/delete", OURS).value(2, BUT_FOR, STARTED);
        decide("recordings/delete-dotdot", "RFC 3986, 6.2.2.3: the path is /, and belongs to no contract")
                .answer(0, nowhere());
        decide("recordings/replay-noauth", "8").handshake(0, 401);
        decide("recordings/replay-unknown-stream", "7").from(0, 0, closed(1008));
        decide("recordings/replay-no-rec-id", "7").from(0, 0, closed(1008));
        decide("recordings/replay-plain-plus", "fix: a space separates too")
                .from(0, 0, hearJson(progress("{'main':5,'eye':2}")), hearJson(progress("{}")), closed(1000));
    }

    private static String progress(String updates) {
        return "{'updates':%s,'active':[],'durations':{'main':0.4,'eye':0.3},'current':{'main':0.4,'eye':0.3}}"
                .formatted(updates);
    }

    private static void decideInfos() {
        String first = "/response/body_json/2";
        decide("recordings/list-info", UNITS)
                .value(0, first + "/size_mb", MEBIBYTES)
                .value(0, first + "/streams/main/size_mb", MEBIBYTES)
                .value(1, first + "/size_mb", MEBIBYTES)
                .value(1, first + "/streams/main/size_mb", MEBIBYTES);
        decide("recordings/list-info-nocache", "fix: all is read again")
                .answer(0, firstList())
                .value(0, first + "/size_mb", MEBIBYTES)
                .value(0, first + "/streams/main/size_mb", MEBIBYTES);
        decide("recordings/get-single-zip-stream", UNITS)
                .value(0, "/response/body_json/size_mb", MEBIBYTES)
                .value(0, "/response/body_json/streams/main/size_mb", MEBIBYTES);
    }

    private static ObjectNode firstList() {
        JsonNode list = Fixture.read("recordings").cases().stream()
                .filter(recorded -> recorded.name().equals("recordings/list-info"))
                .findFirst()
                .orElseThrow()
                .steps()
                .get(0);
        return list.at("/http/response").deepCopy();
    }
}
