package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lyceum.platform.TestDirectory;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Program;
import lyceum.sandbox.Program.Directory;
import lyceum.sandbox.Run;
import lyceum.sandbox.Run.Priority;
import lyceum.sandbox.Run.Streams;
import lyceum.sandbox.SourceFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * That the interpreter had started, and loaded what most programs need, before the program came, is seen neither by
 * programs of several files, which may have the names of modules, nor by those with variables that are read at the start.
 */
@TestInstance(Lifecycle.PER_CLASS)
class HeadStartTest {

    private TestSandbox sandbox;
    private Path directory;

    @BeforeAll
    void start() {
        sandbox = new TestSandbox(Map.of());
    }

    @AfterAll
    void stop() {
        sandbox.close();
    }

    @BeforeEach
    void clear() throws IOException {
        directory = Files.createTempDirectory("head-start");
    }

    static Stream<Arguments> programs() {
        String own = "print('own', __name__)";
        return Stream.of(
                of("import random; print(random.__file__)", Map.of("random.py", own)),
                of("import statistics; print(statistics.mean([1, 2]))", Map.of("random.py", own)),
                of("from collections import deque; print(deque)", Map.of("collections/__init__.py", "deque = 'own'")),
                of("import json; print(json.dumps([1]))", Map.of("json/data.txt", own)),
                of("import socket, ctypes", Map.of("socket.py", own, "ctypes.py", own)),
                of("import os, abc; print(os.sep)", Map.of("os.py", own, "abc.py", own)),
                of("import sys, math; print(math.pi)", Map.of("sys.py", own, "math.py", own)),
                of(
                        "import cell, signals, start, nursery",
                        Map.of("cell.py", own, "signals.py", own, "start.py", own, "nursery.py", own)),
                of("import helper", Map.of("helper.py", "import random; print(random.__name__)")),
                of("import sys; print(sys.argv, __file__, sys.path[0]); 1/0", Map.of()),
                of("import sys, random; print(sys.argv, __file__, sys.path[0]); 1/0", Map.of("random.py", own)),
                of("print(hash('a'))", Map.of(), "PYTHONHASHSEED", "0"),
                of("import helper", Map.of("own/helper.py", own), "PYTHONPATH", "own"),
                of("import sys; print(sys.flags.optimize, __debug__)", Map.of(), "PYTHONOPTIMIZE", "1"),
                of("import sys; print(sys.stdout.encoding)", Map.of(), "PYTHONIOENCODING", "latin-1"),
                of("import time; print(time.timezone, time.localtime(0).tm_hour)", Map.of(), "TZ", "XYZ5"),
                of("import locale; print(locale.setlocale(locale.LC_ALL, ''))", Map.of(), "LC_ALL", "C"),
                of("import os; print(os.environ['OWN'])", Map.of(), "OWN", "yes"));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void isNotSeen(String main, Map<String, String> files, Map<String, String> environment) throws Exception {
        write("main.py", main);
        for (Map.Entry<String, String> file : files.entrySet()) {
            write(file.getKey(), file.getValue());
        }
        ProcessBuilder bare =
                new ProcessBuilder(TestSandbox.python().executable().toString(), "-s", "-u", "main.py");
        bare.environment().put("LANG", "C.UTF-8");
        bare.environment().putAll(environment);
        Process process =
                bare.directory(directory.toFile()).redirectErrorStream(true).start();
        String written = read(process.getInputStream());

        Outcome outcome = sandbox.service().run(run(main, files, environment)).await();

        assertThat(outcome.stdout().bytes().toString()).isEqualTo(written.replace(directory.toString(), "/w"));
        assertThat(outcome.exitCode()).isEqualTo(process.waitFor());
        TestDirectory.delete(directory);
    }

    private static Arguments of(String main, Map<String, String> files, String... variable) {
        return Arguments.of(main, files, variable.length == 0 ? Map.of() : Map.of(variable[0], variable[1]));
    }

    private void write(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static String read(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static Run run(String main, Map<String, String> files, Map<String, String> environment) {
        List<SourceFile> sources = new ArrayList<>(List.of(new SourceFile("main.py", Buffer.buffer(main))));
        files.forEach((name, content) -> sources.add(new SourceFile(name, Buffer.buffer(content))));
        Program program = new Program("python3", sources, List.of(), environment, Directory.OWN);
        return new Run(
                "head-start",
                "",
                Priority.INTERACTIVE,
                program,
                Buffer.buffer(),
                Streams.JOINED,
                TestSandbox.LIMITS,
                TestSandbox.LIMITS,
                List.of());
    }
}
