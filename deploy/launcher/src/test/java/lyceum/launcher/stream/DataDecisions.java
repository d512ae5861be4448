package lyceum.launcher.stream;

import static lyceum.launcher.stream.Decisions.decide;
import static lyceum.launcher.stream.Must.entries;
import static lyceum.launcher.stream.Must.failed;
import static lyceum.launcher.stream.Must.invalid;
import static lyceum.launcher.stream.Must.ok;
import static lyceum.launcher.stream.Must.step;

/** Streams and their entries over HTTP: {@code streams.json}, {@code data_http.json}. */
final class DataDecisions {

    private DataDecisions() {}

    static void all() {
        decide("streams/meta-put-reserved-key", "fix: any name of a member will do")
                .answer(0, ok("'{\\'only\\':true,\\'sid\\':\\'x\\'}'"));
        decide("data_http/post-star-filenames", "fix: each part goes to the stream that its file name names")
                .answer(0, ok("['{{id:1}}','{{id:2}}']"))
                .then(
                        step("GET", "/data/s1", entries("[['s1','{{id:1}}',0]]", "A")),
                        step("GET", "/data/s2", entries("[['s2','{{id:2}}',0]]", "B")));
        decide("data_http/get-errors", "9")
                .answer(0, invalid("query", "last_entry_id"))
                .answer(1, invalid("query", "last_entry_id"))
                .answer(2, invalid("query", "count"))
                .answer(3, invalid("query", "count"));
        decide("data_http/get-output-unknown-stream-no-input", "19").answer(0, failed(422));
        decide("data_http/non-latin1-id", "13").answer(1, entries("[['日','{{id:1}}',0]]", "x"));
    }
}
