package lyceum.launcher.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lyceum.launcher.Rehearsal;
import org.junit.jupiter.api.Test;

/** The Compose file, held against the program, the image and the files it mounts. */
class ComposeTest {

    private static final Path DIRECTORY = Path.of("../compose");
    private static final Map<String, Object> FILE = Yaml.document(DIRECTORY.resolve("compose.yaml"));
    private static final Map<String, Object> SERVICES = Yaml.map(FILE.get("services"));
    private static final Set<String> PROGRAMS = Set.of("lyceum", "sandbox", "media");
    /** {@code ${NAME:?}} or {@code ${NAME:-default}}. */
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+):([?-])(\\w*)}");

    @Test
    void startsEachServiceOnceWithSettingsThatTheProgramTakes() {
        List<Rehearsal> rehearsals =
                PROGRAMS.stream().map(ComposeTest::rehearsal).toList();

        assertThat(rehearsals.stream().flatMap(program -> program.services().stream()))
                .containsExactlyInAnyOrderElementsOf(Rehearsal.everyService());
        assertThat(rehearsals)
                .allSatisfy(program -> assertThat(program.environment().keySet())
                        .containsAll(program.stores().stream()
                                .map(store -> "LYCEUM_" + store + "_URL")
                                .toList()));
    }

    @Test
    void letsEachMemberFindTheOthers() {
        assertThat(PROGRAMS).allSatisfy(name -> {
            Map<String, String> environment = rehearsal(name).environment();
            assertThat(environment.get("LYCEUM_CLUSTER_MEMBERS").split(","))
                    .hasSize(PROGRAMS.size())
                    .contains(environment.get("LYCEUM_CLUSTER_HOST"));
            assertThat(Yaml.map(Yaml.map(service(name).get("networks")).get("inside")))
                    .containsEntry("ipv4_address", environment.get("LYCEUM_CLUSTER_HOST"));
        });
        assertThat(PROGRAMS.stream().map(name -> rehearsal(name).environment().get("LYCEUM_CLUSTER_HOST")))
                .doesNotHaveDuplicates();
    }

    @Test
    void buildsTheImageThatAServiceNeeds() {
        Set<String> targets =
                Dockerfile.read(Path.of("../image/Dockerfile")).stages().keySet();

        assertThat(PROGRAMS).allSatisfy(name -> {
            Map<String, Object> build = Yaml.map(service(name).get("build"));
            Path context = DIRECTORY.resolve((String) build.get("context"));
            assertThat(build.get("target"))
                    .isEqualTo(service(name).get("image"))
                    .isIn(targets);
            assertThat(context.resolve("lyceum.jar")).isRegularFile();
            assertThat(context.resolve((String) build.get("dockerfile"))).isRegularFile();
        });
    }

    @Test
    void givesNoPowersAndTimeToDrain() {
        assertThat(PROGRAMS).allSatisfy(name -> {
            assertThat(service(name).get("read_only")).isEqualTo(true);
            assertThat(service(name).get("cap_drop")).isEqualTo(List.of("ALL"));
            assertThat(service(name)).doesNotContainKeys("cap_add", "privileged", "user");
            assertThat(Yaml.texts(service(name).get("security_opt"))).contains("no-new-privileges:true");
            assertThat(Yaml.texts(service(name).get("volumes")))
                    .filteredOn(volume -> !volume.endsWith(":ro"))
                    .singleElement()
                    .asString()
                    .endsWith(":/var/lib/lyceum");
            String grace = (String) service(name).get("stop_grace_period");
            assertThat(Integer.parseInt(grace.replace("s", "")))
                    .isGreaterThan(rehearsal(name).seconds("LYCEUM_STOP_LIMIT"));
        });
        assertThat(Yaml.texts(service("lyceum").get("security_opt"))).containsExactly("no-new-privileges:true");
    }

    @Test
    void opensToTheWorldWhatClientsComeToAndNothingElse() {
        String http = Rehearsal.fallback("LYCEUM_HTTP_PORT");

        SERVICES.keySet().forEach(name -> {
            List<String> ports = Yaml.texts(service(name).get("ports"));
            if (name.equals("lyceum")) {
                assertThat(ports).containsExactly(http + ":" + http, "1935:1935");
            } else {
                assertThat(ports).as(name).allMatch(port -> port.startsWith("127.0.0.1:"));
            }
        });
    }

    @Test
    void namesAVersionOfEachForeignImage() {
        assertThat(SERVICES.keySet())
                .filteredOn(name -> !PROGRAMS.contains(name))
                .contains("postgres", "redis", "prometheus", "grafana", "adminer")
                .allSatisfy(
                        name -> assertThat((String) service(name).get("image")).matches(".+:v?\\d+\\.\\d+.*"));
    }

    @Test
    void asksForSecretsThatTheExampleNamesAndDoesNotHave() throws IOException {
        Map<String, String> example = example();
        Set<String> needed = new TreeSet<>();
        Matcher variable = VARIABLE.matcher(Files.readString(DIRECTORY.resolve("compose.yaml")));
        while (variable.find()) {
            if (variable.group(2).equals("?")) {
                needed.add(variable.group(1));
            }
        }

        assertThat(needed).hasSize(5).allSatisfy(key -> assertThat(example).containsEntry(key, ""));
    }

    /** Compose mounts files, and copies every other kind into the container, which it refuses where the root is read-only. */
    @Test
    void mountsSecretsAsFilesThatAreNoPartOfTheSource() throws IOException {
        List<String> ignored = Files.readAllLines(DIRECTORY.resolve(".gitignore"));
        Map<String, Object> secrets = Yaml.map(FILE.get("secrets"));

        assertThat(Yaml.texts(service("lyceum").get("secrets"))).containsExactly("admin-password");
        assertThat(secrets).containsOnlyKeys("admin-password");
        assertThat(Yaml.map(secrets.get("admin-password"))).containsExactly(Map.entry("file", "./admin-password"));
        assertThat(ignored).contains("admin-password", ".env");
        assertThat(Files.readString(Path.of("../README.md"))).contains("> admin-password");
        assertThat(rehearsal("lyceum").environment())
                .containsEntry("LYCEUM_ADMIN_PASSWORD_FILE", "/run/secrets/admin-password");
    }

    @Test
    void handsOnWhatTheOperatorIsToldToSet() throws IOException {
        String told = Files.readString(Path.of("../README.md")).split("\n## ")[2];
        Map<String, Object> environment = Yaml.map(service("lyceum").get("environment"));
        Map<String, String> example = example();
        Set<String> keys = new TreeSet<>();
        Matcher key = Pattern.compile("LYCEUM_[A-Z_]+").matcher(told);
        while (key.find()) {
            keys.add(key.group());
        }

        assertThat(told).startsWith("Compose\n");
        assertThat(keys)
                .contains("LYCEUM_TRUSTED_PROXIES", "LYCEUM_TLS_CERTIFICATE", "LYCEUM_TLS_KEY", "LYCEUM_COOKIE_SECURE")
                .allSatisfy(name -> {
                    assertThat((String) environment.get(name)).startsWith("${" + name + ":-");
                    assertThat(example).containsKey(name);
                });
        assertThat(Yaml.texts(service("lyceum").get("volumes"))).contains("./tls:/etc/lyceum/tls:ro");
    }

    @Test
    void mountsFilesThatThereAreAndVolumesThatAreDeclared() {
        SERVICES.keySet()
                .forEach(name -> assertThat(Yaml.texts(service(name).get("volumes")))
                        .as(name)
                        .allSatisfy(volume -> {
                            String source = volume.split(":")[0];
                            assertThat(
                                            source.startsWith(".")
                                                    ? Files.exists(DIRECTORY.resolve(source))
                                                    : Yaml.map(FILE.get("volumes"))
                                                            .containsKey(source))
                                    .as(volume)
                                    .isTrue();
                        }));
    }

    @Test
    void measuresEveryProgram() {
        Map<String, Object> prometheus = Yaml.document(DIRECTORY.resolve("prometheus.yaml"));
        Map<String, Object> job =
                Yaml.map(Yaml.list(prometheus.get("scrape_configs")).get(0));
        String port = Rehearsal.fallback("LYCEUM_MANAGEMENT_PORT");

        assertThat(Yaml.texts(
                        Yaml.map(Yaml.list(job.get("static_configs")).get(0)).get("targets")))
                .containsExactlyInAnyOrderElementsOf(
                        PROGRAMS.stream().map(name -> name + ":" + port).toList());
        assertThat(job).containsEntry("metrics_path", "/metrics");
    }

    /** @return what is set in {@code .env.example} */
    private static Map<String, String> example() throws IOException {
        Map<String, String> example = new HashMap<>();
        Files.readAllLines(DIRECTORY.resolve(".env.example")).stream()
                .filter(line -> line.contains("=") && !line.startsWith("#"))
                .forEach(line -> example.put(line.split("=", 2)[0], line.split("=", 2)[1]));
        return example;
    }

    private static Map<String, Object> service(String name) {
        return Yaml.map(SERVICES.get(name));
    }

    private static Rehearsal rehearsal(String name) {
        Map<String, String> environment = new HashMap<>();
        Yaml.map(service(name).get("environment"))
                .forEach((key, value) -> environment.put(key, substituted(String.valueOf(value))));
        return Rehearsal.of(environment, Yaml.texts(service(name).get("command")));
    }

    private static String substituted(String value) {
        return VARIABLE.matcher(value)
                .replaceAll(variable -> variable.group(2).equals("?") ? secret(variable.group(1)) : variable.group(3));
    }

    /** Each another one, for the program refuses the same one twice. */
    private static String secret(String key) {
        return "a-secret-of-the-tests-32-bytes-or-more-" + key.length();
    }
}
