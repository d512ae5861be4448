package lyceum.gateway.piston;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Signals by name, as signal(7) numbers them on Linux for most architectures, and as Piston knows them. */
public final class Signals {

    private static final List<String> STANDARD = List.of(
            "SIGHUP",
            "SIGINT",
            "SIGQUIT",
            "SIGILL",
            "SIGTRAP",
            "SIGABRT",
            "SIGBUS",
            "SIGFPE",
            "SIGKILL",
            "SIGUSR1",
            "SIGSEGV",
            "SIGUSR2",
            "SIGPIPE",
            "SIGALRM",
            "SIGTERM",
            "SIGSTKFLT",
            "SIGCHLD",
            "SIGCONT",
            "SIGSTOP",
            "SIGTSTP",
            "SIGTTIN",
            "SIGTTOU",
            "SIGURG",
            "SIGXCPU",
            "SIGXFSZ",
            "SIGVTALRM",
            "SIGPROF",
            "SIGWINCH",
            "SIGIO",
            "SIGPWR",
            "SIGSYS");

    private static final int FIRST_REAL_TIME = 34;
    private static final int LAST = 64;
    private static final int LAST_NAMED_FROM_BELOW = 49;

    private Signals() {}

    /** @return the number of a signal; empty where there is no such name */
    public static Optional<Integer> number(String name) {
        return IntStream.rangeClosed(1, LAST)
                .boxed()
                .filter(number -> name.equals(name(number)))
                .findFirst();
    }

    /** @return the name of a signal; null where there is no such number */
    static String name(int number) {
        if (number >= 1 && number <= STANDARD.size()) {
            return STANDARD.get(number - 1);
        }
        if (number < FIRST_REAL_TIME || number > LAST) {
            return null;
        }
        return number <= LAST_NAMED_FROM_BELOW
                ? named("SIGRTMIN+", number - FIRST_REAL_TIME)
                : named("SIGRTMAX-", LAST - number);
    }

    /** At its end the name has no distance. */
    private static String named(String withSign, int distance) {
        return distance == 0 ? withSign.substring(0, withSign.length() - 1) : withSign + distance;
    }
}
