package lyceum.launcher;

/** What a service can keep its data in. */
enum Store {
    /** Tables. */
    POSTGRES,
    /** Streams, counters, leases. */
    REDIS
}
