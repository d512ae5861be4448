package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerConfigTest {

    @Test
    void hasDefaultsForAnEngineOfThisMachine() {
        EngineConfig config = EngineConfig.from(new Settings(Map.of()));

        assertThat(config.isUnix()).isTrue();
        assertThat(config.url().getPath()).isEqualTo("/var/run/docker.sock");
        assertThat(config.runtime()).isEmpty();
        assertThat(config.containers().images().of("python3")).isEqualTo("python:3.12-slim");
        assertThat(config.containers().images().of("c++")).isEqualTo("gcc:13");
        assertThat(config.containers().owner()).isNotEmpty();
    }

    @Test
    void hasDefaultsForTheClusterItRunsIn() {
        PodConfig config = PodConfig.from(new Settings(Map.of()));

        assertThat(config.api()).hasToString("https://kubernetes.default.svc");
        assertThat(config.port()).isEqualTo(443);
        assertThat(config.tokenFile()).hasToString("/var/run/secrets/kubernetes.io/serviceaccount/token");
        assertThat(config.runtimeClass()).isEqualTo("gvisor");
    }

    @Test
    void readsImagesOfLanguages() {
        Images images = EngineConfig.from(new Settings(Map.of(
                        "LYCEUM_SANDBOX_ENGINE_IMAGES", "go=golang:1.23, c++=registry:5000/gcc@sha256:1=",
                        "LYCEUM_SANDBOX_ENGINE_IMAGE", "other")))
                .containers()
                .images();

        assertThat(images.of("go")).isEqualTo("golang:1.23");
        assertThat(images.of("c++")).isEqualTo("registry:5000/gcc@sha256:1=");
        assertThat(images.of("rust")).isEqualTo("other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"python3", "=image", "python3="})
    void refusesImagesOfNoLanguage(String images) {
        Settings settings = new Settings(Map.of("LYCEUM_SANDBOX_POD_IMAGES", images));

        assertThatThrownBy(() -> PodConfig.from(settings))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith("LYCEUM_SANDBOX_POD_IMAGES");
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker", "unix://", "http://127.0.0.1:2375", "tcp://host", "tcp://[", "tcp://host:2375"})
    void refusesAnEngineThatCannotBeReachedSafely(String url) {
        Settings settings = new Settings(Map.of("LYCEUM_SANDBOX_ENGINE_URL", url));

        assertThatThrownBy(() -> EngineConfig.from(settings))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith("LYCEUM_SANDBOX_ENGINE_");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://cluster:8080", "cluster", "https://", ":"})
    void refusesAClusterThatCannotBeReachedSafely(String url) {
        Settings settings = new Settings(Map.of("LYCEUM_SANDBOX_POD_API", url));

        assertThatThrownBy(() -> PodConfig.from(settings))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith("LYCEUM_SANDBOX_POD_API");
    }

    @Test
    void makesALabelOfTheOwner() {
        Settings settings = new Settings(Map.of("LYCEUM_SANDBOX_OWNER", "/a host's_name." + "x".repeat(100)));

        assertThat(PodConfig.from(settings).containers().owner()).matches("a-host-s-name\\.x{48}");
    }
}
