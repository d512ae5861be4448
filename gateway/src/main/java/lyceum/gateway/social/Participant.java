package lyceum.gateway.social;

import java.util.List;
import java.util.Optional;
import lyceum.gateway.live.LiveSession;
import lyceum.gateway.live.TokenBucket;
import lyceum.social.Act;

/** A socket of a class, from its coming to its going. */
final class Participant {

    private final long number;
    private final LiveSession session;
    private final Optional<String> name;
    private final TokenBucket bucket;

    /**
     * @param number that this gateway has given it, never given again
     * @param name that it has, whatever it says; empty where it may call itself as it likes
     */
    Participant(long number, LiveSession session, Optional<String> name, TokenBucket bucket) {
        this.number = number;
        this.session = session;
        this.name = name;
        this.bucket = bucket;
    }

    long number() {
        return number;
    }

    LiveSession session() {
        return session;
    }

    /** @return the name that it has, whatever it says; empty where it may call itself as it likes */
    Optional<String> name() {
        return name;
    }

    /** @return what it does by what it says; empty where that is to be ignored */
    Optional<Act> act(ActReader reader, String event, List<Object> arguments) {
        return bucket.take() ? reader.read(number, event, arguments).map(this::under) : Optional.empty();
    }

    private Act under(Act act) {
        return name.map(fixed -> new Act(act.session(), act.kind(), fixed, act.text(), act.style()))
                .orElse(act);
    }
}
