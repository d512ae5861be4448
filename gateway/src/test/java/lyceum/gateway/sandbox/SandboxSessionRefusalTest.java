package lyceum.gateway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.sandbox.SandboxService.OpenSession;
import lyceum.sandbox.SandboxService.OpenedSession;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How talks over a WebSocket end that cannot go on. */
class SandboxSessionRefusalTest {

    private static final String START = "{'type':'start','language':'python3'}";

    private SandboxFixture fixture;
    private ScriptedSession program;
    private SandboxVisitor visitor;

    @BeforeEach
    void start() {
        fixture = new SandboxFixture(Map.of());
        fixture.sandbox.on(OpenSession.class, new OpenedSession("7", ScriptedSession.INSTANCE));
        program = new ScriptedSession(fixture.gateway.vertx);
        visitor = new SandboxVisitor(fixture.gateway.vertx, fixture.gateway.port());
    }

    @AfterEach
    void stop() {
        visitor.close();
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | this is not JSON, or a name is there twice: line 1, column 2",
                "[] | the JSON is not an object",
                "{} | type is missing",
                "{'type':'input','data':'x'} | type is not one of start",
                "{'type':'start'} | language is missing",
                "{'type':'start','language':'c','webhook':'http://x/'} | webhook is not known here",
                "{'type':'start','language':'c','binary':1} | binary is neither true nor false",
                "{'type':'start','language':'c','terminal':{'rows':1}} | terminal.columns is missing",
                "{'type':'start','language':'c','terminal':{'rows':0,'columns':1}} | terminal.rows is 0, not within 1..65535",
                "{'type':'start','language':'c','terminal':{'rows':1,'columns':1,'x':1}} | terminal.x is not known here",
                "{'type':'start','language':'c','limits':{'x':1}} | limits.x is not known here"
            })
    void refusesAStartThatBreaksARule(String message, String detail) {
        visitor.say(message);

        assertError(400, "Bad Request", detail);
        assertThat(visitor.closeCode()).isEqualTo(1008);
        assertThat(fixture.sandbox.asked()).isEmpty();
        assertThat(fixture.cancelled).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | this is not JSON, or a name is there twice: line 1, column 9",
                "{'type':'start','language':'c'} | type is not one of end, input, resize, signal",
                "{'type':'input'} | data is missing",
                "{'type':'input','data':'*','encoding':'base64'} | data is not base64",
                "{'type':'input','data':'','end':true} | end is not known here",
                "{'type':'end','data':''} | data is not known here",
                "{'type':'signal'} | number is missing",
                "{'type':'signal','number':65} | number is 65, not within 1..64",
                "{'type':'signal','number':2,'signal':'SIGINT'} | number is not known here",
                "{'type':'signal','signal':'INT'} | signal is not one of SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGKILL, SIGQUIT, SIGSTOP, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2",
                "{'type':'resize','rows':1} | columns is missing",
                "{'type':'resize','rows':1,'columns':65536} | columns is 65536, not within 1..65535",
                "{'type':'resize','rows':1,'columns':1,'x':1} | x is not known here"
            })
    void endsAProgramToWhichNonsenseIsSaid(String message, String detail) {
        visitor.say(START);
        visitor.say(message);

        assertError(400, "Bad Request", detail);
        assertThat(visitor.closeCode()).isEqualTo(1008);
        assertThat(program.heard()).isEmpty();
        fixture.awaitCancelledSession();
    }

    @Test
    void endsAProgramThatCannotTakeWhatIsSaid() {
        program.taking(() -> Future.failedFuture(Failure.invalid("the program has no terminal")));
        visitor.say(START);
        visitor.say("{'type':'resize','rows':1,'columns':1}");

        assertError(400, "Bad Request", "the program has no terminal");
        assertThat(visitor.closeCode()).isEqualTo(1008);
        fixture.awaitCancelledSession();
    }

    @Test
    void waitsForTheEndOfAProgramThatHearsNoMore() {
        program.taking(() -> Future.failedFuture(Failure.notFound("over")));
        visitor.say(START);
        visitor.say("{'type':'input','data':'x'}");
        Awaitility.await().until(() -> program.heard().size() == 1);
        program.ends(SandboxFixture.ACCEPTED);

        assertThat(visitor.message(0).getString("verdict")).isEqualTo("accepted");
        assertThat(visitor.closeCode()).isEqualTo(1000);
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID,400,Bad Request,1008",
        "NOT_FOUND,404,Not Found,1008",
        "BUSY,503,Service Unavailable,1013",
        "UNAVAILABLE,503,Service Unavailable,1013"
    })
    void saysWhyAProgramIsNotStarted(Kind kind, int status, String title, int code) {
        fixture.sandbox.on(OpenSession.class, any -> Future.failedFuture(new Failure(kind, "because")));

        visitor.say(START);

        assertError(status, title, "because");
        assertThat(visitor.closeCode()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"NOT_FOUND,404,Not Found,1008", "UNAVAILABLE,503,Service Unavailable,1013"})
    void saysWhyAProgramIsLost(Kind kind, int status, String title, int code) {
        visitor.say(START);
        program.happens(Future.failedFuture(new Failure(kind, "because")));

        assertError(status, title, "because");
        assertThat(visitor.closeCode()).isEqualTo(code);
        fixture.awaitCancelledSession();
    }

    @Test
    void tellsNothingOfADefect() {
        visitor.say(START);
        program.happens(Future.failedFuture(new IllegalStateException("secret")));

        assertError(500, "Internal Server Error", null);
        assertThat(visitor.closeCode()).isEqualTo(1011);
        fixture.awaitCancelledSession();
    }

    @Test
    void refusesAMessageThatIsNoText() {
        visitor.socket.writeBinaryMessage(Buffer.buffer("{}")).await();

        assertError(400, "Bad Request", "a message is a text");
        assertThat(visitor.closeCode()).isEqualTo(1008);
    }

    @Test
    void takesAMessageOfTheGreatestLength() {
        String empty = "{\"type\":\"start\",\"language\":\"c\",\"source\":\"\"}";
        String source = "x".repeat(SandboxSocket.MESSAGE_BYTES - empty.length());

        visitor.say(empty.replace("\"\"", '"' + source + '"'));

        assertThat(fixture.opened().run().program().files().get(0).content().length())
                .isEqualTo(source.length());
    }

    @Test
    void refusesAMessageThatIsTooLong() {
        visitor.say("x".repeat(SandboxSocket.MESSAGE_BYTES + 1));

        assertError(413, "Request Entity Too Large", "the message has more than 262144 bytes");
        assertThat(visitor.closeCode()).isEqualTo(1009);
    }

    @Test
    void refusesAMessageOfFramesThatAreTooLongTogether() {
        visitor.say(START);
        assertThat(fixture.opened()).isNotNull();
        visitor.socket.writeFrame(WebSocketFrame.textFrame("x".repeat(200_000), false));
        visitor.socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer("x".repeat(200_000)), true));

        assertError(413, "Request Entity Too Large", "the message has more than 262144 bytes");
        assertThat(visitor.closeCode()).isEqualTo(1009);
        fixture.awaitCancelledSession();
    }

    private void assertError(int status, String title, String detail) {
        assertThat(visitor.message(0)).isEqualTo(error(status, title, detail));
    }

    private static JsonObject error(int status, String title, String detail) {
        JsonObject error =
                new JsonObject().put("type", "error").put("status", status).put("title", title);
        return detail == null ? error : error.put("detail", detail);
    }
}
