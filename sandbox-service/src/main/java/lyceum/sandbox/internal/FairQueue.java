package lyceum.sandbox.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lyceum.sandbox.Run;
import lyceum.sandbox.Run.Priority;

/**
 * Says what may begin and what must wait. INTERACTIVE goes before BATCH, and BATCH leaves the last free slot to it; but
 * when so many have been let past a BATCH as {@link Precedence} allows, it is next, whichever slot that takes. Within a
 * priority the caller goes first who has the fewest running, then who has waited longest. What belongs to nobody has no
 * share: it counts as if nothing else of it were running. A network may be a whole class, so all that is free may wait for
 * it; where nothing is, the last one of the network with the most waiting gives way to whoever has fewer.
 */
final class FairQueue<T extends FairQueue.Ticket> {

    /** What waits or runs; compared by identity. */
    interface Ticket {

        Priority priority();

        /** @return whose it is, empty for nobody in particular */
        String caller();
    }

    private final int concurrency;
    private final int length;
    private final int lengthOfCaller;
    private final Precedence precedence = new Precedence();
    private final Map<Priority, Set<T>> waiting = new EnumMap<>(Priority.class);
    private final Map<String, Integer> runningOf = new HashMap<>();
    private int running;

    /**
     * @param concurrency how many may run at once
     * @param length how many may wait
     * @param lengthOfCaller how many of one caller may wait
     */
    FairQueue(int concurrency, int length, int lengthOfCaller) {
        this.concurrency = concurrency;
        this.length = length;
        this.lengthOfCaller = lengthOfCaller;
        for (Priority priority : Priority.values()) {
            waiting.put(priority, new LinkedHashSet<>());
        }
    }

    /** @return why a ticket must not be added, empty where it may begin or wait */
    Optional<String> refusal(T ticket) {
        if (hasSlotFor(ticket.priority())) {
            return Optional.empty();
        }
        if (size() >= length && givesWayTo(ticket).isEmpty()) {
            return Optional.of("too many runs are waiting already");
        }
        return ticket.caller().isEmpty()
                        || Run.mayBeMany(ticket.caller())
                        || waitingOf(ticket.caller()) < lengthOfCaller
                ? Optional.empty()
                : Optional.of("too many runs of this caller are waiting already");
    }

    /** @return what must be sent away before a ticket may wait; empty where there is room, or nothing gives way to it */
    Optional<T> givesWayTo(T ticket) {
        if (hasSlotFor(ticket.priority()) || size() < length) {
            return Optional.empty();
        }
        List<T> ofMany =
                all().stream().filter(other -> Run.mayBeMany(other.caller())).toList();
        Map<String, Long> waitingOf =
                ofMany.stream().collect(Collectors.groupingBy(Ticket::caller, Collectors.counting()));
        long fair = waitingOf(ticket.caller()) + 1;
        return waitingOf.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .filter(busiest -> busiest.getValue() > fair)
                .flatMap(busiest -> ofMany.stream()
                        .filter(other -> other.caller().equals(busiest.getKey()))
                        .reduce((earlier, later) -> later));
    }

    /** Lets a ticket wait, also one that was to be refused. */
    void add(T ticket) {
        waiting.get(ticket.priority()).add(ticket);
    }

    /** @return what begins now and has its slot, empty where nothing may; asked until it is empty */
    Optional<T> next() {
        Optional<T> next = nextPriority()
                .flatMap(priority -> waiting.get(priority).stream()
                        .min(Comparator.comparingInt(ticket -> running(ticket.caller()))));
        next.ifPresent(this::begin);
        return next;
    }

    /** Gives back the slot of what began. */
    void end(T ticket) {
        running--;
        runningOf.computeIfPresent(ticket.caller(), (caller, count) -> count == 1 ? null : count - 1);
    }

    /** @return whether it waited, which it does no longer */
    boolean remove(T ticket) {
        return waiting.get(ticket.priority()).remove(ticket);
    }

    int running() {
        return running;
    }

    int waiting(Priority priority) {
        return waiting.get(priority).size();
    }

    private void begin(T ticket) {
        remove(ticket);
        running++;
        if (!ticket.caller().isEmpty()) {
            runningOf.merge(ticket.caller(), 1, Integer::sum);
        }
        precedence.began(ticket.priority(), waiting(Priority.BATCH) > 0);
    }

    private Optional<Priority> nextPriority() {
        boolean isSlotFree = running < concurrency;
        return precedence.order().stream()
                .filter(priority -> waiting(priority) > 0)
                .findFirst()
                .filter(priority -> precedence.isBatchDue() ? isSlotFree : hasSlotFor(priority));
    }

    private boolean hasSlotFor(Priority priority) {
        int kept = priority == Priority.BATCH && concurrency > 1 ? 1 : 0;
        return running + kept < concurrency;
    }

    private int running(String caller) {
        return runningOf.getOrDefault(caller, 0);
    }

    private long waitingOf(String caller) {
        return all().stream().filter(other -> other.caller().equals(caller)).count();
    }

    private int size() {
        return waiting.values().stream().mapToInt(Set::size).sum();
    }

    private List<T> all() {
        List<T> all = new ArrayList<>();
        waiting.values().forEach(all::addAll);
        return all;
    }
}
