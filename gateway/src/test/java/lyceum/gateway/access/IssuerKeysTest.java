package lyceum.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.platform.LogLines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys that are fetched when they are needed, from an issuer that answers when it is told, by a clock that stands. */
class IssuerKeysTest {

    private static final Duration MAX_AGE = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final SigningKey A = SigningKey.ec("a", "ES256");

    private final LogLines log = LogLines.of(IssuerKeys.class);
    private final List<Promise<List<IssuerKey>>> fetches = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-24T12:00:00Z");
    private final IssuerKeys keys = new IssuerKeys(this::fetch, MAX_AGE, PAUSE, () -> now);

    private Future<List<IssuerKey>> fetch() {
        Promise<List<IssuerKey>> fetch = Promise.promise();
        fetches.add(fetch);
        return fetch.future();
    }

    @AfterEach
    void stop() {
        log.close();
    }

    @Test
    void areFetchedWhenOneIsNeededAndKnownFromThenOn() {
        Future<Optional<IssuerKey>> first = find("a");
        Future<Optional<IssuerKey>> second = find("a");
        assertThat(first.isComplete()).isFalse();

        answer(0, "a", "b");

        assertThat(first.result().orElseThrow().id()).contains("a");
        assertThat(second.result()).isEqualTo(first.result());
        assertThat(find("b").result()).isPresent();
        assertThat(fetches).hasSize(1);
    }

    @Test
    void areFetchedAnewForOneThatIsNotAmongThemButOnlyOnceInAPause() {
        find("a");
        answer(0, "a");
        now = now.plus(PAUSE);
        Future<Optional<IssuerKey>> unknown = find("b");
        answer(1, "a");
        assertThat(unknown.result()).isEmpty();

        for (int i = 0; i < 100; i++) {
            assertThat(find("junk " + i).result()).isEmpty();
        }
        now = now.plus(PAUSE).minusMillis(1);
        assertThat(find("b").result()).isEmpty();
        assertThat(fetches).hasSize(2);

        now = now.plusMillis(1);
        Future<Optional<IssuerKey>> rotated = find("b");
        answer(2, "a", "b");
        assertThat(rotated.result()).isPresent();
    }

    @Test
    void areNotWaitedForWhereTheyAreOnlyOld() {
        find("a");
        answer(0, "a");
        now = now.plus(MAX_AGE).minusMillis(1);
        find("a");
        assertThat(fetches).hasSize(1);

        now = now.plusMillis(1);
        assertThat(find("a").result()).isPresent();
        assertThat(find("a").result()).isPresent();
        assertThat(fetches).hasSize(2);

        answer(1, "b");
        assertThat(find("a").result()).isEmpty();
        assertThat(find("b").result()).isPresent();
    }

    @Test
    void areKeptWhileTheirIssuerIsDown() {
        find("a");
        answer(0, "a");
        now = now.plus(Duration.ofDays(3));
        find("a");

        fetches.get(1).fail("connection refused");

        assertThat(find("a").result()).isPresent();
        assertThat(log.events())
                .extracting(line -> line.getFormattedMessage())
                .singleElement()
                .asString()
                .contains("1 are kept", "connection refused");
        assertUnavailable(find("b"));
        now = now.plus(PAUSE);
        find("a");
        answer(2, "a");
        assertThat(find("b").result()).isEmpty();
    }

    @Test
    void areOutOfReachUntilTheIssuerAnswersForTheFirstTime() {
        Future<Optional<IssuerKey>> waiting = find("a");
        fetches.get(0).fail("connection refused");
        assertUnavailable(waiting);
        assertUnavailable(find("a"));
        assertThat(fetches).hasSize(1);

        now = now.plus(PAUSE);
        Future<Optional<IssuerKey>> found = find("a");
        answer(1, "a");
        assertThat(found.result()).isPresent();
    }

    @Test
    void mayBeFetchedBeforeOneIsNeeded() {
        keys.refresh();
        keys.refresh();
        assertThat(fetches).hasSize(1);

        Future<Optional<IssuerKey>> waiting = find("a");
        answer(0, "a");
        assertThat(waiting.result()).isPresent();
    }

    @Test
    void areFoundWithoutAnIdWhereThereIsNoOther() {
        find("a");
        answer(0, "a");
        assertThat(keys.find(SignatureAlgorithm.ES256, Optional.empty()).result())
                .isPresent();
        assertThat(keys.find(SignatureAlgorithm.RS256, Optional.empty()).result())
                .isEmpty();

        now = now.plus(PAUSE);
        find("b");
        answer(1, "a", "b");
        assertThat(keys.find(SignatureAlgorithm.ES256, Optional.empty()).result())
                .isEmpty();
    }

    @Test
    void areWaitedForBySoManyAndNoMore() {
        List<Future<Optional<IssuerKey>>> waiting =
                Stream.generate(() -> find("a")).limit(1000).toList();

        assertFails(find("a"), Kind.BUSY);

        answer(0, "a");
        assertThat(waiting).allSatisfy(found -> assertThat(found.result()).isPresent());
        now = now.plus(PAUSE);
        assertThat(find("b").isComplete()).isFalse();
    }

    private Future<Optional<IssuerKey>> find(String id) {
        return keys.find(SignatureAlgorithm.ES256, Optional.of(id));
    }

    private void answer(int fetch, String... ids) {
        fetches.get(fetch)
                .complete(Stream.of(ids)
                        .map(id -> new SigningKey(id, "ES256", A.pair()).jwk())
                        .map(jwk -> IssuerKey.of(jwk).orElseThrow())
                        .toList());
    }

    private static void assertUnavailable(Future<?> asked) {
        assertFails(asked, Kind.UNAVAILABLE);
    }

    private static void assertFails(Future<?> asked, Kind kind) {
        assertThatThrownBy(asked::await)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
