package lyceum.launcher;

/** What a service can keep its data in. */
enum Store {
    /** Tables. */
    POSTGRES,
    /** Streams, counters, leases. */
    REDIS;

    /** @return the setting that names an external one */
    String key() {
        return "LYCEUM_%s_URL".formatted(name());
    }
}
