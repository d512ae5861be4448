package lyceum.platform;

/** For whom a process runs: for people who develop, or for a class. */
public enum Profile {
    /** Everything that is absent is made up: stores, secrets, users. */
    DEV,
    /** What protects others must be configured. */
    PROD;

    /** @return {@code LYCEUM_PROFILE} */
    public static Profile from(Settings settings) {
        return settings.choice(
                "LYCEUM_PROFILE",
                DEV,
                "dev makes up what is absent, prod refuses to start without it; whole, it may keep its stores");
    }
}
