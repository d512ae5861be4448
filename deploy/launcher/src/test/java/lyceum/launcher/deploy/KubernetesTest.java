package lyceum.launcher.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lyceum.launcher.Rehearsal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests, each overlay as it is applied: what Kubernetes, and what the program, would say to them. */
class KubernetesTest {

    private static final Path DIRECTORY = Path.of("../kubernetes");

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/dev", "overlays/prod"})
    void startsEachServiceOnceWithSettingsThatTheProgramTakes(String overlay) {
        List<DeployedProgram> programs = programs(overlay);

        assertThat(programs.stream()
                        .flatMap(program -> program.rehearsal().services().stream())
                        .toList())
                .containsExactlyInAnyOrderElementsOf(Rehearsal.everyService());
        assertThat(programs).allSatisfy(program -> {
            assertThat(program.rehearsal().services()).containsExactly(program.name());
            for (String store : List.of("POSTGRES", "REDIS")) {
                assertThat(program.rehearsal().environment().containsKey("LYCEUM_" + store + "_URL"))
                        .as("%s knows where %s is", program.name(), store)
                        .isEqualTo(program.rehearsal().stores().contains(store));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/dev", "overlays/prod"})
    void namesEachObjectOnce(String overlay) {
        assertThat(Kustomization.render(DIRECTORY.resolve(overlay)).stream().map(Kustomization::identity))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/dev", "overlays/prod"})
    void opensThePortsOfTheProgram(String overlay) {
        assertThat(programs(overlay)).allSatisfy(program -> {
            Rehearsal rehearsal = program.rehearsal();
            Map<String, Integer> expected = new HashMap<>(Map.of(
                    "management", Integer.valueOf(rehearsal.value("LYCEUM_MANAGEMENT_PORT")),
                    "cluster", Integer.valueOf(rehearsal.value("LYCEUM_CLUSTER_PORT")),
                    "bus", Integer.valueOf(rehearsal.value("LYCEUM_CLUSTER_BUS_PORT"))));
            if (program.name().equals("gateway")) {
                expected.put("http", Integer.valueOf(rehearsal.value("LYCEUM_HTTP_PORT")));
                expected.put("rtmp", 1935);
            }
            assertThat(program.ports()).as(program.name()).isEqualTo(expected);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/dev", "overlays/prod"})
    void probesWhatTheProgramAnswers(String overlay) throws Exception {
        try (ManagementPort answers = ManagementPort.open()) {
            for (DeployedProgram program : programs(overlay)) {
                for (Probe probe : probes(program)) {
                    assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("management");
                    assertThat(answers.status(probe.getHttpGet().getPath()))
                            .as(probe.getHttpGet().getPath())
                            .isEqualTo(200);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/dev", "overlays/prod"})
    void leavesTimeToDrain(String overlay) {
        assertThat(programs(overlay)).allSatisfy(program -> {
            int stop = program.rehearsal().seconds("LYCEUM_STOP_LIMIT");
            long preStop =
                    program.container().getLifecycle().getPreStop().getSleep().getSeconds();
            assertThat(program.rehearsal().seconds("LYCEUM_DRAIN_LIMIT")).isLessThan(stop);
            assertThat(program.pod().getTerminationGracePeriodSeconds()).isGreaterThan(preStop + stop);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/dev", "overlays/prod"})
    void givesNoPowers(String overlay) {
        assertThat(programs(overlay)).allSatisfy(program -> {
            var security = program.container().getSecurityContext();
            assertThat(security.getReadOnlyRootFilesystem()).isTrue();
            assertThat(security.getAllowPrivilegeEscalation()).isFalse();
            assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
            assertThat(security.getCapabilities().getAdd()).isEmpty();
            assertThat(program.pod().getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(program.pod().getSecurityContext().getRunAsUser()).isEqualTo(10_001);
            assertThat(program.pod().getEnableServiceLinks()).isFalse();
            assertThat(program.pod().getAutomountServiceAccountToken())
                    .as("%s may ask the API server", program.name())
                    .isEqualTo(program.name().equals("sandbox"));
            assertThat(program.writablePlaces())
                    .contains("/tmp", program.rehearsal().value("LYCEUM_DATA_DIR"));
            assertThat(program.container().getResources().getLimits()).containsKey("memory");
            assertThat(program.container().getResources().getRequests()).containsKeys("cpu", "memory");
        });
    }

    /** Kubernetes evicts a pod whose volume has grown beyond its size. */
    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/dev", "overlays/prod"})
    void hasRoomForAllThatMediaMayKeep(String overlay) {
        DeployedProgram media = program(overlay, "media");
        Rehearsal rehearsal = media.rehearsal();
        long channelsBytes =
                Long.parseLong(rehearsal.value("LYCEUM_LIVE_CHANNELS")) * rehearsal.bytes("LYCEUM_LIVE_CHANNEL_LIMIT");

        assertThat(media.volumeBytes("data")).isGreaterThan(rehearsal.bytes("LYCEUM_MEDIA_DISK_LIMIT") + channelsBytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/dev", "overlays/prod"})
    void keepsRecordingsWhereTheyOutliveAPod(String overlay) {
        Map<String, String> places = Map.of("media", "LYCEUM_LIVE_RECORDINGS_DIR", "stream", "LYCEUM_RECORDINGS_DIR");

        places.forEach((name, setting) -> {
            DeployedProgram program = program(overlay, name);
            assertThat(program.claims()).containsKey(program.rehearsal().value(setting));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/dev", "overlays/prod"})
    void letsOnlyThoseOutOfTheFilterOfSystemCallsWhoBuildWalls(String overlay) {
        assertThat(programs(overlay)).allSatisfy(program -> {
            boolean walls = program.name().equals("media")
                    || program.rehearsal().services().contains("sandbox")
                            && program.rehearsal()
                                    .value("LYCEUM_SANDBOX_BACKEND")
                                    .equals("process");
            assertThat(program.pod().getSecurityContext().getSeccompProfile().getType())
                    .as(program.name())
                    .isEqualTo(walls ? "Unconfined" : "RuntimeDefault");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/dev", "overlays/prod"})
    void scalesAndSparesEachDeployment(String overlay) {
        Manifests manifests = Manifests.of(DIRECTORY.resolve(overlay));

        assertThat(programs(overlay)).allSatisfy(program -> {
            assertThat(manifests.all(HorizontalPodAutoscaler.class))
                    .filteredOn(scaler -> scaler.getSpec()
                                    .getScaleTargetRef()
                                    .getName()
                                    .equals(program.name())
                            && scaler.getSpec().getScaleTargetRef().getKind().equals("Deployment")
                            && scaler.getSpec().getMinReplicas()
                                    <= scaler.getSpec().getMaxReplicas())
                    .hasSize(1);
            assertThat(manifests.all(PodDisruptionBudget.class))
                    .filteredOn(budget ->
                            budget.getSpec().getSelector().getMatchLabels().equals(program.labels()))
                    .hasSize(1);
            assertThat(program.deployment().getSpec().getReplicas())
                    .as("set by the scaler alone")
                    .isNull();
            assertThat(program.pod().getTopologySpreadConstraints())
                    .isNotEmpty()
                    .allSatisfy(spread -> assertThat(spread.getLabelSelector().getMatchLabels())
                            .isEqualTo(program.labels()));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/dev", "overlays/prod"})
    void selectsPodsThatThereAre(String overlay) {
        Selections selections = new Selections(Manifests.of(DIRECTORY.resolve(overlay)));

        assertThat(selections.ofPods())
                .isNotEmpty()
                .allSatisfy((who, selector) ->
                        assertThat(selections.isMatched(selector)).as(who).isTrue());
        assertThat(selections.deploymentsThatMissTheirPods()).isEmpty();
        assertThat(selections.portsThatNobodyHas()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/dev", "overlays/prod"})
    void refersToWhatIsDeclared(String overlay) {
        assertThat(new References(Manifests.of(DIRECTORY.resolve(overlay))).broken())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/dev", "overlays/prod"})
    void asksForNoSecretThatTheOperatorIsNotTold(String overlay) throws IOException {
        String told = Files.readString(Path.of("../README.md"));

        assertThat(new References(Manifests.of(DIRECTORY.resolve(overlay))).secretKeys())
                .isNotEmpty()
                .allSatisfy(key -> assertThat(told).contains("--from-file=" + key + "="));
    }

    @Test
    void backsUpEachNightWithSettingsThatTheProgramTakes() {
        Manifests manifests = Manifests.of(DIRECTORY.resolve("overlays/prod"));
        List<CronJob> jobs = manifests.all(CronJob.class);
        PodSpec pod =
                jobs.get(0).getSpec().getJobTemplate().getSpec().getTemplate().getSpec();
        Container program = pod.getContainers().get(0);

        Rehearsal rehearsal = DeployedProgram.rehearse(program, manifests);

        assertThat(jobs).hasSize(1);
        assertThat(jobs.get(0).getSpec().getConcurrencyPolicy()).isEqualTo("Forbid");
        assertThat(pod.getRestartPolicy()).isEqualTo("Never");
        assertThat(program.getArgs()).containsExactly("--backup=/srv/backups");
        assertThat(program.getVolumeMounts())
                .extracting(VolumeMount::getMountPath)
                .contains(
                        "/srv/backups",
                        rehearsal.value("LYCEUM_RECORDINGS_DIR"),
                        rehearsal.value("LYCEUM_LIVE_RECORDINGS_DIR"),
                        "/tmp");
        assertThat(Integer.parseInt(rehearsal.value("LYCEUM_BACKUPS_KEPT"))).isPositive();
        assertThat(rehearsal.environment()).containsKeys("LYCEUM_POSTGRES_URL", "LYCEUM_REDIS_URL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/dev", "overlays/prod"})
    void namesTheVersionOfEachImage(String overlay) {
        assertThat(programs(overlay))
                .allSatisfy(program ->
                        assertThat(program.container().getImage()).matches("([a-z.-]+/)?lyceum(-sandbox|-media)?:.+"));
    }

    @Test
    void refusesWhatKubernetesDoesNotKnow() {
        Map<String, Object> typo = Map.of(
                "apiVersion", "apps/v1", "kind", "Deployment", "spec", Map.of("template", Map.of("specs", Map.of())));
        Map<String, Object> number = Map.of("apiVersion", "v1", "kind", "ConfigMap", "data", Map.of("A", 5));

        assertThatThrownBy(() -> Manifests.object(typo)).hasMessageContaining("specs");
        assertThatThrownBy(() -> Manifests.object(number)).hasMessageContaining("String");
    }

    private static List<DeployedProgram> programs(String overlay) {
        return DeployedProgram.of(Manifests.of(DIRECTORY.resolve(overlay)));
    }

    private static DeployedProgram program(String overlay, String name) {
        return programs(overlay).stream()
                .filter(program -> program.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<Probe> probes(DeployedProgram program) {
        return Stream.of(
                        program.container().getStartupProbe(),
                        program.container().getLivenessProbe(),
                        program.container().getReadinessProbe())
                .toList();
    }
}
