package lyceum.launcher.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the program consists of, and what is known to be wrong with it. */
class AdvisoriesTest {

    private static final Path ADVISORIES = Path.of("../advisories");
    private static final Path BILL = Path.of("target/bom.json");

    /** A version begins with a digit, a part of a name does not. */
    private static final Pattern LIBRARY = Pattern.compile("(?<name>.+?)-(?<version>\\d.*)");

    /** One library. */
    private record Part(String name, String version) {}

    @Test
    void standInTheBillOfMaterials() throws IOException {
        assumeTrue(Files.exists(BILL), "a build without network makes no bill of materials");
        Set<String> listed = new TreeSet<>();
        for (JsonNode component : new ObjectMapper().readTree(BILL.toFile()).path("components")) {
            listed.add(component.path("name").asText()
                    + '-'
                    + component.path("version").asText());
        }

        assertThat(libraries())
                .isNotEmpty()
                .allSatisfy(library -> assertThat(listed)
                        .as(library)
                        .anyMatch(part -> library.equals(part) || library.startsWith(part + "-")));
    }

    @Test
    void shipsNothingThatIsKnownToBeBrokenAndNotAccepted() throws IOException {
        Set<String> accepted = new TreeSet<>();
        for (String line : Files.readAllLines(ADVISORIES.resolve("accepted.txt"))) {
            if (!line.startsWith("#")) {
                assertThat(line).as("an id and a reason").matches("\\S+ \\S.{10,}");
                accepted.add(line.split(" ", 2)[0]);
            }
        }
        List<String> found = new ArrayList<>();
        Set<String> holding = new TreeSet<>();
        for (Advisory advisory : Advisory.all(ADVISORIES.resolve("osv"))) {
            for (Part part : parts()) {
                if (advisory.affects(part.name(), part.version())) {
                    holding.add(advisory.id());
                    found.add("%s: %s %s".formatted(advisory.names(), part.name(), part.version()));
                }
            }
        }
        found.removeIf(
                line -> accepted.stream().anyMatch(id -> line.startsWith(id + ":") || line.startsWith(id + ",")));

        assertThat(found).isEmpty();
        assertThat(holding).as("accepted and holds no more").containsAll(accepted);
    }

    @Test
    void readsAdvisoriesOfWhatIsShipped() throws IOException {
        Set<String> shipped = parts().stream().map(Part::name).collect(Collectors.toSet());

        assertThat(Advisory.all(ADVISORIES.resolve("osv")))
                .hasSizeGreaterThan(10)
                .allSatisfy(advisory -> {
                    assertThat(advisory.id()).matches("[A-Z]+-\\S+");
                    assertThat(shipped)
                            .anyMatch(artifact -> advisory.record().toString().contains(':' + artifact + '"'));
                });
    }

    @ParameterizedTest
    @CsvSource({
        "4.1.99.Final, true",
        "4.1.100.Final, false",
        "4.1.101.Final, false",
        "4.2.0.Final, true",
        "4.2.0.RC1, false",
        "4.2.14.Final, true",
        "4.2.15.Final, false",
        "4.3.0.Final, false",
        "5.0.0, true",
        "5.0.1, true",
        "5.0.2, false",
        "6, true"
    })
    void comparesVersionsAsMavenDoes(String version, boolean isAffected) {
        Advisory advisory = Advisory.of("""
                {"id": "X-1", "affected": [
                  {"package": {"ecosystem": "Maven", "name": "a:b"}, "ranges": [
                    {"events": [{"introduced": "0"}, {"fixed": "4.1.100.Final"}]},
                    {"events": [{"introduced": "4.2.0.Final"}, {"fixed": "4.2.15.Final"}]},
                    {"events": [{"introduced": "5.0.0"}, {"last_affected": "5.0.1"}]}]},
                  {"package": {"ecosystem": "Maven", "name": "a:b"}, "versions": ["6"]},
                  {"package": {"ecosystem": "npm", "name": "a:b"}, "versions": ["4.3.0.Final"]}]}""");

        assertThat(advisory.affects("b", version)).isEqualTo(isAffected);
        assertThat(advisory.affects("c", version)).isFalse();
    }

    @Test
    void areFetchedForExactlyWhatIsShipped(@TempDir Path directory) throws Exception {
        Path bill = Files.writeString(directory.resolve("bom.json"), """
                {"components": [{"group": "lyceum", "name": "gateway", "version": "1"},
                                {"group": "a", "name": "b", "version": "1"}]}""");
        Path osv = Files.createDirectories(directory.resolve("osv"));
        Files.writeString(osv.resolve("OLD-1.json"), "{}");
        List<String> questions = new ArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/query", exchange -> {
            String question = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            questions.add(question);
            answer(
                    exchange,
                    question.contains("page_token")
                            ? "{\"vulns\": [{\"id\": \"X-2\"}]}"
                            : "{\"vulns\": [{\"id\": \"X-1\"}], \"next_page_token\": \"more\"}");
        });
        server.createContext("/v1/vulns/X-1", exchange -> answer(exchange, """
                {"schema_version": "1.4.0", "id": "X-1", "aliases": ["CVE-1"], "details": "long", "affected": [
                  {"package": {"ecosystem": "Maven", "name": "a:b"},
                   "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2"}]}]},
                  {"package": {"ecosystem": "Maven", "name": "a:other"}, "ranges": []}]}"""));
        server.createContext("/v1/vulns/X-2", exchange -> answer(exchange, """
                {"id": "X-2", "withdrawn": "2026-01-01T00:00:00Z", "affected": [
                  {"package": {"ecosystem": "Maven", "name": "a:b"}, "versions": ["1"]}]}"""));
        server.start();
        try {
            assertThat(refresh(
                            bill, osv, "http://127.0.0.1:" + server.getAddress().getPort()))
                    .isZero();
            assertThat(questions).hasSize(2).allMatch(question -> question.contains("\"a:b\""));
            List<Advisory> fetched = Advisory.all(osv);
            assertThat(fetched).extracting(Advisory::id).containsExactly("X-1", "X-2");
            assertThat(fetched.get(0).affects("b", "1")).isTrue();
            assertThat(fetched.get(0).record().toString()).doesNotContain("long", "a:other");
            assertThat(fetched.get(1).affects("b", "1")).isFalse();
        } finally {
            server.stop(0);
        }
        assertThat(refresh(bill, osv, "http://127.0.0.1:" + server.getAddress().getPort()))
                .as("nobody there: the old ones stay")
                .isNotZero();
        assertThat(Advisory.all(osv)).hasSize(2);
    }

    private static int refresh(Path bill, Path osv, String server) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        "target/lib/*",
                        ADVISORIES.resolve("Refresh.java").toString(),
                        bill.toString(),
                        osv.toString(),
                        server)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static Set<String> libraries() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target/lib"))) {
            return files.map(file -> file.getFileName().toString().replaceFirst("\\.jar$", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** @return what is shipped, by the names of the files: a bill of materials is not made by a build without network */
    private static List<Part> parts() throws IOException {
        List<Part> parts = new ArrayList<>();
        for (String library : libraries()) {
            Matcher matcher = LIBRARY.matcher(library);
            assertThat(matcher.matches()).as(library).isTrue();
            parts.add(new Part(matcher.group("name"), matcher.group("version")));
        }
        return parts;
    }
}
