package lyceum.launcher.stream;

import static lyceum.launcher.stream.Decisions.decide;
import static lyceum.launcher.stream.Must.closed;
import static lyceum.launcher.stream.Must.deliveries;
import static lyceum.launcher.stream.Must.hearBytes;
import static lyceum.launcher.stream.Must.hearJson;
import static lyceum.launcher.stream.Must.leave;
import static lyceum.launcher.stream.Must.meanwhile;
import static lyceum.launcher.stream.Must.quiet;

/** Sockets that pull: {@code ws_pull.json}. */
final class PullDecisions {

    private PullDecisions() {}

    static void all() {
        decide("ws_pull/noauth", "8").handshake(0, 401);
        decide("ws_pull/from-0-count-10", "5: count is honoured")
                .from(
                        0,
                        0,
                        deliveries(
                                "[['s','1000-0',0],['s','1001-0',2],['s','1002-0',4],['s','1003-0',6]]", "e0e1e2e3"));
        decidePositions();
        decideModes();
        decideTimeKeepers();
        decide("ws_pull/convert-output", "20, 7: nothing tells what is in the stream")
                .from(2, 0, closed(1007, 1008));
        decide("ws_pull/idle-close-leak", "fix: see Procedures");
    }

    private static void decidePositions() {
        decide("ws_pull/dash-empty-stream", "fix: waits for the first entry")
                .from(
                        0,
                        0,
                        quiet(400),
                        meanwhile("push \"n0\" to zz, wait for the ack"),
                        hearJson("[['zz','{{id:1}}',0]]"),
                        hearBytes("n0"),
                        leave());
        decide("ws_pull/dash-latest-false", "fix: all there is")
                .from(
                        0,
                        0,
                        deliveries(
                                "[['s','1000-0',0]]", "e0",
                                "[['s','1001-0',0]]", "e1",
                                "[['s','1002-0',0]]", "e2",
                                "[['s','1003-0',0]]", "e3"));
        decide("ws_pull/star", "fix: the newest entry, then what comes")
                .from(0, 0, deliveries("[['s','1003-0',0]]", "e3"));
        decide("ws_pull/bad-id", "9").handshake(0, 403);
        decide("ws_pull/from-full-id", "6");
    }

    private static void decideModes() {
        decide("ws_pull/live-latest-burst-skips", "3.3: after a rest the first new entry, then the newest");
        decide("ws_pull/live-dollar-old-client-id", "3.3: now is what the server's clock says");
        decide("ws_pull/multi-star-name", "3.3: no wildcard");
        decide("ws_pull/duplicate-names", "3.3: the same name twice is one stream");
    }

    private static void decideTimeKeepers() {
        decide("ws_pull/time-sync-index", "17")
                .from(
                        0,
                        0,
                        deliveries(
                                "[['s','1000-0',0],['t','1000-5',2]]", "e0f0",
                                "[['s','1001-0',0],['t','1001-5',2]]", "e1f1",
                                "[['s','1002-0',0],['t','1002-5',2]]", "e2f2",
                                "[['s','1003-0',0]]", "e3"));
        decide("ws_pull/time-sync-name-REPEATS", "17").from(0, 8, quiet(500), leave());
        decide("ws_pull/time-sync-unknown", "9").handshake(0, 403);
        decide("ws_pull/time-sync-index-out-of-range", "9").handshake(0, 403);
    }
}
