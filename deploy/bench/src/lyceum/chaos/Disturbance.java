package lyceum.chaos;

/** What happens to a process or a store. */
enum Disturbance {
    /** SIGKILL, and started again at once. */
    KILL("kill -9"),
    /** SIGTERM, and started again when it has ended. */
    TERMINATE("SIGTERM"),
    /** SIGSTOP for a while. */
    PAUSE("SIGSTOP, 8 s"),
    /** SIGKILL for all of its processes, and started again after two seconds. */
    REDIS("Redis kill -9, 2 s"),
    POSTGRES("PostgreSQL kill -9, 2 s");

    private final String title;

    Disturbance(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
