package lyceum.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import lyceum.account.AccountService;
import lyceum.account.AccountService.FindAccount;
import lyceum.account.AccountService.ListRevocations;
import lyceum.account.AccountService.Revocation;
import lyceum.account.AccountService.RevocationPage;
import lyceum.account.Role;
import lyceum.gateway.TestGateway;
import lyceum.gateway.stream.Scripted;
import lyceum.platform.Bus;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.platform.LogLines;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which tokens are void, as an account-service tells that answers as it is told. */
class RevokedTokensTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = new Bus(vertx, PATIENCE);
    private final Scripted<AccountService> accounts =
            new Scripted<>(vertx, AccountService.class).on(ListRevocations.class, new RevocationPage(List.of()));
    private final RevokedTokens revoked = new RevokedTokens(bus.proxy(AccountService.class));

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void areReadPageByPage() {
        accounts.on(
                ListRevocations.class,
                question -> Future.succeededFuture(new RevocationPage(
                        switch (question.after()) {
                            case "" -> List.of(new Revocation("ada", 10), new Revocation("bob", 20));
                            case "bob" -> List.of(new Revocation("eve", 30));
                            default -> List.of();
                        })));

        revoked.load().await();

        assertThat(accounts.asked(ListRevocations.class))
                .extracting(ListRevocations::after)
                .containsExactly("", "bob", "eve");
        assertThat(revoked.includes("ada", 9)).isTrue();
        assertThat(revoked.includes("ada", 10)).isFalse();
        assertThat(revoked.includes("bob", 19)).isTrue();
        assertThat(revoked.includes("eve", 29)).isTrue();
        assertThat(revoked.includes("root", Long.MIN_VALUE)).isFalse();
    }

    @Test
    void areToldWhenTheyAreRevokedAndNeverTakenBack() {
        revoked.follow(vertx, bus).await();

        bus.publish(AccountService.REVOKED, new Revocation("ada", 10));
        bus.publish(AccountService.REVOKED, new Revocation("ada", 5));
        bus.publish(AccountService.REVOKED, new Revocation("eve", 1));

        Awaitility.await().until(() -> revoked.includes("eve", 0));
        assertThat(revoked.includes("ada", 9)).isTrue();
        assertThat(revoked.includes("ada", 10)).isFalse();
    }

    @Test
    void areToldOnceToWhomeverTheyConcern() {
        List<Set<String>> ending = new CopyOnWriteArrayList<>();
        revoked.whenMore(ending::add);
        accounts.on(
                ListRevocations.class,
                question -> Future.succeededFuture(new RevocationPage(
                        question.after().isEmpty()
                                ? List.of(new Revocation("ada", 10), new Revocation("bob", 20))
                                : List.of())));

        revoked.load().await();
        revoked.load().await();

        assertThat(ending).containsExactly(Set.of("ada", "bob"));
    }

    @Test
    void areNotWaitedForWhereNobodyKnows() {
        accounts.on(ListRevocations.class, any -> Future.failedFuture(new Failure(Kind.UNAVAILABLE, "no database")));
        try (LogLines log = LogLines.of(RevokedTokens.class)) {
            revoked.follow(vertx, bus).await();

            assertThat(log.events())
                    .singleElement()
                    .satisfies(
                            line -> assertThat(line.getFormattedMessage())
                                    .isEqualTo(
                                            "which tokens are revoked cannot be asked, tokens are taken as they are: no database"));
        }
    }

    @Test
    void areRefusedByTheGateway() {
        try (TestGateway gateway = new TestGateway(Map.of())) {
            String token = TestGateway.token(gateway.vertx, "root", Role.ADMIN);
            assertThat(find(gateway, token).statusCode()).isEqualTo(404);

            long nextSecond = Instant.now().getEpochSecond() + 1;
            new Bus(gateway.vertx, PATIENCE).publish(AccountService.REVOKED, new Revocation("root", nextSecond));

            Awaitility.await().until(() -> find(gateway, token).statusCode() == 401);
            assertThat(find(gateway, token).bodyAsJsonObject().getString("detail"))
                    .isEqualTo("Could not validate credentials");
            assertThat(gateway.accounts.asked(ListRevocations.class)).isNotEmpty();
            assertThat(gateway.accounts.asked(FindAccount.class)).isNotEmpty();
        }
    }

    private static HttpResponse<Buffer> find(TestGateway gateway, String token) {
        return gateway.get("/accounts/x")
                .bearerTokenAuthentication(token)
                .send()
                .await();
    }
}
