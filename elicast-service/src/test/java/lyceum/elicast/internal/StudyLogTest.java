package lyceum.elicast.internal;

import static lyceum.elicast.internal.Failing.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import lyceum.elicast.ElicastService;
import lyceum.elicast.ElicastService.OpenTicket;
import lyceum.elicast.ElicastService.SubmitLog;
import lyceum.platform.Failure.Kind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Tickets and log entries over the bus. */
@TestInstance(Lifecycle.PER_CLASS)
class StudyLogTest {

    private TestElicast elicast;
    private ElicastService service;

    @BeforeAll
    void start() {
        elicast = new TestElicast();
        service = elicast.service;
    }

    @AfterAll
    void stop() {
        elicast.close();
    }

    @Test
    void keepsWhoseTicketItIs() {
        String ticket = open(new OpenTicket("2001:db8::17", "Mozilla/5.0 (é)", "http://x/?a=1", "\"\""));

        assertThat(ticket).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        Row row = elicast.rows("SELECT * FROM log_ticket WHERE ticket = $1", ticket)
                .get(0);
        assertThat(row.getString("ip")).isEqualTo("2001:db8::17");
        assertThat(row.getString("user_agent")).isEqualTo("Mozilla/5.0 (é)");
        assertThat(row.getString("referer")).isEqualTo("http://x/?a=1");
        assertThat(row.getString("name")).isEqualTo("\"\"");
    }

    @Test
    void countsNamesInCodePoints() {
        assertThat(open(ticketOf("🙂".repeat(64)))).hasSize(36);
        for (String name : List.of("", "🙂".repeat(65), "a\0")) {
            assertFails(Kind.INVALID, "name -- Invalid string format (1~64)", () -> ticketOf(name));
        }
    }

    @Test
    void keepsEntriesAsTheyCameAndInTheirOrder() {
        String ticket = open(ticketOf("Ada"));
        List<String> sent = List.of("{\"b\": 1.50,\n \"a\":\"\\u00e9\"}", "null", " [1, 2] ");

        sent.forEach(data -> submit(ticket, data));

        List<Row> rows = elicast.rows(
                "SELECT data FROM log_entry e JOIN log_ticket t ON t.id = e.ticket_id WHERE ticket = $1 ORDER BY e.id",
                ticket);
        assertThat(rows).extracting(row -> row.getString("data")).isEqualTo(sent);
    }

    @Test
    void knowsNoOtherTickets() {
        String inUpperCase = open(ticketOf("Ada")).toUpperCase(Locale.ROOT);

        for (String ticket : List.of(inUpperCase, UUID.randomUUID().toString(), "")) {
            assertFails(Kind.NOT_FOUND, "ticket -- Not exist", () -> submit(ticket, "1"));
        }
    }

    private String open(OpenTicket order) {
        return service.openTicket(order).await().ticket();
    }

    private void submit(String ticket, String data) {
        service.submitLog(new SubmitLog(ticket, data)).await();
    }

    private static OpenTicket ticketOf(String name) {
        return new OpenTicket("127.0.0.1", "", "", name);
    }
}
