package lyceum.account.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lyceum.account.Account;
import lyceum.account.AccountService;
import lyceum.account.AccountService.AccountPage;
import lyceum.account.AccountService.Done;
import lyceum.account.AccountService.FindAccount;
import lyceum.account.AccountService.ListAccounts;
import lyceum.account.AccountService.ListRevocations;
import lyceum.account.AccountService.LogIn;
import lyceum.account.AccountService.Login;
import lyceum.account.AccountService.Outcome;
import lyceum.account.AccountService.PutAccount;
import lyceum.account.AccountService.RemoveAccount;
import lyceum.account.AccountService.Revocation;
import lyceum.account.AccountService.RevocationPage;
import lyceum.account.AccountService.SetPassword;
import lyceum.account.AccountService.StoredAccount;
import lyceum.account.Role;
import lyceum.platform.Bus;
import lyceum.platform.Cluster;
import lyceum.platform.ClusterConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every record of the contract, from one node of a cluster to another and back. */
@TestInstance(Lifecycle.PER_CLASS)
class RecordsBetweenNodesTest {

    private static final String ECHO = "echo";
    private static final Instant AT = Instant.parse("2026-11-24T10:00:00.123Z");
    private static final Account ACCOUNT = new Account("김 🙂", List.of(Role.STUDENT, Role.ADMIN), true, AT, AT);

    private Vertx server;
    private Vertx client;

    @BeforeAll
    void start() throws IOException {
        int port = freePort();
        ClusterConfig config = new ClusterConfig("127.0.0.1", port, List.of("127.0.0.1:" + port), Optional.empty());
        server = Cluster.join(Vertx.builder(), new VertxOptions(), config).await();
        client = Cluster.join(Vertx.builder(), new VertxOptions(), config).await();
        for (Vertx node : List.of(server, client)) {
            new Bus(node, Duration.ofSeconds(5));
        }
        server.eventBus()
                .<Record>consumer(ECHO)
                .handler(message -> message.reply(message.body()))
                .completion()
                .await();
    }

    @AfterAll
    void stop() {
        client.close().await();
        server.close().await();
    }

    static Stream<Record> records() {
        return Stream.of(
                ACCOUNT,
                new Account("a", List.of(), false, AT, AT),
                new LogIn("김", "p\u00e4ssword\""),
                new Login(Outcome.ACCEPTED, ACCOUNT, 0),
                new Login(Outcome.LIMITED, null, Long.MAX_VALUE),
                new FindAccount("a"),
                new ListAccounts("", 200),
                new AccountPage(List.of(ACCOUNT, ACCOUNT), false),
                new AccountPage(List.of(), true),
                new PutAccount("root", "a", null, List.of(), true),
                new PutAccount("root", "a", "a password", List.of(Role.TEACHER), false),
                new StoredAccount(ACCOUNT, true),
                new RemoveAccount("root", "a"),
                new SetPassword("root", "a", "a password"),
                new ListRevocations(""),
                new Revocation("a", Long.MAX_VALUE),
                new RevocationPage(List.of(new Revocation("a", 0))),
                new RevocationPage(List.of()),
                new Done());
    }

    @ParameterizedTest
    @MethodSource("records")
    void carriesItUnchanged(Record sent) {
        assertThat(client.eventBus().<Record>request(ECHO, sent).await().body()).isEqualTo(sent);
    }

    @Test
    void leavesNoRecordOfTheContractOut() {
        assertThat(records().map(Object::getClass))
                .contains(Arrays.stream(AccountService.class.getDeclaredClasses())
                        .filter(Class::isRecord)
                        .toArray(Class<?>[]::new));
    }

    @Test
    void showsNoPassword() {
        assertThat(records().map(Record::toString))
                .noneMatch(text -> text.contains("ssword\"") || text.contains("a password"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
