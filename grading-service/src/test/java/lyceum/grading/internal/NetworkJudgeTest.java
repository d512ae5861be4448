package lyceum.grading.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import lyceum.grading.internal.Assignment.Remote;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Judges that talk to a server of the student's. */
@TestInstance(Lifecycle.PER_CLASS)
class NetworkJudgeTest {

    private static final Map<String, Buffer> ECHO = TestJudge.tree("homework/echoapi/code/netapi");

    private TestJudge judge;
    private HttpServer good;
    private HttpServer half;

    @BeforeAll
    void start() {
        judge = new TestJudge(Map.of(), TestJudge.CONFIG);
        good = server(false);
        half = server(true);
    }

    @AfterAll
    void stop() {
        judge.close();
    }

    @Test
    void asksTheServerThatWasHandedIn() {
        Judged judged = judge.judge(assignment(ECHO, good.actualPort()));

        assertThat(judged.exitCode()).isZero();
        assertThat(judged.report().partials().get(0).score()).isEqualTo(100.0);
    }

    @Test
    void givesPointsForWhatIsRight() {
        assertThat(judge.judge(assignment(ECHO, half.actualPort()))
                        .report()
                        .partials()
                        .get(0)
                        .score())
                .isEqualTo(50.0);
    }

    @Test
    void findsNobodyWhereNobodyListens() {
        Judged judged = judge.judge(assignment(ECHO, 1));

        assertThat(judged.report().partials().get(0).score()).isZero();
        assertThat(judged.report().partials().get(0).detail().toString()).contains("Connection refused");
    }

    @Test
    void reachesNothingElse() {
        String script = """
                import os
                import socket
                import http.client
                from urllib.request import urlopen

                base = os.environ['RAILGUN_REMOTE_ADDR']
                port = int(base.rsplit(':', 1)[1])
                print(os.environ['RAILGUN_URLRULE'], os.environ['RAILGUN_IPRULE'])
                for place in (('127.0.0.1', OTHER), ('localhost', OTHER), ('10.0.0.1', port), ('8.8.8.8', 80)):
                    try:
                        socket.create_connection(place, timeout=2)
                    except ConnectionRefusedError as error:
                        print('refused')
                try:
                    urlopen('http://example.com/')
                except OSError as error:
                    print(error.reason)
                try:
                    urlopen(base + '/redirect')
                except OSError as error:
                    print(error.reason)
                connection = http.client.HTTPConnection('127.0.0.1', port)
                for word in ('a', 'b'):
                    connection.request('POST', '/size', 'x' * 300000)
                    print(connection.getresponse().read())
                print(len(urlopen(base + '/long').read()))
                """.replace("OTHER", "" + half.actualPort());

        Judged judged = judge.judge(assignment(Map.of("judge.py", Buffer.buffer(script)), good.actualPort()));

        assertThat(judged.stderr()).isEmpty();
        assertThat(judged.stdout())
                .isEqualTo("u.* i.*\n" + "refused\n".repeat(4)
                        + "[Errno -2] Name or service not known\n[Errno -2] Name or service not known\n"
                        + "b'300000'\nb'300000'\n1000000\n");
    }

    private HttpServer server(boolean isLoud) {
        return judge.vertx()
                .createHttpServer()
                .requestHandler(request -> {
                    String path = request.path();
                    if (path.equals("/redirect")) {
                        request.response()
                                .setStatusCode(302)
                                .putHeader("Location", "http://example.com/")
                                .end();
                    } else if (path.equals("/size")) {
                        request.body().onSuccess(body -> request.response().end("" + body.length()));
                    } else if (path.equals("/long")) {
                        request.response().end("x".repeat(1_000_000));
                    } else {
                        String word = path.substring("/echo/".length());
                        String said = isLoud ? word.toUpperCase(Locale.ROOT) : word;
                        request.response()
                                .end(new JsonObject().put("echo", said).encode());
                    }
                })
                .listen(0, "127.0.0.1")
                .await();
    }

    private static Assignment assignment(Map<String, Buffer> files, int port) {
        return new Assignment(
                "a".repeat(32),
                "b".repeat(32),
                "judge.py",
                Duration.ofSeconds(6),
                files,
                Set.of(),
                Map.of(),
                null,
                new Remote("http://localhost:" + port, "127.0.0.1", "u.*", "i.*"));
    }
}
