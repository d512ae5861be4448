package lyceum.gateway.judge0;

import static org.assertj.core.api.Assertions.assertThat;

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

class SubmissionFormTest {

    private static final Judge0Languages LANGUAGES = new Judge0Languages(SandboxExamples.LANGUAGES.languages());

    @Test
    void makesARunWithTheDefaultsOfJudge0() {
        Run run = run("{'source_code':'print(1)','language_id':71}");

        assertThat(run)
                .isEqualTo(new Run(
                        "token",
                        "ada",
                        Priority.BATCH,
                        new Program(
                                "python3",
                                List.of(new SourceFile("", Buffer.buffer("print(1)"))),
                                List.of(),
                                Map.of(),
                                Directory.OWN),
                        Buffer.buffer(),
                        Streams.APART,
                        new Limits(
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(6),
                                128_000 * 1_024,
                                60,
                                0,
                                768 * 1_024,
                                256 * 1_024,
                                1_024 * 1_024),
                        Limits.OF_LANGUAGE,
                        List.of(),
                        run.note()));
    }

    @Test
    void givesALanguageThatNeedsMoreWhatItHas() {
        Run run = run("{'source_code':'x','language_id':62}");

        assertThat(run.limits())
                .extracting(Limits::memoryBytes, Limits::processes)
                .containsExactly(0L, 0);
        assertThat(run.note()).contains("\"memory_limit\":524288", "\"max_processes_and_or_threads\":62");
        assertThat(run("{'source_code':'x','language_id':62,'memory_limit':64000,'max_processes_and_or_threads':9}")
                        .limits())
                .extracting(Limits::memoryBytes, Limits::processes)
                .containsExactly(64_000L * 1_024, 9);
    }

    @Test
    void takesWhatIsSent() {
        Run run = run("{'source_code':'x','language_id':'71','stdin':'in','command_line_arguments':'a \\'b c\\'',"
                + "'cpu_time_limit':'1.5','cpu_extra_time':0.25,'wall_time_limit':3,'memory_limit':2048.9,"
                + "'max_processes_and_or_threads':1,'max_file_size':4,'redirect_stderr_to_stdout':true,"
                + "'number_of_runs':null,'stack_limit':'','enable_network':false}");

        assertThat(run.stdin()).isEqualTo(Buffer.buffer("in"));
        assertThat(run.program().arguments()).containsExactly("a", "b c");
        assertThat(run.streams()).isEqualTo(Streams.JOINED);
        assertThat(run.limits())
                .isEqualTo(new Limits(
                        Duration.ofSeconds(3), Duration.ofMillis(1_750), 2_048 * 1_024, 1, 0, 3_072, 1_024, 4_096));
    }

    @Test
    void takesZeroForWhatTheLanguageHas() {
        Limits limits = run("{'source_code':'x','language_id':71,'cpu_time_limit':0,'max_file_size':0}")
                .limits();

        assertThat(limits.cpuTime()).isZero();
        assertThat(limits.outputStopBytes()).isZero();
    }

    @Test
    void decodesTextsInBase64() {
        JsonObject body =
                new JsonObject().put("source_code", "eP8=").put("stdin", "/g==").put("language_id", 71);

        Run run = new SubmissionForm(body, true, LANGUAGES).run("token", "ada", Priority.BATCH);

        assertThat(run.program().files().get(0).content().getBytes()).containsExactly('x', 0xFF);
        assertThat(run.stdin().getBytes()).containsExactly(0xFE);
    }

    @Test
    void putsFilesBesideTheProgramButNotInItsPlace() {
        Map<String, byte[]> files = Map.of("lib/a.py", new byte[] {'a'}, "main.py", new byte[] {'b'});
        JsonObject body = new JsonObject()
                .put("source_code", "x")
                .put("language_id", 71)
                .put("additional_files", ArchiveTest.base64(files));

        Run run = new SubmissionForm(body, false, LANGUAGES).run("token", "ada", Priority.BATCH);

        assertThat(run.program().files())
                .containsExactly(
                        new SourceFile("", Buffer.buffer("x")), new SourceFile("lib/a.py", Buffer.buffer("a")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | {'source_code':['can't be blank'],'language_id':['can't be blank','language with id  doesn't exist']}",
                "{'source_code':' ~','language_id':71} | {'source_code':['can't be blank']}",
                "{'source_code':['x'],'language_id':71} | {'source_code':['can't be blank']}",
                "{'source_code':'x','language_id':51} | {'language_id':['language with id 51 doesn't exist']}",
                "{'source_code':'x','language_id':4294967367} | {'language_id':['language with id 4294967367 doesn't exist']}",
                "{'source_code':'x','language_id':'x'} | {'language_id':['language with id 0 doesn't exist']}",
                "{'source_code':'x','language_id':73} | {'language_id':['language with id 73 is archived and cannot be used anymore']}",
                "{'source_code':'x','language_id':89} | {'language_id':['multi-file programs are not supported, send source_code and additional_files']}",
                "{'number_of_runs':0} | {'number_of_runs':['must be greater than 0']}",
                "{'number_of_runs':2} | {'number_of_runs':['must be less than or equal to 1']}",
                "{'cpu_time_limit':-0.1} | {'cpu_time_limit':['must be greater than or equal to 0']}",
                "{'cpu_time_limit':15.1} | {'cpu_time_limit':['must be less than or equal to 15']}",
                "{'cpu_time_limit':'soon'} | {'cpu_time_limit':['is not a number']}",
                "{'cpu_time_limit':true} | {'cpu_time_limit':['is not a number']}",
                "{'cpu_time_limit':1e400} | {'cpu_time_limit':['is not a number']}",
                "{'cpu_extra_time':5.5} | {'cpu_extra_time':['must be less than or equal to 5']}",
                "{'wall_time_limit':0.9} | {'wall_time_limit':['must be greater than or equal to 1']}",
                "{'wall_time_limit':100000} | {'wall_time_limit':['must be less than or equal to 20']}",
                "{'memory_limit':2047} | {'memory_limit':['must be greater than or equal to 2048']}",
                "{'memory_limit':512001} | {'memory_limit':['must be less than or equal to 512000']}",
                "{'stack_limit':128001} | {'stack_limit':['must be less than or equal to 128000']}",
                "{'max_processes_and_or_threads':0} | {'max_processes_and_or_threads':['must be greater than 0']}",
                "{'max_processes_and_or_threads':65} | {'max_processes_and_or_threads':['must be less than or equal to 64']}",
                "{'max_file_size':4097} | {'max_file_size':['must be less than or equal to 4096']}",
                "{'enable_per_process_and_thread_time_limit':true} | {'enable_per_process_and_thread_time_limit':['this option cannot be enabled']}",
                "{'enable_per_process_and_thread_memory_limit':'1'} | {'enable_per_process_and_thread_memory_limit':['this option cannot be enabled']}",
                "{'compiler_options':'-O2'} | {'compiler_options':['setting compiler options is not allowed']}",
                "{'enable_network':true} | {'enable_network':['enabling network is not allowed']}",
                "{'callback_url':'ftp://x/'} | {'callback_url':['is not an absolute http or https URL']}",
                "{'callback_url':'/x'} | {'callback_url':['is not an absolute http or https URL']}",
                "{'callback_url':'http://a b'} | {'callback_url':['is not an absolute http or https URL']}",
                "{'additional_files':'A'} | {'additional_files':['is not base64']}",
                "{'additional_files':'AAAA'} | {'additional_files':['is not a readable zip archive']}"
            })
    void saysWhatIsWrong(String body, String findings) {
        JsonObject json = json(body);
        if (!json.isEmpty() && !json.containsKey("source_code")) {
            json.put("source_code", "x").put("language_id", 71);
        }

        assertThat(new SubmissionForm(json, false, LANGUAGES).findings().encode())
                .isEqualTo(findings.replaceAll("'(?!t )", "\""));
    }

    @Test
    void refusesMoreThan512CharactersOfArguments() {
        JsonObject body = json("{'source_code':'x','language_id':71}");

        assertThat(findings(body.copy().put("command_line_arguments", "a".repeat(512))))
                .isEmpty();
        assertThat(findings(body.copy().put("command_line_arguments", "a".repeat(513))))
                .isEqualTo(json("{'command_line_arguments':['is too long (maximum is 512 characters)']}"));
    }

    @Test
    void refusesTextsThatAreNoBase64() {
        JsonObject body = json("{'source_code':'eA==','stdin':'A','expected_output':'A','language_id':71}");

        assertThat(new SubmissionForm(body, true, LANGUAGES).findings())
                .isEqualTo(json("{'stdin':['is not base64'],'expected_output':['is not base64']}"));
    }

    @Test
    void takesFalseAndNullForNothingAsked() {
        assertThat(findings(json("{'source_code':'x','language_id':71,'enable_network':'false','compiler_options':'',"
                        + "'callback_url':null,'additional_files':'','command_line_arguments':null,"
                        + "'enable_per_process_and_thread_time_limit':0}")))
                .isEmpty();
    }

    @Test
    void knowsWhereTheOutcomeIsToBeSent() {
        JsonObject body = json("{'callback_url':'https://example.org/hook?x=1'}");

        assertThat(new SubmissionForm(body, false, LANGUAGES).callbackUrl()).isEqualTo("https://example.org/hook?x=1");
        assertThat(new SubmissionForm(json("{}"), false, LANGUAGES).callbackUrl())
                .isEmpty();
    }

    @Test
    void readsFilesInBase64WhateverTheTextsAreIn() {
        JsonObject body = json("{'source_code':'x','language_id':71}")
                .put("additional_files", ArchiveTest.base64(Map.of("a", new byte[1])));

        assertThat(findings(body)).isEmpty();
    }

    private static JsonObject findings(JsonObject body) {
        return new SubmissionForm(body, false, LANGUAGES).findings();
    }

    private static Run run(String body) {
        return new SubmissionForm(json(body), false, LANGUAGES).run("token", "ada", Priority.BATCH);
    }

    private static JsonObject json(String text) {
        String escaped = text.replace("\\'", "\u0001").replace('\'', '"').replace('\u0001', '\'');
        return new JsonObject(escaped.replace("~", "\\n"));
    }
}
