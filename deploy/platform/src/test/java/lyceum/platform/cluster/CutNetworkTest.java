package lyceum.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lyceum.platform.TestJvm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A cluster of three whose network is cut, two here and one there, and whole again: real processes, real sockets. It takes
 * half a minute, and root: {@code -Dlyceum.cut=true}.
 */
@Timeout(300)
class CutNetworkTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final List<Member> members = new ArrayList<>();
    private NetworkOfTwo network;

    /** A process, and what is said with it. */
    private record Member(Process process, Writer orders, BufferedReader answers) {

        String does(String order) throws IOException {
            orders.write(order + "\n");
            orders.flush();
            return hears();
        }

        /** @return its next answer, or null when it has ended */
        String hears() throws IOException {
            String line = answers.readLine();
            while (line != null && !line.startsWith(ChildNode.MARK)) {
                line = answers.readLine();
            }
            return line == null ? null : line.substring(ChildNode.MARK.length());
        }
    }

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Boolean.getBoolean("lyceum.cut"), "takes half a minute: -Dlyceum.cut=true");
        assumeTrue(NetworkOfTwo.isPossible(), "no network namespaces for us here");
        network = new NetworkOfTwo();
    }

    @AfterEach
    void stop() throws Exception {
        for (Member member : members) {
            member.process().destroyForcibly().waitFor();
        }
        if (network != null) {
            network.remove();
        }
    }

    @Test
    void goesOnInBothHalvesAndGrowsTogetherAgain() throws Exception {
        Member a = member("a", NetworkOfTwo.LEFT_ADDRESS);
        Member b = member("b", NetworkOfTwo.LEFT_ADDRESS);
        Member c = member("c", NetworkOfTwo.RIGHT_ADDRESS);
        awaitAnswer(a, "nodes", "3");
        awaitAnswer(a, "ask c", "here is c");
        awaitAnswer(c, "ask b", "here is b");

        network.cut();

        awaitAnswer(a, "nodes", "2");
        awaitAnswer(c, "nodes", "1");
        awaitAnswer(a, "ask b", "here is b");
        awaitAnswer(c, "ask c", "here is c");
        awaitAnswer(a, "ask c", "NO_HANDLERS");
        awaitAnswer(c, "ask a", "NO_HANDLERS");
        assertThat(a.does("serve left")).isEqualTo("serving");
        assertThat(c.does("serve right")).isEqualTo("serving");

        network.mend();

        for (Member member : members) {
            awaitAnswer(member, "nodes", "3");
            for (String address : List.of("a", "b", "c", "left", "right")) {
                awaitAnswer(member, "ask " + address, "here is " + address);
            }
        }
        assertThat(c.does("publish of c")).isEqualTo("published");
        assertThat(a.does("publish of a")).isEqualTo("published");
        for (Member member : members) {
            await().atMost(LIMIT).until(() -> member.does("heard").contains("of c"));
            await().atMost(LIMIT).until(() -> member.does("heard").contains("of a"));
            assertThat(member.does("heard").split(",")).as("each once").hasSize(2);
        }
    }

    private Member member(String name, String address) throws Exception {
        List<String> java = new ArrayList<>(
                TestJvm.command("-cp", System.getProperty("java.class.path"), ChildNode.class.getName(), name));
        ProcessBuilder builder = new ProcessBuilder(network.at(address, java)).redirectError(Redirect.INHERIT);
        builder.environment()
                .putAll(Map.of(
                        "LYCEUM_CLUSTER_HOST",
                        address,
                        "LYCEUM_CLUSTER_MEMBERS",
                        NetworkOfTwo.LEFT_ADDRESS + "," + NetworkOfTwo.RIGHT_ADDRESS,
                        "LYCEUM_CLUSTER_SILENCE",
                        "5s",
                        "LYCEUM_CLUSTER_SECRET",
                        "the secret of the tests, long enough"));
        Process process = builder.start();
        Member member = new Member(
                process,
                process.outputWriter(StandardCharsets.UTF_8),
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
        members.add(member);
        assertThat(member.hears()).as("%s has joined", name).isEqualTo("joined");
        return member;
    }

    private static void awaitAnswer(Member member, String order, String answer) {
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(member.does(order)).as(order).isEqualTo(answer));
    }
}
