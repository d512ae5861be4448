package lyceum.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import lyceum.platform.Profile;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterConfigTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @Test
    void asksForASecretInProduction() {
        assertThatThrownBy(() -> config(Map.of()).fitFor(Profile.PROD))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("LYCEUM_CLUSTER_SECRET: required where LYCEUM_PROFILE is prod and processes join a cluster,"
                        + " unless LYCEUM_CLUSTER_TRUSTED_NETWORK is true");
    }

    @Test
    void goesWithoutInDevelopmentAndWhereTheNetworkIsTrusted() {
        assertThat(config(Map.of()).fitFor(Profile.DEV).secret()).isEmpty();
        assertThat(config(Map.of("LYCEUM_CLUSTER_TRUSTED_NETWORK", "true"))
                        .fitFor(Profile.PROD)
                        .secret())
                .isEmpty();
        assertThat(config(Map.of("LYCEUM_CLUSTER_SECRET", SECRET))
                        .fitFor(Profile.PROD)
                        .secret())
                .isPresent();
    }

    @Test
    void refusesAShortSecretWithoutShowingIt() {
        String secret = SECRET.substring(1);

        assertThatThrownBy(() -> config(Map.of("LYCEUM_CLUSTER_SECRET", secret)))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("LYCEUM_CLUSTER_SECRET: a secret of at least 32 characters is needed, this one has 31");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a:5701", "a:0", "a:65536", "a:b", "a b", "a;b", "[::1", ":5701"})
    void refusesAMemberThatCannotBe(String member) {
        assertThatThrownBy(() -> config(Map.of("LYCEUM_CLUSTER_MEMBERS", "10.0.0.1," + member)))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("LYCEUM_CLUSTER_MEMBERS: '%s' is neither host nor host:port", member);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"lyceum_stream", "a.example:5701", "10.0.0.1-9", "10.0.*.1:5701", "::1", "fe80::1", "[::1]:5701"
            })
    void takesMembersInAllForms(String member) {
        assertThat(config(Map.of("LYCEUM_CLUSTER_MEMBERS", member)).members()).containsExactly(member);
    }

    @Test
    void refusesToTakeAShortPauseForADeath() {
        assertThatThrownBy(() -> config(Map.of("LYCEUM_CLUSTER_SILENCE", "4s")))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("LYCEUM_CLUSTER_SILENCE: less than 5 s");
    }

    @Test
    void refusesASecretForANetworkThatIsSaidToBeTrusted() {
        ClusterConfig both = config(Map.of("LYCEUM_CLUSTER_SECRET", SECRET, "LYCEUM_CLUSTER_TRUSTED_NETWORK", "true"));

        assertThatThrownBy(() -> both.fitFor(Profile.DEV))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("LYCEUM_CLUSTER_TRUSTED_NETWORK: not together with LYCEUM_CLUSTER_SECRET");
    }

    @Test
    void refusesASecretThatOthersKnowInProduction() {
        ClusterConfig placeholder = config(Map.of("LYCEUM_CLUSTER_SECRET", "change-me-change-me-change-me-change-me"));

        assertThat(placeholder.fitFor(Profile.DEV).secret()).isPresent();
        assertThatThrownBy(() -> placeholder.fitFor(Profile.PROD))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith("LYCEUM_CLUSTER_SECRET: is the placeholder of an example");
    }

    @Test
    void showsNoSecretInItsText() {
        assertThat(config(Map.of("LYCEUM_CLUSTER_SECRET", SECRET)).toString()).doesNotContain(SECRET);
    }

    private static ClusterConfig config(Map<String, String> settings) {
        return ClusterConfig.from(new Settings(settings));
    }
}
