package lyceum.gateway.grading;

import io.vertx.ext.web.RoutingContext;
import lyceum.account.Role;
import lyceum.gateway.access.Caller;
import lyceum.grading.AttemptService;
import lyceum.grading.HandInService;
import lyceum.grading.HomeworkService;
import lyceum.grading.RunnerService;
import lyceum.grading.Viewer;
import lyceum.platform.Bus;

/** What the routes of grading ask grading-service through. */
public record GradingAccess(
        HomeworkService homework, HandInService handIns, AttemptService attempts, RunnerService runners) {

    /** @return the services, asked over the bus */
    public static GradingAccess over(Bus bus) {
        return new GradingAccess(
                bus.proxy(HomeworkService.class),
                bus.proxy(HandInService.class),
                bus.proxy(AttemptService.class),
                bus.proxy(RunnerService.class));
    }

    /** @return who asks, and in which languages */
    static Viewer viewer(RoutingContext ctx) {
        Caller caller = Caller.of(ctx).orElseThrow();
        return new Viewer(caller.subject(), isStaff(caller), ctx.request().getHeader("Accept-Language"));
    }

    /** @return whether somebody may see what others hand in */
    static boolean isStaff(Caller caller) {
        return caller.roles().contains(Role.TEACHER) || caller.roles().contains(Role.ADMIN);
    }
}
