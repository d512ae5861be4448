package lyceum.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs trials over HTTP, each lane one after the other, and keeps what was wrong with their outcomes. */
final class Lanes {

    private static final int MOST_FAULTS = 1_000;

    private final Http http;
    private final List<String> faults = new ArrayList<>();

    private int done;
    private int faulty;

    Lanes(Http http) {
        this.http = http;
    }

    /** Runs all trials of one kind, some at once; and, as long as they last, those of the other kind again and again. */
    void beside(List<Trial> trials, int atOnce, List<Trial> others, int othersAtOnce) throws Exception {
        String token = http.token();
        Iterator<Trial> left = trials.iterator();
        List<Callable<Void>> lanes = new ArrayList<>();
        for (int i = 0; i < atOnce; i++) {
            lanes.add(() -> all(token, left));
        }
        for (int i = 0; i < othersAtOnce; i++) {
            lanes.add(() -> meanwhile(token, left, others));
        }
        run(lanes);
    }

    /** Runs all trials, some at once. */
    void all(List<Trial> trials, int atOnce) throws Exception {
        beside(trials, atOnce, List.of(), 0);
    }

    /** @return how many trials have been run */
    synchronized int done() {
        return done;
    }

    /** @return how many of them did not come to what they should */
    synchronized int faulty() {
        return faulty;
    }

    /** @return what was wrong, a line for each; the first ones where there are very many */
    synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    private static void run(List<Callable<Void>> lanes) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(lanes.size());
        try {
            for (Future<Void> lane : threads.invokeAll(lanes)) {
                lane.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    private Void all(String token, Iterator<Trial> left) throws InterruptedException {
        for (Trial next = next(left); next != null; next = next(left)) {
            judge(token, next);
        }
        return null;
    }

    private Void meanwhile(String token, Iterator<Trial> left, List<Trial> others) throws InterruptedException {
        while (isLeft(left)) {
            for (Trial other : others) {
                judge(token, other);
            }
        }
        return null;
    }

    private synchronized Trial next(Iterator<Trial> left) {
        return left.hasNext() ? left.next() : null;
    }

    private synchronized boolean isLeft(Iterator<Trial> left) {
        return left.hasNext();
    }

    private void judge(String token, Trial trial) throws InterruptedException {
        List<String> found;
        try {
            JsonObject outcome = new JsonObject(
                    http.json("/sandbox/runs", token, trial.order().encode()));
            found = trial.faults(outcome);
        } catch (IOException | IllegalArgumentException e) {
            found = List.of("no outcome: " + e);
        }
        note(trial.name(), found);
    }

    private synchronized void note(String name, List<String> found) {
        done++;
        faulty += found.isEmpty() ? 0 : 1;
        if (faults.size() < MOST_FAULTS) {
            found.forEach(fault -> faults.add(name + ": " + fault));
        }
    }
}
