package lyceum.social.internal;

import io.vertx.core.Future;
import java.util.List;
import lyceum.social.Act;
import lyceum.social.SocialService;
import lyceum.social.SocialService.Batch;
import lyceum.social.SocialService.ListTurns;
import lyceum.social.SocialService.Taken;
import lyceum.social.Turn;
import lyceum.social.Turn.Step;

/** Holds sockets of a class, as a gateway does. */
final class TestMember {

    final String name;

    private final SocialService service;
    private final String className;

    private long number;

    TestMember(SocialService service, String name, String className) {
        this.service = service;
        this.name = name;
        this.className = className;
    }

    Batch batch(Act... acts) {
        return batch(List.of(acts));
    }

    Batch batch(List<Act> acts) {
        return new Batch(className, name, ++number, acts);
    }

    Future<Taken> send(Act... acts) {
        return service.act(batch(acts));
    }

    /** @return the turn that came of it */
    Turn act(Act... acts) {
        return act(List.of(acts));
    }

    Turn act(List<Act> acts) {
        long turn = service.act(batch(acts)).await().turn();
        return service.listTurns(new ListTurns(className, turn - 1))
                .await()
                .turns()
                .get(0);
    }

    /** @return what came of one act */
    Step step(Act act) {
        return act(act).steps().get(0);
    }
}
