package lyceum.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The baseline: a Vert.x server of one event loop that answers from memory what the suite answered once, byte for byte. */
final class Bare implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("bare http=(\\d+)");

    private final Child child;
    private final int httpPort;

    private Bare(Child child) throws IOException, InterruptedException {
        this.child = child;
        this.httpPort = Integer.parseInt(child.awaitLine(READY).group(1));
    }

    /** One answer of the suite. */
    private record Answer(Map<String, String> headers, Buffer body) {}

    /** @param paths what is copied from the suite at the port */
    static Bare start(Path log, int suitePort, List<String> paths) throws IOException, InterruptedException {
        List<String> options = List.of("-Dlyceum.log.form=readable", "-Dlyceum.log.level=WARN");
        List<String> command = new ArrayList<>(List.of("java"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Bare.class.getName()));
        command.add(Integer.toString(suitePort));
        command.addAll(paths);
        return new Bare(new Child(log, Map.of(), command));
    }

    int httpPort() {
        return httpPort;
    }

    @Override
    public void close() throws InterruptedException {
        child.close();
    }

    /** The server process: the port of the suite, then the paths. */
    public static void main(String[] words) {
        Vertx vertx = Vertx.vertx();
        HttpClient client = vertx.createHttpClient();
        Map<String, Answer> answers = new HashMap<>();
        Future<?> copied = Future.succeededFuture();
        for (String path : List.of(words).subList(1, words.length)) {
            copied = copied.compose(done -> copy(client, Integer.parseInt(words[0]), path))
                    .onSuccess(answer -> answers.put(path, answer));
        }
        copied.compose(done -> vertx.createHttpServer(
                                new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                        .requestHandler(request -> {
                            Answer answer = answers.get(request.path());
                            answer.headers().forEach(request.response()::putHeader);
                            request.response().end(answer.body());
                        })
                        .listen())
                .onSuccess(server -> System.out.println("bare http=" + server.actualPort()))
                .onFailure(Throwable::printStackTrace);
    }

    private static Future<Answer> copy(HttpClient client, int port, String path) {
        // Composed inside: on another thread the body could have passed before it is asked for.
        return client.request(HttpMethod.GET, port, "127.0.0.1", path)
                .compose(request -> request.send().compose(Bare::answer));
    }

    private static Future<Answer> answer(HttpClientResponse response) {
        Map<String, String> headers = new HashMap<>();
        response.headers().forEach(headers::put);
        headers.keySet().removeIf("content-length"::equalsIgnoreCase);
        return response.body().map(body -> new Answer(headers, body));
    }
}
