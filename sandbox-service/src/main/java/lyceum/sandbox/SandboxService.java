package lyceum.sandbox;

import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import lyceum.platform.Topic;

/** Runs code that nobody trusts, inside limits that the kernel enforces. */
public interface SandboxService {

    /** Published by a caller who no longer wants a run: whoever holds it kills it at once. */
    Topic<Cancellation> CANCEL = new Topic<>("lyceum.sandbox.cancel");

    /** A submitted run has ended; its outcome can be fetched. */
    Topic<Ended> ENDED = new Topic<>("lyceum.sandbox.ended");

    /**
     * Runs one program to its end, in a sandbox that nobody has used before and nobody uses after it. The answer may
     * take as long as the queue plus the wall times; who gives up earlier publishes {@link #CANCEL}.
     *
     * @return how it ended and what it wrote; or BUSY where the queue, or the caller's share of it, is full; UNAVAILABLE
     *     where this machine cannot isolate (code is never run unprotected) or lost the sandbox; CONFLICT where a run of
     *     that id is not yet over; NOT_FOUND where the language is not usable here; INVALID where a limit is negative or
     *     above the configured ceiling, or a file name leaves the directory
     */
    Future<Outcome> run(Run order);

    /** @return whether runs are possible here and which walls they have */
    Future<Isolation> inspect(Inspect question);

    /** @return every language that is known, usable ones with their versions; the first answer may take seconds */
    Future<LanguageList> languages(ListLanguages question);

    /**
     * Takes runs to be done when there is time. They are stored before this answers, all or none, and are run once each,
     * also if this process dies; their ids are their tokens.
     *
     * @return the same tokens in the same order; or what {@link #run} says of an order that it would refuse, UNAVAILABLE
     *     where there is no store
     */
    Future<Accepted> submit(Submit order);

    /** @return those of the asked-for submissions that exist and belong to the caller, in the order of the question */
    Future<SubmissionList> findSubmissions(FindSubmissions question);

    /** @return done when it is cancelled and forgotten; or NOT_FOUND */
    Future<Done> removeSubmission(RemoveSubmission order);

    /**
     * Begins a run that somebody watches and talks to, through a {@link SandboxSession}. Where it asks for no wall time it
     * has as much as a run may ask for: it waits for people.
     *
     * @return where it is held; or what {@link #run} would refuse
     */
    Future<OpenedSession> openSession(OpenSession order);

    /** @param id the run that is not wanted any more */
    record Cancellation(String id) {}

    /** @param token of the submission */
    record Ended(String token, Verdict verdict) {}

    /** Asks for the state of isolation. */
    record Inspect() {}

    /**
     * @param possible whether code can be run
     * @param text the walls that stand, or why code cannot be run
     */
    record Isolation(boolean possible, String text) {}

    /** Asks for the languages. */
    record ListLanguages() {}

    /** @param languages sorted by name */
    record LanguageList(List<Language> languages) {}

    /** @param orders 1 or more, of one caller */
    record Submit(List<Order> orders) {

        /** An older version says it in another way, which is not understood any more. */
        public Submit {
            Objects.requireNonNull(orders, "orders");
        }

        /** @return an order for each run, with the same webhook */
        public static Submit of(List<Run> runs, String webhook) {
            return new Submit(runs.stream().map(run -> new Order(run, webhook)).toList());
        }
    }

    /**
     * A run that is to be stored.
     *
     * @param run with an id that nobody can guess
     * @param webhook an absolute http or https URL that gets the outcome, or empty
     */
    record Order(Run run, String webhook) {}

    /** @param tokens ids of the runs */
    record Accepted(List<String> tokens) {}

    /** @param caller who submitted them: nobody else finds them */
    record FindSubmissions(String caller, List<String> tokens) {}

    /** What was found. */
    record SubmissionList(List<Submission> submissions) {}

    /** @param caller who submitted it */
    record RemoveSubmission(String caller, String token) {}

    /** It is done. */
    record Done() {}

    /** @param terminal the window of the terminal that the program gets, or null for plain pipes */
    record OpenSession(Run run, Window terminal) {}

    /** Size of a terminal. */
    record Window(int rows, int columns) {}

    /**
     * @param id names it in every question of {@link SandboxSession}
     * @param instance where it is served
     */
    record OpenedSession(String id, String instance) {}
}
