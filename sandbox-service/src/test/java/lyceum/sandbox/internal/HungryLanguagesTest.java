package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import lyceum.sandbox.Language;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.SandboxService.ListLanguages;
import lyceum.sandbox.SourceFile;
import lyceum.sandbox.Verdict;
import lyceum.sandbox.internal.SandboxConfig.Metering;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every shipped language whose tools are on this machine ends at its limit of memory, whoever counts. */
@ParameterizedClass
@EnumSource(
        value = Metering.class,
        names = {"AUTO", "WATCHDOG"})
@TestInstance(Lifecycle.PER_CLASS)
class HungryLanguagesTest {

    @Parameter
    Metering metering;

    private TestSandbox sandbox;
    private Set<String> usable;

    @BeforeParameterizedClassInvocation
    void start() {
        sandbox = new TestSandbox(
                Map.of("LYCEUM_SANDBOX_METERING", metering.name().toLowerCase(Locale.ROOT)));
        usable = sandbox.service().languages(new ListLanguages()).await().languages().stream()
                .filter(Language::usable)
                .map(Language::name)
                .collect(Collectors.toSet());
    }

    @AfterParameterizedClassInvocation
    void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @MethodSource("lyceum.sandbox.internal.Tongue#all")
    void endAtTheirLimitOfMemory(Tongue tongue) {
        assumeTrue(usable.contains(tongue.name()), () -> "no tools of " + tongue.name());
        Limits small = new Limits(Duration.ofSeconds(60), Duration.ofSeconds(60), 128 << 20, 0, 0, 0, 0, 0);

        Outcome outcome = tongue.run(sandbox, "", small, new SourceFile("", Buffer.buffer(tongue.hungry())));

        if (tongue.name().equals("java")) {
            assertThat(outcome.stderr().bytes().toString()).contains("OutOfMemoryError");
            assertThat(outcome.verdict()).isEqualTo(Verdict.RUNTIME_ERROR);
        } else {
            assertThat(outcome.verdict()).isEqualTo(Verdict.MEMORY_LIMIT);
        }
    }
}
