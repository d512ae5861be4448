package lyceum.gateway.access;

/**
 * What the gateway keeps apart: where requests pile up because a service is slow or gone, those of the other domains find
 * their room as before.
 */
public enum Domain {
    /** Tokens and accounts. */
    ACCOUNTS,
    /** Lessons and study logs. */
    LESSONS,
    /** Whatever runs a program: code of lessons, the sandbox, Judge0, Piston. */
    CODE,
    /** Sound of lessons, and work on sound and film. */
    MEDIA,
    /** Live video. */
    VIDEO,
    STREAMS,
    SOCIAL,
    /** Homework, and the runners that grade it. */
    GRADING
}
