package lyceum.gateway.sandbox;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lyceum.gateway.piston.Job;
import lyceum.gateway.piston.JobRefused;
import lyceum.gateway.piston.Runtimes;
import lyceum.gateway.route.Refusal;
import lyceum.platform.Bus;
import lyceum.platform.Failure;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Run;
import lyceum.sandbox.SandboxService;
import lyceum.sandbox.SandboxService.Cancellation;
import lyceum.sandbox.SandboxService.ListLanguages;
import lyceum.sandbox.SandboxService.OpenSession;
import lyceum.sandbox.SandboxSession;

/** What clients of Piston want of the sandbox: jobs that are run while they wait. */
public final class PistonSandbox {

    private static final Pattern MEMORY =
            Pattern.compile("(limits|compileLimits)\\.memoryBytes is \\d+, not within 0\\.\\.(\\d+)");

    private final Bus bus;
    private final SandboxService sandbox;

    /** @param runTimeout how long a run may take, waiting for its turn included */
    public PistonSandbox(Bus bus, Duration runTimeout) {
        this.bus = bus;
        this.sandbox = bus.proxy(SandboxService.class, runTimeout);
    }

    Future<Runtimes> runtimes() {
        return sandbox.languages(new ListLanguages()).map(list -> new Runtimes(list.languages()));
    }

    /** @return the job that somebody wants, or 400 */
    Future<Job> job(JsonObject wanted) {
        return runtimes().map(runtimes -> {
            try {
                return Job.read(wanted, runtimes);
            } catch (JobRefused e) {
                throw new Refusal(400, e.getMessage());
            }
        });
    }

    Future<Outcome> run(Run run) {
        return sandbox.run(run).recover(PistonSandbox::asRefusal);
    }

    /** @return the program, whose outputs are pipes; its holder answers a reader within half the lease */
    Future<PistonSession> watch(Run run) {
        return sandbox.openSession(new OpenSession(run, null))
                .map(opened -> new PistonSession(
                        opened.id(), bus.proxy(SandboxSession.class, SandboxSession.LEASE, opened.instance())))
                .recover(PistonSandbox::asRefusal);
    }

    /** Only the sandbox knows its ceiling of memory; it speaks of it in words of its own. */
    private static <T> Future<T> asRefusal(Throwable error) {
        Matcher memory = MEMORY.matcher(String.valueOf(error.getMessage()));
        if (!(error instanceof Failure) || !memory.matches()) {
            return Future.failedFuture(error);
        }
        String stage = memory.group(1).equals("limits") ? "run" : "compile";
        return Future.failedFuture(new Refusal(
                400, "%s_memory_limit cannot exceed the configured limit of %s".formatted(stage, memory.group(2))));
    }

    /** Kills a run that nobody waits for any more. */
    void cancel(String runId) {
        bus.publish(SandboxService.CANCEL, new Cancellation(runId));
    }
}
