package lyceum.gateway.access;

import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lyceum.account.Role;
import lyceum.gateway.route.Operation;
import lyceum.platform.Audit;

/**
 * Writes down administrative acts once they have been answered, whatever the answer is; and whoever wanted what his roles
 * do not allow. Which acts these are is a table, as what they need is one ({@link AccessTable}).
 */
public final class AuditTrail {

    /** Whoever does them. */
    private static final Set<Operation> ACTS = Set.of(
            Operation.put("/accounts/{name}"),
            Operation.delete("/accounts/{name}"),
            Operation.put("/accounts/{name}/password"),
            Operation.delete("/elicast/{id}"),
            Operation.put("/elicast/{id}/protection"),
            Operation.delete("/elicast/{id}/protection"),
            Operation.delete("/streams/{id}"),
            Operation.delete("/recordings/cache"),
            Operation.delete("/recordings/{id}"),
            Operation.put("/recordings/{id}/rename/{newId}"),
            Operation.put("/recordings/{id}/hide"),
            Operation.put("/recordings/{id}/unhide"),
            Operation.put("/grading/homework/{homework}"),
            Operation.delete("/grading/homework/{homework}"),
            Operation.put("/grading/homework/{homework}/access"),
            Operation.post("/grading/homework-reloads"),
            Operation.delete("/grading/hand-ins"),
            Operation.post("/grading/hand-ins/{id}/reruns"),
            Operation.delete("/live/{name}"),
            Operation.put("/live/{name}/recording"),
            Operation.delete("/live/{name}/recording"));

    /** What everybody does to his own, and is an act where staff does it. */
    private static final Set<Operation> ACTS_OF_STAFF = Set.of(
            Operation.post("/grading/hand-ins/{id}/cancellations"),
            Operation.delete("/media/jobs/{id}"),
            Operation.delete("/sandbox/runs/{id}"),
            Operation.delete("/judge0/submissions/{token}"));

    private static final Set<Role> STAFF = Set.of(Role.TEACHER, Role.ADMIN);

    /** Parameters that say what an act is done to; no other is told, for one of them may be a token. */
    private static final Set<String> TELLING = Set.of("homework");

    private final TrustedProxies proxies;

    /** @param proxies who are believed about where requests come from */
    public AuditTrail(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    /** @return the operations that are written down, if only those of staff */
    static Set<Operation> acts() {
        return Stream.concat(ACTS.stream(), ACTS_OF_STAFF.stream()).collect(Collectors.toSet());
    }

    /** @return whether an operation that needs that much can leave a trace */
    static boolean concerns(Operation operation, Need need) {
        return ACTS.contains(operation)
                || ACTS_OF_STAFF.contains(operation)
                || !need.roles().isEmpty();
    }

    /** Waits for the answer. */
    void follow(RoutingContext ctx, Operation operation) {
        ctx.addEndHandler(ended -> conclude(ctx, operation));
    }

    private void conclude(RoutingContext ctx, Operation operation) {
        int status = ctx.response().getStatusCode();
        Optional<Caller> caller = Caller.of(ctx);
        boolean isAct = ACTS.contains(operation)
                || ACTS_OF_STAFF.contains(operation)
                        && caller.filter(AuditTrail::isStaff).isPresent();
        if (isAct || status == 403) {
            Audit.note(
                    caller.map(Caller::subject).orElse(Audit.NOBODY),
                    operation.method() + " " + operation.path(),
                    object(ctx),
                    proxies.clientOf(ctx.request()),
                    Integer.toString(status));
        }
    }

    private static boolean isStaff(Caller caller) {
        return caller.roles().stream().anyMatch(STAFF::contains);
    }

    private static String object(RoutingContext ctx) {
        String telling = ctx.queryParams().entries().stream()
                .filter(parameter -> TELLING.contains(parameter.getKey()))
                .map(parameter -> parameter.getKey() + '=' + parameter.getValue())
                .collect(Collectors.joining("&"));
        return telling.isEmpty() ? ctx.normalizedPath() : ctx.normalizedPath() + '?' + telling;
    }
}
