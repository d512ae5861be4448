package lyceum.grading.internal;

/** Who grades. */
enum GradingMode {
    /** This service, in the sandbox. */
    BUILTIN,
    /** Runners outside of the house. */
    RUNNER
}
