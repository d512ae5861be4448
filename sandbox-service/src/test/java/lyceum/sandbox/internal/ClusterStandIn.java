package lyceum.sandbox.internal;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;

/**
 * The API server of a cluster without nodes, as far as this service uses it, over commands that really run: pods that
 * start a little later, and their exec by WebSocket as k8s.io/apiserver (pkg/util/proxy) and a kubelet do it, which
 * begins with an empty message and ends with a status.
 */
final class ClusterStandIn implements AutoCloseable {

    static final String TOKEN = "secret";

    private static final String PODS = "/api/v1/namespaces/lyceum-sandbox/pods";

    final Map<String, StandInContainer> containers = new ConcurrentHashMap<>();
    final Map<String, JsonObject> pods = new ConcurrentHashMap<>();
    final List<String> resized = new CopyOnWriteArrayList<>();
    final List<String> executed = new CopyOnWriteArrayList<>();
    final List<String> protocols = new CopyOnWriteArrayList<>();

    volatile String proof = "gVisor";
    volatile String token = TOKEN;
    volatile String waiting = "";
    volatile boolean isGroupKilled;
    volatile boolean cutsCommands;
    volatile boolean tellsTooMuch;
    volatile boolean failsCommands;
    volatile boolean isSilent;
    volatile String forgedStatus = "";

    private final Vertx vertx;
    private final HttpServer server;

    /**
     * @param longestFrame what is longer makes it drop the connection without a word
     * @param protocols that it speaks
     */
    ClusterStandIn(Vertx vertx, int longestFrame, String... protocols) {
        this.vertx = vertx;
        HttpServerOptions options = new HttpServerOptions()
                .setMaxWebSocketFrameSize(longestFrame)
                .setWebSocketSubProtocols(List.of(protocols));
        this.server = vertx.createHttpServer(options)
                .requestHandler(this::answer)
                .webSocketHandshakeHandler(this::shakeHands)
                .webSocketHandler(this::exec);
        server.listen(0, "127.0.0.1").await();
    }

    int port() {
        return server.actualPort();
    }

    /** A pod that somebody else has left. */
    void leave(String name, String owner, Instant created) {
        JsonObject labels = new JsonObject().put("lyceum", "sandbox").put("lyceum-owner", owner);
        add(new JsonObject().put("metadata", new JsonObject().put("name", name).put("labels", labels)), created);
    }

    @Override
    public void close() {
        server.close().await();
        containers.values().forEach(StandInContainer::remove);
    }

    private void add(JsonObject pod, Instant created) {
        JsonObject metadata = pod.getJsonObject("metadata");
        metadata.put("creationTimestamp", created.toString());
        StandInContainer container = new StandInContainer(metadata.getString("name"), created);
        container.proof = proof;
        containers.put(container.name, container);
        pods.put(container.name, pod);
    }

    private void answer(HttpServerRequest request) {
        if (isSilent) {
            return;
        }
        String name = request.path().substring(Math.min(request.path().length(), PODS.length()));
        boolean isKnown = name.isEmpty() || pods.containsKey(name.substring(1));
        if (!("Bearer " + token).equals(request.getHeader("Authorization"))) {
            refuse(request, 401, "Unauthorized");
        } else if (!request.path().startsWith(PODS) || !isKnown) {
            refuse(request, 404, "pods \"%s\" not found".formatted(name));
        } else {
            switch (request.method().name()) {
                case "POST" -> request.body().onSuccess(body -> create(request, body.toJsonObject()));
                case "DELETE" -> delete(request, name.substring(1));
                default -> send(request, 200, name.isEmpty() ? list(request) : read(name.substring(1)));
            }
        }
    }

    private void create(HttpServerRequest request, JsonObject pod) {
        boolean isClosed = !pod.getJsonObject("spec").getBoolean("automountServiceAccountToken", true);
        if (!isClosed || !"v1".equals(pod.getString("apiVersion")) || !"Pod".equals(pod.getString("kind"))) {
            refuse(request, 422, "Pod is invalid");
            return;
        }
        add(pod, Instant.now());
        send(request, 201, pod);
    }

    private JsonObject list(HttpServerRequest request) {
        boolean isOurs = "lyceum=sandbox".equals(request.getParam("labelSelector"));
        return new JsonObject().put("items", isOurs ? new JsonArray(List.copyOf(pods.values())) : new JsonArray());
    }

    /** A pod is seen to run when it has been asked for twice. */
    private JsonObject read(String name) {
        JsonObject pod = pods.get(name);
        int questions = pod.getInteger("questions", 0);
        pod.put("questions", questions + 1);
        JsonObject state = new JsonObject();
        if (isGroupKilled && questions > 3) {
            state.put("terminated", new JsonObject().put("exitCode", 137).put("reason", "OOMKilled"));
        } else if (!waiting.isEmpty()) {
            state.put("waiting", new JsonObject().put("reason", waiting));
        } else if (questions > 0) {
            state.put("running", new JsonObject().put("startedAt", Instant.now().toString()));
        } else {
            state.put("waiting", new JsonObject().put("reason", "ContainerCreating"));
        }
        JsonArray statuses = new JsonArray();
        for (Object container : pod.getJsonObject("spec").getJsonArray("containers")) {
            statuses.add(new JsonObject()
                    .put("name", ((JsonObject) container).getString("name"))
                    .put("state", state));
        }
        JsonObject status = new JsonObject().put("phase", "Pending").put("containerStatuses", statuses);
        return pod.copy().put("status", status);
    }

    private void delete(HttpServerRequest request, String name) {
        boolean isAtOnce = "0".equals(request.getParam("gracePeriodSeconds"));
        pods.remove(name);
        StandInContainer container = containers.remove(name);
        vertx.executeBlocking(() -> {
                    container.remove();
                    return null;
                })
                .onComplete(removed -> send(request, isAtOnce ? 200 : 500, new JsonObject()));
    }

    private void shakeHands(ServerWebSocketHandshake handshake) {
        String name = handshake.path().replaceAll(".*/pods/(.*)/exec", "$1");
        boolean isAllowed = ("Bearer " + token).equals(handshake.headers().get("Authorization"));
        if (isAllowed && containers.containsKey(name) && !failsCommands) {
            handshake.accept();
        } else {
            handshake.reject(isAllowed ? 500 : 401);
        }
    }

    private void exec(ServerWebSocket socket) {
        protocols.add(socket.subProtocol());
        executed.add(socket.query());
        StandInContainer container = containers.get(socket.path().replaceAll(".*/pods/(.*)/exec", "$1"));
        socket.pause();
        vertx.executeBlocking(() -> container.start(command(socket), is(socket, "tty")))
                .onSuccess(running -> attend(socket, running));
    }

    private void attend(ServerWebSocket socket, StandInContainer.Running running) {
        if (socket.isClosed()) {
            running.kill();
            return;
        }
        if (!is(socket, "stdin")) {
            vertx.executeBlocking(() -> {
                running.input().close();
                return null;
            });
        }
        socket.writeBinaryMessage(Buffer.buffer(new byte[] {1}));
        socket.exceptionHandler(error -> {});
        socket.binaryMessageHandler(message -> feed(socket, running, message));
        socket.resume();
        if (cutsCommands) {
            socket.writeBinaryMessage(Buffer.buffer(new byte[] {1}).appendString("cut"))
                    .onComplete(written -> socket.close((short) 1001));
        }
        if (tellsTooMuch) {
            socket.writeBinaryMessage(Buffer.buffer(new byte[2 << 20]));
        }
        running.listen((stream, bytes) -> tell(socket, stream, Buffer.buffer(bytes)), code -> {
            tell(socket, 3, forgedStatus.isEmpty() ? status(code) : Buffer.buffer(forgedStatus));
            socket.close();
        });
    }

    private void feed(ServerWebSocket socket, StandInContainer.Running running, Buffer message) {
        if (message.getByte(0) == 4) {
            resized.add(message.getString(1, message.length()));
        }
        if (message.getByte(0) != 0) {
            return;
        }
        socket.pause();
        vertx.executeBlocking(() -> {
                    running.input().write(message.getBytes(1, message.length()));
                    running.input().flush();
                    return null;
                })
                .onComplete(fed -> socket.resume());
    }

    private static void tell(ServerWebSocket socket, int channel, Buffer text) {
        try {
            socket.writeBinaryMessage(Buffer.buffer().appendByte((byte) channel).appendBuffer(text))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
        } catch (ExecutionException | InterruptedException | RejectedExecutionException e) {
            // Nobody listens any more.
        }
    }

    private static Buffer status(int code) {
        JsonObject status = new JsonObject().put("metadata", new JsonObject());
        if (code == 0) {
            return status.put("status", "Success").toBuffer();
        }
        JsonObject cause = new JsonObject().put("reason", "ExitCode").put("message", Integer.toString(code));
        return status.put("status", "Failure")
                .put("message", "command terminated with non-zero exit code")
                .put("reason", "NonZeroExitCode")
                .put("details", new JsonObject().put("causes", new JsonArray().add(cause)))
                .toBuffer();
    }

    private static List<String> command(ServerWebSocket socket) {
        return Arrays.stream(socket.query().split("&"))
                .filter(part -> part.startsWith("command="))
                .map(part -> URLDecoder.decode(part.substring(8), StandardCharsets.UTF_8))
                .toList();
    }

    private static boolean is(ServerWebSocket socket, String flag) {
        return socket.query().contains(flag + "=true");
    }

    private static void refuse(HttpServerRequest request, int status, String message) {
        send(request, status, new JsonObject().put("kind", "Status").put("message", message));
    }

    private static void send(HttpServerRequest request, int status, JsonObject body) {
        request.response().setStatusCode(status).end(body.toBuffer());
    }
}
