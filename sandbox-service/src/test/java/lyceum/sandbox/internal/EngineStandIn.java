package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Docker engine without containers: its HTTP API, version 1.44, as far as this service uses it, over commands that
 * really run. Written on sockets, because what is special in that API is below HTTP: after the answer to "start" the
 * connection is a plain stream of frames, what came before that answer is dropped, and the stream may end before the
 * engine knows the exit code.
 */
final class EngineStandIn implements AutoCloseable {

    private static final Pattern HEAD = Pattern.compile("(?s)(\\S+) (\\S+) HTTP/1\\.1\r\n(.*?)\r\n\r\n");
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

    final Map<String, StandInContainer> containers = new ConcurrentHashMap<>();
    final Map<String, JsonObject> created = new ConcurrentHashMap<>();
    final Map<String, Command> commands = new ConcurrentHashMap<>();
    final List<String> asked = new CopyOnWriteArrayList<>();

    volatile String version = "1.51";
    volatile JsonObject info = new JsonObject().put("MemoryLimit", true).put("PidsLimit", true);
    volatile String proof = "Linux";
    volatile boolean isOutOfMemory;
    volatile long cpuNanos = 5_000_000;
    volatile boolean isSilent;
    volatile boolean isBroken;
    volatile boolean upgrades = true;
    volatile boolean cutsStreams;
    volatile boolean sendsNonsense;

    private final Vertx vertx;
    private final NetServer server;

    /** An exec instance. */
    static final class Command {

        final JsonObject body;
        final StandInContainer container;
        volatile StandInContainer.Running running;
        volatile Integer code;
        volatile String window = "";
        volatile int questions;

        Command(JsonObject body, StandInContainer container) {
            this.body = body;
            this.container = container;
        }
    }

    /** @param options of its TLS, if it has any */
    EngineStandIn(Vertx vertx, SocketAddress address, NetServerOptions options) {
        this.vertx = vertx;
        this.server = vertx.createNetServer(options);
        server.connectHandler(socket -> new Connection(socket).read());
        server.listen(address).await();
    }

    int port() {
        return server.actualPort();
    }

    /** A container that somebody else has left. */
    StandInContainer leave(String name, String owner, Instant created) {
        StandInContainer container = new StandInContainer(name, created);
        JsonObject labels = new JsonObject().put("lyceum", "sandbox").put("lyceum-owner", owner);
        this.created.put(name, new JsonObject().put("Labels", labels));
        containers.put(name, container);
        return container;
    }

    @Override
    public void close() {
        server.close().await();
        containers.values().forEach(StandInContainer::remove);
    }

    /** One connection: questions and answers, until one is hijacked. */
    private final class Connection {

        private final NetSocket socket;
        private Buffer unread = Buffer.buffer();
        private boolean isHijacked;

        Connection(NetSocket socket) {
            this.socket = socket;
        }

        void read() {
            socket.exceptionHandler(error -> {});
            socket.handler(piece -> {
                unread.appendBuffer(piece);
                answer();
            });
        }

        private void answer() {
            Matcher head = HEAD.matcher(unread.toString(StandardCharsets.ISO_8859_1));
            if (isHijacked || !head.lookingAt()) {
                return;
            }
            Matcher length = LENGTH.matcher(head.group(3));
            int end = head.end() + (length.find() ? Integer.parseInt(length.group(1)) : 0);
            if (unread.length() < end) {
                return;
            }
            Buffer body = unread.getBuffer(head.end(), end);
            unread = unread.getBuffer(end, unread.length());
            asked.add(head.group(1) + " " + head.group(2));
            if (isSilent) {
                return;
            }
            answer(head.group(1), head.group(2), head.group(3), body);
            answer();
        }

        private void answer(String method, String uri, String headers, Buffer body) {
            if (isBroken) {
                socket.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{\"broken\"");
            } else if (uri.equals("/_ping")) {
                send(200, "Api-Version: " + version + "\r\n", Buffer.buffer("OK"));
            } else if (!uri.startsWith("/v1.44/")) {
                send(400, new JsonObject().put("message", "client version is too old"));
            } else {
                route(method, uri.substring("/v1.44".length()), headers, body);
            }
        }

        private void route(String method, String path, String headers, Buffer body) {
            String[] parts = path.split("[/?]");
            switch (method + " " + parts[1]) {
                case "GET version" ->
                    send(
                            200,
                            new JsonObject()
                                    .put("Version", "28.2.2")
                                    .put("Components", new JsonArray().add(new JsonObject().put("Name", "Engine"))));
                case "GET info" -> send(200, info);
                case "POST containers" -> post(path, parts, body);
                case "GET containers" -> get(path, parts);
                case "DELETE containers" -> delete(parts[2]);
                case "GET exec" -> inspect(commands.get(parts[2]));
                case "POST exec" -> exec(path, parts, headers);
                default -> send(404, new JsonObject().put("message", "page not found"));
            }
        }

        private void post(String path, String[] parts, Buffer body) {
            if (parts[2].equals("create")) {
                create(path.substring(path.indexOf("name=") + 5), body.toJsonObject());
            } else if (!containers.containsKey(parts[2])) {
                send(404, new JsonObject().put("message", "No such container: " + parts[2]));
            } else if (parts[3].equals("start")) {
                send(204, "", Buffer.buffer());
            } else {
                String id = "e" + (commands.size() + 1);
                commands.put(id, new Command(body.toJsonObject(), containers.get(parts[2])));
                send(201, new JsonObject().put("Id", id));
            }
        }

        private void create(String name, JsonObject body) {
            if (body.getString("Image").startsWith("missing")) {
                send(404, new JsonObject().put("message", "No such image: " + body.getString("Image")));
                return;
            }
            StandInContainer container = new StandInContainer(name, Instant.now());
            container.proof = proof;
            created.put(name, body);
            containers.put(name, container);
            send(201, new JsonObject().put("Id", name).put("Warnings", new JsonArray()));
        }

        private void get(String path, String[] parts) {
            if (parts[2].equals("json")) {
                send(200, list(URLDecoder.decode(path, StandardCharsets.UTF_8)).toBuffer());
            } else if (!containers.containsKey(parts[2])) {
                send(404, new JsonObject().put("message", "No such container: " + parts[2]));
            } else if (parts[3].equals("stats")) {
                send(200, stats());
            } else {
                send(200, new JsonObject().put("State", new JsonObject().put("OOMKilled", isOutOfMemory)));
            }
        }

        private JsonArray list(String path) {
            JsonArray list = new JsonArray();
            if (path.contains("all=true") && path.contains("{\"label\":[\"lyceum=sandbox\"]}")) {
                containers.forEach((name, container) -> list.add(new JsonObject()
                        .put("Id", name)
                        .put("Labels", created.get(name).getJsonObject("Labels"))
                        .put("Created", container.created.getEpochSecond())));
            }
            return list;
        }

        private JsonObject stats() {
            JsonObject memory =
                    new JsonObject().put("usage", 9 << 20).put("stats", new JsonObject().put("inactive_file", 1 << 20));
            JsonObject cpu = new JsonObject().put("total_usage", cpuNanos);
            return new JsonObject()
                    .put("memory_stats", memory)
                    .put("cpu_stats", new JsonObject().put("cpu_usage", cpu));
        }

        private void delete(String name) {
            StandInContainer container = containers.remove(name);
            if (container == null) {
                send(404, new JsonObject().put("message", "No such container: " + name));
            } else {
                vertx.executeBlocking(() -> {
                            container.remove();
                            return null;
                        })
                        .onComplete(removed -> send(204, "", Buffer.buffer()));
            }
        }

        private void inspect(Command command) {
            if (command == null || !containers.containsValue(command.container)) {
                send(404, new JsonObject().put("message", "No such exec instance"));
                return;
            }
            boolean isKnown = command.code != null && ++command.questions > 1;
            send(200, new JsonObject().put("Running", !isKnown).put("ExitCode", isKnown ? command.code : null));
        }

        private void exec(String path, String[] parts, String headers) {
            Command command = commands.get(parts[2]);
            if (command == null || !containers.containsValue(command.container)) {
                send(404, new JsonObject().put("message", "No such exec instance"));
            } else if (parts[3].equals("resize")) {
                command.window = path.substring(path.indexOf('?') + 1);
                send(200, "", Buffer.buffer());
            } else {
                hijack(command, headers.contains("Upgrade: tcp"));
            }
        }

        private void hijack(Command command, boolean isUpgrade) {
            isHijacked = true;
            unread = Buffer.buffer();
            socket.pause();
            start(command).onSuccess(running -> {
                socket.write(
                        isUpgrade && upgrades
                                ? "HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.multiplexed-stream\r\n"
                                        + "Connection: Upgrade\r\nUpgrade: tcp\r\n\r\n"
                                : "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.raw-stream\r\n\r\n");
                if (cutsStreams) {
                    socket.close();
                } else if (sendsNonsense) {
                    socket.write("I am no frame");
                }
                socket.handler(piece -> feed(running, piece));
                socket.resume();
                running.listen((stream, bytes) -> tell(command, stream, bytes), code -> {
                    socket.close();
                    command.code = code;
                });
            });
        }

        private Future<StandInContainer.Running> start(Command command) {
            List<String> words = command.body.getJsonArray("Cmd").stream()
                    .map(Object::toString)
                    .toList();
            return vertx.executeBlocking(() -> {
                command.running = command.container.start(words, command.body.getBoolean("Tty"));
                if (!command.body.getBoolean("AttachStdin")) {
                    command.running.input().close();
                }
                return command.running;
            });
        }

        private void feed(StandInContainer.Running running, Buffer piece) {
            socket.pause();
            vertx.executeBlocking(() -> {
                        running.input().write(piece.getBytes());
                        running.input().flush();
                        return null;
                    })
                    .onComplete(fed -> socket.resume());
        }

        /** Waits until it is written: who is not read, is stopped. */
        private void tell(Command command, int stream, byte[] bytes) {
            Buffer frame = Buffer.buffer();
            if (!command.body.getBoolean("Tty")) {
                frame.appendByte((byte) stream).appendMedium(0).appendInt(bytes.length);
            }
            try {
                socket.write(frame.appendBytes(bytes))
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get();
            } catch (ExecutionException | InterruptedException | RejectedExecutionException e) {
                // Nobody listens any more.
            }
        }

        private void send(int status, JsonObject body) {
            send(status, body.toBuffer());
        }

        private void send(int status, Buffer body) {
            send(status, "Content-Type: application/json\r\n", body);
        }

        private void send(int status, String headers, Buffer body) {
            String head = "HTTP/1.1 %d %s\r\n%s%s\r\n"
                    .formatted(
                            status,
                            status < 300 ? "OK" : "No",
                            headers,
                            status == 204 ? "" : "Content-Length: " + body.length() + "\r\n");
            socket.write(Buffer.buffer(head).appendBuffer(body));
        }
    }
}
