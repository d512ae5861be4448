package lyceum.sandbox;

/** How a run ended. */
public enum Verdict {
    /** It ended by itself with exit code 0. */
    ACCEPTED,
    /** It ended with another exit code, or by a signal. */
    RUNTIME_ERROR,
    /** The compiler did not accept it, or used up its own limits; there was no program to run. */
    COMPILE_ERROR,
    /** The wall clock ran out. */
    TIME_LIMIT,
    /** The CPU clock of all its processes ran out. */
    CPU_LIMIT,
    /** It was killed for the memory it held. Where only a child of it was, and it went on, its own end decides. */
    MEMORY_LIMIT,
    /** It wrote more than it may. */
    OUTPUT_LIMIT,
    /** It failed after it was refused another process or thread. */
    PROCESS_LIMIT,
    /** The kernel killed it for a system call that is not allowed. */
    REFUSED,
    /** Its caller went away; it may not have begun. */
    CANCELLED,
    /** The sandbox failed, not the program; only a {@link Submission} ends so, where others get a failure. */
    INTERNAL_ERROR
}
