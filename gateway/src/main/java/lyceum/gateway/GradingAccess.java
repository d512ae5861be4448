package lyceum.gateway;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import lyceum.account.Role;
import lyceum.grading.HandInService;
import lyceum.grading.HomeworkService;
import lyceum.grading.RunnerService;
import lyceum.grading.Viewer;
import lyceum.platform.Bus;

/** What the routes of grading ask grading-service through. */
record GradingAccess(HomeworkService homework, HandInService handIns, RunnerService runners) {

    static GradingAccess over(Bus bus) {
        return new GradingAccess(
                bus.proxy(HomeworkService.class), bus.proxy(HandInService.class), bus.proxy(RunnerService.class));
    }

    /** @return who asks, and in which languages */
    static Viewer viewer(RoutingContext ctx) {
        Caller caller = Caller.of(ctx).orElseThrow();
        return new Viewer(caller.subject(), isStaff(caller), languages(ctx));
    }

    /** @return whether somebody may see what others hand in */
    static boolean isStaff(Caller caller) {
        return caller.roles().contains(Role.TEACHER) || caller.roles().contains(Role.ADMIN);
    }

    private static List<String> languages(RoutingContext ctx) {
        return ctx.parsedHeaders().acceptLanguage().stream()
                .filter(language -> language.weight() > 0)
                .map(language -> language.value())
                .toList();
    }
}
