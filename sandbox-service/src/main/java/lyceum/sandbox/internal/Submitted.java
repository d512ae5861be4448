package lyceum.sandbox.internal;

import lyceum.platform.Topic;

/**
 * Tells every instance that runs have been stored, so that one that has room for them takes them.
 *
 * @param count how many
 */
record Submitted(int count) {

    static final Topic<Submitted> TOPIC = new Topic<>("lyceum.sandbox.submitted");
}
