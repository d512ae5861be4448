package lyceum.launcher.elicast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lyceum.launcher.wire.Answer;
import lyceum.launcher.wire.Client;
import lyceum.launcher.wire.Request;

/** What an operator did by hand in the old database, and does by a route in ours (contract, section 13, 9). */
final class Operator {

    private static final Pattern PROTECT = Pattern.compile("update elicast set is_protected=1 where id=(\\d+)");

    private Operator() {}

    static void protect(Step step, Client client) {
        Matcher sql = PROTECT.matcher(step.json().required("reference_sql").asText());
        assertThat(sql.matches()).as("a setup we know").isTrue();
        Request order = Request.of("PUT", "/elicast/%s/protection".formatted(sql.group(1)))
                .with("Authorization", "Bearer " + token(client, "admin"));
        Answer answer = client.send(order).await();
        assertThat(answer.status())
                .as("answer to the order to protect: " + answer)
                .isEqualTo(204);
    }

    /** @return a token with these roles, separated by commas, which {@code POST /token} gives to anyone in dev */
    static String token(Client client, String roles) {
        Request request = Request.form("POST", "/token", "username=ada&password=ada&roles=" + roles);
        Answer answer = client.send(request).await();
        assertThat(answer.status())
                .as("answer to the wish for a token: " + answer)
                .isEqualTo(200);
        return answer.json().required("access_token").asText();
    }
}
