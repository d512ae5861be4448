package lyceum.chaos;

import java.io.IOException;
import java.util.List;

/**
 * What one group of people does all the time, each of them in a thread: writes what nobody else writes, and remembers what
 * was acknowledged.
 */
abstract class Activity {

    private static final long PAUSE_MILLIS = 100;

    private final String name;
    private final Tally tally = new Tally();
    private volatile boolean ended;

    Activity(String name) {
        this.name = name;
    }

    /**
     * One attempt.
     *
     * @throws IOException where it failed; it may have been done nevertheless
     */
    abstract void once() throws IOException, InterruptedException;

    /** @return what is wrong with what is kept: acknowledged and not there, or there twice */
    abstract List<String> check() throws Exception;

    /** Begins, and goes on until {@link #end}. */
    Thread begin() {
        Thread thread = new Thread(this::run, name);
        thread.start();
        return thread;
    }

    private void run() {
        while (!ended) {
            try {
                once();
                tally.succeeded();
                Thread.sleep(PAUSE_MILLIS);
            } catch (IOException e) {
                tally.failed(reason(e));
                pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            ended = true;
        }
    }

    private static String reason(IOException error) {
        return error instanceof Doors.Refused refused
                ? Integer.toString(refused.status())
                : error.getClass().getSimpleName();
    }

    void end() {
        ended = true;
    }

    String name() {
        return name;
    }

    Tally tally() {
        return tally;
    }
}
