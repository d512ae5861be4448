package lyceum.gateway.piston;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import lyceum.gateway.sandbox.SandboxExamples;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Program;
import lyceum.sandbox.Program.Directory;
import lyceum.sandbox.Run;
import lyceum.sandbox.Run.Priority;
import lyceum.sandbox.Run.Streams;
import lyceum.sandbox.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobTest {

    private static final Runtimes RUNTIMES = new Runtimes(SandboxExamples.LANGUAGES.languages());

    private static final Limits OUTPUT_OF_JOBS =
            new Limits(Duration.ZERO, Duration.ZERO, 0, 0, 0, 192 * 1_024, 64 * 1_024, 256 * 1_024);

    @Test
    void makesARun() {
        Run run = job("{'language':'py','version':'3.x','files':[{'content':'print(1)'}]}")
                .run("id", "ada");

        assertThat(run)
                .isEqualTo(new Run(
                        "id",
                        "ada",
                        Priority.INTERACTIVE,
                        new Program(
                                "python3",
                                List.of(new SourceFile("", Buffer.buffer("print(1)"))),
                                List.of(),
                                Map.of("PISTON_LANGUAGE", "python"),
                                Directory.OWN),
                        Buffer.buffer("\n"),
                        Streams.APART,
                        OUTPUT_OF_JOBS,
                        Limits.OF_LANGUAGE,
                        List.of()));
    }

    @Test
    void takesWhatIsAskedFor() {
        Run run = job("{'language':'c','version':'12.2.0','files':[{'name':'a.c','content':''}],'stdin':'x',"
                        + "'args':['1','2 3',4],'compile_timeout':10000,'run_timeout':3000,'compile_cpu_time':9000.5,"
                        + "'run_cpu_time':2000,'compile_memory_limit':1000000,'run_memory_limit':-1}")
                .run("id", "ada");

        assertThat(run.stdin()).isEqualTo(Buffer.buffer("x\n"));
        assertThat(run.program().arguments()).containsExactly("1", "2 3", "4");
        assertThat(run.limits())
                .isEqualTo(new Limits(
                        Duration.ofMillis(3_000),
                        Duration.ofMillis(2_000),
                        0,
                        0,
                        0,
                        192 * 1_024,
                        64 * 1_024,
                        256 * 1_024));
        assertThat(run.compileLimits())
                .isEqualTo(new Limits(Duration.ofMillis(10_000), Duration.ofMillis(9_001), 1_000_000, 0, 0, 0, 0, 0));
    }

    @Test
    void letsAWatchedRunWriteWhatItsLanguageMay() {
        Run run = job("{'language':'python','version':'*','files':[{'content':''}],'stdin':'x','run_timeout':5}")
                .watched("id", "ada");

        assertThat(run.stdin()).isEqualTo(Buffer.buffer());
        assertThat(run.limits()).isEqualTo(new Limits(Duration.ofMillis(5), Duration.ZERO, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void putsTheFirstTextFileFirst() {
        Run run = job("{'language':'python','version':'*','files':[{'content':'aGk=','encoding':'base64'},"
                        + "{'name':'m','content':'1'},{'name':'h','content':'fF00','encoding':'hex'},"
                        + "{'content':'2','encoding':'utf16'}]}")
                .run("id", "ada");

        assertThat(run.program().files())
                .containsExactly(
                        new SourceFile("m", Buffer.buffer("1")),
                        new SourceFile("file0.code", Buffer.buffer("hi")),
                        new SourceFile("h", Buffer.buffer(new byte[] {(byte) 0xFF, 0})),
                        new SourceFile("file3.code", Buffer.buffer("2")));
    }

    /** An earlier file of the same name was overwritten before anything was run. */
    @Test
    void takesTheLastFileOfAName() {
        Run run =
                job("{'language':'c','version':'*','files':[{'name':'./main','content':'1'},{'name':'h','content':'2'},"
                                + "{'name':'a/../h','content':'3'},{'name':'main','content':'4'},{'content':'5'}]}")
                        .run("id", "ada");

        assertThat(run.program().files())
                .containsExactly(
                        new SourceFile("main.c", Buffer.buffer("4")),
                        new SourceFile("h", Buffer.buffer("3")),
                        new SourceFile("file4.code", Buffer.buffer("5")));
    }

    @ParameterizedTest
    @CsvSource({"./x,x", "/x,x", "a//./b/../x,a/x", "../x,../x", ".,.", "/,/"})
    void takesNamesAsPathsBelowItsDirectory(String name, String expected) {
        Run run = job("{'language':'python','version':'*','files':[{'name':'%s','content':''}]}".formatted(name))
                .run("id", "ada");

        assertThat(run.program().files().get(0).name()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"c,prog,prog.c", "c,prog.h,prog.h", "java,Main,Main.java", "c,'',''", "python,prog,prog"})
    void givesASourceOfACompilerItsExtension(String language, String name, String expected) {
        Run run = job("{'language':'%s','version':'*','files':[{'name':'%s','content':''}]}".formatted(language, name))
                .run("id", "ada");

        assertThat(run.program().files().get(0).name()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | language is required as a string",
                "{'language':1} | language is required as a string",
                "{'language':'python'} | version is required as a string",
                "{'language':'python','version':''} | version is required as a string",
                "{'language':'python','version':'*'} | files is required as an array",
                "{'language':'python','version':'*','files':{}} | files is required as an array",
                "{'language':'python','version':'*','files':[{'content':''},{}]} | files[1].content is required as a string",
                "{'language':'python','version':'*','files':['x']} | files[0].content is required as a string",
                "{'language':'cobol','version':'*','files':[]} | cobol-* runtime is unknown",
                "{'language':'python','version':'3.10.0','files':[]} | python-3.10.0 runtime is unknown",
                "{'language':'rust','version':'*','files':[]} | rust-* runtime is unknown",
                "{'language':'python','version':'*','files':[]} | files must include at least one utf8 encoded file",
                "{'language':'python','version':'*','files':[{'content':'','encoding':'hex'}]} | files must include at least one utf8 encoded file",
                "{'language':'python','version':'*','files':[{'content':'z','encoding':'hex'}]} | files[0].content is not hex",
                "{'language':'python','version':'*','files':[{'content':'z','encoding':'base64'}]} | files[0].content is not base64",
                "{'run_timeout':'1'} | If specified, run_timeout must be a number",
                "{'run_timeout':true} | If specified, run_timeout must be a number",
                "{'run_timeout':15001} | run_timeout cannot exceed the configured limit of 15000",
                "{'run_timeout':-1} | run_timeout must be non-negative",
                "{'run_cpu_time':3001} | run_cpu_time cannot exceed the configured limit of 3000",
                "{'compile_timeout':10001} | compile_timeout cannot exceed the configured limit of 10000",
                "{'compile_cpu_time':1e300} | compile_cpu_time cannot exceed the configured limit of 10000",
                "{'run_memory_limit':[]} | If specified, run_memory_limit must be a number",
                "{'args':'x'} | If specified, args must be an array of strings",
                "{'args':[[]]} | If specified, args must be an array of strings",
                "{'args':[null]} | If specified, args must be an array of strings",
                "{'stdin':1} | If specified, stdin must be a string"
            })
    void saysWhatIsWrong(String body, String message) {
        JsonObject json = json(body);
        boolean isShort = !json.isEmpty() && !json.containsKey("language");
        JsonObject whole = isShort
                ? json("{'language':'python','version':'*','files':[{'content':''}]}")
                        .mergeIn(json)
                : json;

        assertThatThrownBy(() -> Job.read(whole, RUNTIMES))
                .isInstanceOf(JobRefused.class)
                .hasMessage(message);
    }

    @Test
    void takesNothingForNothing() {
        Run run = job("{'language':'python','version':'*','files':[{'content':''}],'stdin':null,'args':null,"
                        + "'run_timeout':null,'run_cpu_time':0,'run_memory_limit':''}")
                .run("id", "ada");

        assertThat(run.limits()).isEqualTo(OUTPUT_OF_JOBS);
    }

    @Test
    void listsRuntimesAsPistonCallsThem() {
        assertThat(RUNTIMES.json().encode())
                .isEqualTo("[{\"language\":\"c\",\"version\":\"12.2.0\",\"aliases\":[\"gcc\"],\"runtime\":\"gcc\"},"
                        + "{\"language\":\"java\",\"version\":\"17.0.12\",\"aliases\":[]},"
                        + "{\"language\":\"javascript\",\"version\":\"18.19.0\",\"aliases\":[\"node-javascript\","
                        + "\"node-js\",\"javascript\",\"js\",\"node\"],\"runtime\":\"node\"},"
                        + "{\"language\":\"python\",\"version\":\"3.11.2\",\"aliases\":[\"py\",\"py3\",\"python3\","
                        + "\"python\"]}]");
        assertThat(RUNTIMES.packages().encode())
                .isEqualTo("[{\"language\":\"gcc\",\"language_version\":\"12.2.0\",\"installed\":true},"
                        + "{\"language\":\"java\",\"language_version\":\"17.0.12\",\"installed\":true},"
                        + "{\"language\":\"node\",\"language_version\":\"18.19.0\",\"installed\":true},"
                        + "{\"language\":\"python\",\"language_version\":\"3.11.2\",\"installed\":true}]");
    }

    private static Job job(String text) {
        return Job.read(json(text), RUNTIMES);
    }

    private static JsonObject json(String text) {
        return new JsonObject(text.replace('\'', '"'));
    }
}
