package lyceum.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which token counts where a query has several. */
class PresentedTokenTest {

    private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    private final MultiMap query = MultiMap.caseInsensitiveMultiMap();

    @Test
    void takesTheLastOneOfAQuery() {
        query.add("token", "").add("token", "first").add("token", "last");

        assertThat(PresentedToken.of(headers, query)).isEqualTo(Optional.of("last"));
    }

    @Test
    void knowsItUnderThatNameOnly() {
        query.add("TOKEN", "other");

        assertThat(PresentedToken.of(headers, query)).isEmpty();
    }

    @Test
    void looksElsewhereWhereTheLastOneIsEmpty() {
        query.add("token", "first").add("token", "");
        headers.add("Authorization", "Bearer other");

        assertThat(PresentedToken.of(headers, query)).isEqualTo(Optional.of("other"));
    }

    @Test
    void takesTheLastOneOfAClientOfJudge0() {
        query.add("X-Auth-Token", "first").add("X-Auth-Token", "last");

        assertThat(PresentedToken.ofJudge0(headers, query)).isEqualTo(Optional.of("last"));
    }
}
