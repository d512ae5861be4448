package lyceum.platform.embedded;

/** For how long a process that starts a server means to run it. */
public enum Tenancy {
    /** Until the process is told to end: others may use the server meanwhile. */
    LASTING,
    /** Until some work is done: others wait for its end, because a server that they used would be gone then. */
    PASSING
}
