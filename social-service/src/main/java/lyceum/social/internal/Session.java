package lyceum.social.internal;

/**
 * A socket that is there.
 *
 * @param id of its row, 0 before it has one
 * @param name null until it has said it
 */
record Session(long id, Key key, String name, long clicks, long events) {

    /**
     * Tells the sessions of a class apart.
     *
     * @param number as the member calls it
     */
    record Key(String member, long number) {}

    static Session opened(Key key) {
        return new Session(0, key, null, 0, 0);
    }

    Session named(String user) {
        return new Session(id, key, user, clicks, events);
    }

    Session clicked() {
        return new Session(id, key, name, clicks + 1, events);
    }

    Session triggered() {
        return new Session(id, key, name, clicks, events + 1);
    }
}
