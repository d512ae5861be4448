package lyceum.social.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import lyceum.platform.Settings;
import lyceum.platform.retention.Sweep;
import lyceum.social.Act;
import lyceum.social.SocialService.Hour;
import lyceum.social.SocialService.User;
import lyceum.social.Stats;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SocialRetentionStoreTest {

    private final TestSocial social = new TestSocial();

    @AfterEach
    void close() {
        social.close();
    }

    @Test
    void removesSingleClicksAndLeavesAllNumbersAsTheyAre() {
        social.deploy();
        TestMember member = social.member("member");
        member.act(Act.connect(1), Act.click(1, "Anna", null, null), Act.event(1, "Anna", "sas"));
        Stats stats = social.state().stats();
        List<Hour> hours = social.hours();
        List<User> users = social.users();
        List<Sweep> sweeps =
                SocialRetentionStore.sweeps(new Settings(Map.of("LYCEUM_RETENTION_CLICKS", "7")), social.databaseUrl());

        List<Long> early = sweeps.stream()
                .map(sweep -> sweep.removeBefore(social.vertx, TestSocial.NOON.minus(Duration.ofSeconds(1)))
                        .await())
                .toList();
        List<Long> late = sweeps.stream()
                .map(sweep -> sweep.removeBefore(social.vertx, TestSocial.NOON.plus(Duration.ofSeconds(1)))
                        .await())
                .toList();

        assertThat(sweeps).extracting(Sweep::days).containsExactly(7, 7);
        assertThat(early).containsExactly(0L, 0L);
        assertThat(late).containsExactly(1L, 1L);
        assertThat(social.clicks()).isEmpty();
        assertThat(social.events()).isEmpty();
        assertThat(social.state().stats()).isEqualTo(stats);
        assertThat(social.hours()).isEqualTo(hours);
        assertThat(social.users()).isEqualTo(users);
    }
}
