package lyceum.launcher.fuzz;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lyceum.launcher.fuzz.Contract.Channel;

/**
 * Cases against one gateway on 127.0.0.1, several at once. A case is made of the seed and its number alone, so each can be
 * made again; what it meets depends on those before it.
 */
public final class FuzzRun {

    private static final long STRIDE = 0x9e3779b97f4a7c15L;
    private static final int LANES = 8;
    private static final int MOST_FINDINGS = 200;
    private static final int EXCERPT = 600;
    private static final int PROBE_PATIENCE_MILLIS = 10_000;
    private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");

    private final int port;
    private final long seed;
    private final int patienceMillis;
    private final Contract contract;
    private final List<Optional<String>> tokens;
    private final AtomicLong next = new AtomicLong();
    private final Queue<String> findings = new ConcurrentLinkedQueue<>();
    private final Map<String, Map<Integer, AtomicInteger>> answers = new ConcurrentSkipListMap<>();

    /**
     * @param openApi as the gateway serves it, in JSON
     * @param asyncApi as the gateway serves it, in YAML
     * @param tokens of those who ask, in turn with nobody
     * @param patienceMillis how long an answer is waited for that does not come at once
     */
    public FuzzRun(int port, long seed, int patienceMillis, String openApi, String asyncApi, List<String> tokens) {
        this.port = port;
        this.seed = seed;
        this.patienceMillis = patienceMillis;
        this.contract = new Contract(openApi, asyncApi);
        this.tokens = new ArrayList<>(tokens.stream().map(Optional::of).toList());
        this.tokens.add(Optional.empty());
    }

    /** Tries so many more cases, and whether the gateway still answers. */
    public void run(int cases) throws InterruptedException {
        long end = next.get() + cases;
        ExecutorService lanes = Executors.newFixedThreadPool(LANES);
        try {
            List<Future<?>> working = new ArrayList<>();
            for (int lane = 0; lane < LANES; lane++) {
                working.add(lanes.submit(() -> work(end)));
            }
            for (Future<?> lane : working) {
                lane.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            lanes.shutdownNow();
        }
        next.set(end);
        probe();
    }

    /** @return what must not be, a few lines each; empty for nothing */
    public List<String> findings() {
        return List.copyOf(findings);
    }

    /** @return how often what was answered, by kind of case and status; 0 for what was not answered in time or not at all */
    public Map<String, Map<Integer, AtomicInteger>> answers() {
        return answers;
    }

    private void work(long end) {
        for (long number = next.getAndIncrement(); number < end; number = next.getAndIncrement()) {
            try {
                tryCase(number);
            } catch (IOException e) {
                find(number, "connection", "nobody listens: " + e, "");
            } catch (RuntimeException e) {
                find(number, "fuzz", "the case itself is wrong: " + e, e.getStackTrace()[0].toString());
            }
        }
    }

    private void tryCase(long number) throws IOException {
        Values values = new Values(contract, new Random(seed + STRIDE * number));
        Optional<String> token = values.oneOf(tokens);
        switch (values.below(10)) {
            case 0 -> frames(number, values, token);
            case 1 -> packets(number, values);
            case 2 -> packetsInFrames(number, values);
            default -> http(number, values, token);
        }
    }

    private void http(long number, Values values, Optional<String> token) throws IOException {
        HttpCase made = new HttpCase(contract, values, token);
        byte[] bytes = made.bytes();
        try (Wire wire = new Wire(port)) {
            wire.say(bytes);
            int status = wire.answer(patienceMillis);
            check(
                    number,
                    "HTTP " + made.fault(),
                    status,
                    bytes,
                    wire,
                    made.call().fails());
        }
    }

    private void frames(long number, Values values, Optional<String> token) throws IOException {
        Channel channel = values.oneOf(contract.channels());
        String target = channel.address().replaceAll("\\{[^}]+}", values.once(6) ? "%zz" : "main+s" + values.below(5));
        String query = values.oneOf(List.of("", "", "?batch=1", "?ack=1", "?count=x", "?last_entry_id=0", "?block=1"));
        byte[] handshake = Frames.handshake(target + query, token);
        try (Wire wire = new Wire(port)) {
            wire.say(handshake);
            int status = wire.answer(patienceMillis);
            check(number, "WebSocket handshake", status, handshake, wire, false);
            if (status == 101) {
                Frames frames = new Frames(values);
                for (int i = values.below(4); i >= 0; i--) {
                    byte[] message = message(values, channel);
                    wire.say(values.once(4) ? Frames.frame(Frames.TEXT, message) : frames.spoilt(message));
                }
                conclude(number, "WebSocket frames", wire, target + query);
            }
        }
    }

    private static byte[] message(Values values, Channel channel) {
        String example = channel.examples().isEmpty() ? "{}" : values.oneOf(channel.examples());
        String said = example;
        if (values.once(3)) {
            said = values.hostileText();
        } else if (example.startsWith("{")) {
            Object spoilt = values.spoilt(new JsonObject(example));
            said = Json.encode(spoilt);
        }
        return said.getBytes(StandardCharsets.UTF_8);
    }

    private void packets(long number, Values values) throws IOException {
        int eio = values.once(2) ? 3 : 4;
        String generation = values.once(15) ? values.oneOf(List.of("2", "5", "x", "", "-1")) : "" + eio;
        Packets packets = new Packets(values);
        String sid = "";
        for (int turn = 0; turn < 3; turn++) {
            boolean isSaying = turn == 1;
            String body = isSaying ? packets.payload(eio) : "";
            byte[] content = body.getBytes(StandardCharsets.UTF_8);
            String type = values.once(8) ? "application/octet-stream" : "text/plain;charset=UTF-8";
            String head = (isSaying ? "POST" : "GET") + " /socket.io/?" + packets.query(generation, sid)
                    + " HTTP/1.1\r\n"
                    + "Host: 127.0.0.1\r\n"
                    + (isSaying ? "Content-Type: " + type + "\r\nContent-Length: " + content.length + "\r\n" : "")
                    + "\r\n";
            byte[] lines = head.getBytes(StandardCharsets.ISO_8859_1);
            try (Wire wire = new Wire(port)) {
                wire.say(lines);
                wire.say(content);
                int status = wire.answer(Math.min(patienceMillis, 100));
                check(number, "socket.io polling", status, (head + body).getBytes(StandardCharsets.UTF_8), wire, false);
                Matcher found = SID.matcher(wire.text());
                sid = found.find() ? found.group(1) : sid;
            }
        }
    }

    private void packetsInFrames(long number, Values values) throws IOException {
        String target = "/socket.io/?EIO=" + (values.once(2) ? 3 : 4) + "&transport=websocket";
        byte[] handshake = Frames.handshake(target, Optional.empty());
        Packets packets = new Packets(values);
        try (Wire wire = new Wire(port)) {
            wire.say(handshake);
            int status = wire.answer(patienceMillis);
            check(number, "socket.io handshake", status, handshake, wire, false);
            if (status == 101) {
                if (!values.once(5)) {
                    wire.say(Frames.frame(Frames.TEXT, "40".getBytes(StandardCharsets.US_ASCII)));
                }
                for (int i = values.below(6); i >= 0; i--) {
                    byte[] packet = packets.packet().getBytes(StandardCharsets.UTF_8);
                    wire.say(
                            values.once(5)
                                    ? new Frames(values).spoilt(packet)
                                    : Frames.frame(values.once(8) ? Frames.BINARY : Frames.TEXT, packet));
                }
                conclude(number, "socket.io packets", wire, target);
            }
        }
    }

    private void conclude(long number, String kind, Wire wire, String target) {
        byte[] heard = wire.rest(Math.min(patienceMillis, 50));
        boolean isDefect = Frames.tellDefect(heard);
        count(kind, isDefect ? 1011 : 101);
        if (isDefect) {
            find(
                    number,
                    kind,
                    "closed with 1011 at " + target,
                    excerpt(new String(heard, StandardCharsets.ISO_8859_1)));
        }
    }

    private void check(long number, String kind, int status, byte[] said, Wire wire, boolean mayFail) {
        count(kind, status);
        if (!Contract.allows(status, wire.text()) && !mayFail) {
            find(
                    number,
                    kind,
                    "answered with " + status,
                    excerpt(new String(said, StandardCharsets.UTF_8)) + "\n  <- " + excerpt(wire.text()));
        }
    }

    private void probe() {
        for (String path :
                List.of("/elicast", "/socket.io/?EIO=4&transport=polling", "/latest_clicks", "/asyncapi.yaml")) {
            byte[] request = ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            try (Wire wire = new Wire(port)) {
                wire.say(request);
                int status = wire.answer(PROBE_PATIENCE_MILLIS);
                if (status != 200) {
                    find(next.get(), "probe", path + " is answered with " + status, "");
                }
            } catch (IOException e) {
                find(next.get(), "probe", "nobody listens: " + e, "");
            }
        }
    }

    private void count(String kind, int status) {
        answers.computeIfAbsent(kind, unknown -> new ConcurrentSkipListMap<>())
                .computeIfAbsent(status, unknown -> new AtomicInteger())
                .incrementAndGet();
    }

    private void find(long number, String kind, String what, String detail) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add("seed %d, case %d, %s: %s\n  %s".formatted(seed, number, kind, what, detail));
        }
    }

    private static String excerpt(String text) {
        String shown = text.replaceAll("Bearer [\\w.-]+", "Bearer …");
        return shown.length() > EXCERPT ? shown.substring(0, EXCERPT) + "…" : shown;
    }
}
