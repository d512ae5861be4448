package lyceum.social.internal;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import lyceum.social.Act;
import lyceum.social.SocialService.Batch;

/** Something to be done in a class. */
sealed interface Work {

    /** Its hour may be over, which is looked at before each work. */
    record Roll() implements Work {}

    /** What sockets of a member did. */
    record Acting(Batch batch) implements Work {}

    /** All sockets of a member are gone. */
    record Departure(String member) implements Work {}

    /** @return whether the class comes into being by it */
    default boolean isEntrance() {
        return this instanceof Acting;
    }

    /** @return how many acts it is, at least */
    default int size() {
        return this instanceof Acting acting ? acting.batch().acts().size() : 1;
    }

    /** @return of whose batches it must be known how far they are */
    default Stream<String> members() {
        return this instanceof Acting acting ? Stream.of(acting.batch().member()) : Stream.empty();
    }

    /** @return those that act */
    default Stream<Session.Key> sessions() {
        return this instanceof Acting acting
                ? acting.batch().acts().stream()
                        .map(Act::session)
                        .map(number -> new Session.Key(acting.batch().member(), number))
                : Stream.empty();
    }

    /** @return all of whose sessions leave */
    default Stream<String> leaving() {
        return this instanceof Departure departure ? Stream.of(departure.member()) : Stream.empty();
    }

    /** @return what all of them need, each once */
    static <T> Set<T> distinct(List<Work> works, Function<Work, Stream<T>> needs) {
        Set<T> all = new LinkedHashSet<>();
        works.forEach(work -> needs.apply(work).forEach(all::add));
        return all;
    }
}
