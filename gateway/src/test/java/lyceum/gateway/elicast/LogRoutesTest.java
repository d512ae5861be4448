package lyceum.gateway.elicast;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import lyceum.elicast.ElicastService;
import lyceum.elicast.ElicastService.Done;
import lyceum.elicast.ElicastService.OpenTicket;
import lyceum.elicast.ElicastService.SubmitLog;
import lyceum.elicast.ElicastService.Ticket;
import lyceum.gateway.TestGateway;
import lyceum.gateway.stream.Conversation;
import lyceum.gateway.stream.Scripted;
import lyceum.platform.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The log of study over HTTP, with a service that answers as it is told. */
class LogRoutesTest {

    private static final String TICKET = "0b9d6f62-6a4e-4b7c-9a10-2f6b4a1f7e55";

    private TestGateway gateway;
    private Scripted<ElicastService> elicast;

    @BeforeEach
    void start() {
        start(Map.of());
    }

    private void start(Map<String, String> environment) {
        gateway = new TestGateway(environment);
        elicast = new Scripted<>(gateway.vertx, ElicastService.class)
                .on(OpenTicket.class, new Ticket(TICKET))
                .on(SubmitLog.class, new Done());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void passesOnWhoOpensATicket() {
        HttpResponse<Buffer> response = send(
                form("/log/ticket").putHeader("User-Agent", "Mozilla/5.0").putHeader("Referer", "http://x/?id=1"),
                "name=%22%22");

        assertThat(response.bodyAsString()).isEqualTo("{\"ticket\":\"" + TICKET + "\"}");
        assertThat(elicast.asked())
                .containsExactly(new OpenTicket("127.0.0.1", "Mozilla/5.0", "http://x/?id=1", "\"\""));
    }

    @Test
    void passesOnEmptyTextsForHeadersThatAreAbsent() {
        try (Conversation client = new Conversation(gateway)) {
            client.say("POST /log/ticket HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                    + "Content-Length: 6\r\n\r\nname=x");
            client.hear(TICKET);
        }

        assertThat(elicast.asked()).containsExactly(new OpenTicket("127.0.0.1", "", "", "x"));
    }

    @Test
    void readsHeadersAsUtf8() {
        try (Conversation client = new Conversation(gateway)) {
            client.say("POST /log/ticket HTTP/1.1\r\nHost: x\r\nUser-Agent: UÄ-🙂\r\nReferer: http://x/제목\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 6\r\n\r\nname=x");
            client.hear(TICKET);
        }

        assertThat(elicast.asked()).containsExactly(new OpenTicket("127.0.0.1", "UÄ-🙂", "http://x/제목", "x"));
    }

    @Test
    void letsNoZeroThroughThatTheDatabaseCannotKeep() {
        try (Conversation client = new Conversation(gateway)) {
            client.say("POST /log/ticket HTTP/1.1\r\nHost: x\r\nUser-Agent: a\0b\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 6\r\n\r\nname=x");
            client.hear("HTTP/1.1 400 ");
        }

        assertThat(elicast.asked()).isEmpty();
    }

    @Test
    void believesNobodyWhoForwardsUnlessTrusted() {
        send(form("/log/ticket").putHeader("X-Forwarded-For", "203.0.113.9"), "name=x");

        assertThat(elicast.asked(OpenTicket.class)).extracting(OpenTicket::ip).containsExactly("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({"203.0.113.9,203.0.113.9", "'6.6.6.6, 2001:db8::0017',2001:db8::17", "'1.1.1.1, nonsense',127.0.0.1"})
    void believesATrustedProxy(String forwarded, String ip) {
        gateway.close();
        start(Map.of("LYCEUM_TRUSTED_PROXIES", "127.0.0.0/8"));

        send(form("/log/ticket").putHeader("X-Forwarded-For", forwarded), "name=x");

        assertThat(elicast.asked(OpenTicket.class)).extracting(OpenTicket::ip).containsExactly(ip);
    }

    @ParameterizedTest
    @CsvSource({
        "'',400: Bad Request",
        "name=,name -- Invalid string format (1~64)",
        "name=%00,name -- Invalid string format (1~64)",
        "name=%F0%9F%99%82%F0%9F%99%82xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx,"
                + "name -- Invalid string format (1~64)"
    })
    void refusesAWrongName(String form, String text) {
        HttpResponse<Buffer> response = send(form("/log/ticket"), form);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.bodyAsString()).isEqualTo(text);
        assertThat(elicast.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"b\": 1.50, \"a\":\"\\u00e9\"}", "null", " [1] ", "\"x\"", "-0"})
    void passesOnAnyJsonAsItIs(String data) {
        HttpResponse<Buffer> response = submit(TICKET, data);

        assertThat(response.bodyAsString()).isEqualTo("{}");
        assertThat(elicast.asked()).containsExactly(new SubmitLog(TICKET, data));
    }

    @ParameterizedTest
    @MethodSource("longJson")
    void passesOnJsonOfLongNumbersAndNames(String data) {
        HttpResponse<Buffer> response = submit(TICKET, data);

        assertThat(response.bodyAsString()).isEqualTo("{}");
        assertThat(elicast.asked()).containsExactly(new SubmitLog(TICKET, data));
    }

    private static Stream<String> longJson() {
        return Stream.of(
                "1".repeat(1_000_000),
                "[-0." + "2".repeat(1_000_000) + "e-3]",
                "{\"" + "k".repeat(1_000_000) + "\":1}",
                "[".repeat(1_000) + "]".repeat(1_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "NaN",
                "{",
                "1 2",
                "'a'",
                "{a:1}",
                "[1,]",
                "[",
                "\"a",
                "01",
                "1x",
                "[1}",
                "{\"a\":}",
                "\"a\" \"b\""
            })
    void refusesWhatIsNoJson(String data) {
        HttpResponse<Buffer> response = submit(TICKET, data);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.bodyAsString()).isEqualTo("data -- Invliad json format");
    }

    @Test
    void checksTheTicketBeforeTheData() {
        assertThat(submit("short", "NaN").bodyAsString()).isEqualTo("ticket -- Invalid string format (36~36)");
        assertThat(send(form("/log/submit"), "ticket=short").bodyAsString()).isEqualTo("400: Bad Request");
        assertThat(elicast.asked()).isEmpty();
    }

    @Test
    void tellsOfAnUnknownTicket() {
        elicast.on(SubmitLog.class, any -> Future.failedFuture(Failure.notFound("ticket -- Not exist")));

        HttpResponse<Buffer> response = submit(TICKET, "1");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.bodyAsString()).isEqualTo("ticket -- Not exist");
    }

    @Test
    void refusesLongData() {
        assertThat(submit(TICKET, '"' + "x".repeat(1 << 20) + '"').statusCode()).isEqualTo(413);
    }

    private HttpResponse<Buffer> submit(String ticket, String data) {
        String encoded = URLEncoder.encode(data, StandardCharsets.UTF_8);
        return send(form("/log/submit"), "ticket=" + ticket + "&data=" + encoded);
    }

    private HttpRequest<Buffer> form(String path) {
        return gateway.request(HttpMethod.POST, path).putHeader("Content-Type", "application/x-www-form-urlencoded");
    }

    private static HttpResponse<Buffer> send(HttpRequest<Buffer> request, String form) {
        return request.sendBuffer(Buffer.buffer(form)).await();
    }
}
