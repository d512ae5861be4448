package lyceum.stream.internal;

import lyceum.stream.Delivery;

/** What is told to somebody who has asked for entries, as long as it is held. Lives on one context. */
record Answer(Parts parts, Holding holding) {

    /** @return the next part, which is not held here any more */
    Delivery take() {
        Delivery part = parts.take();
        part.bytes().forEach(bytes -> holding.giveBack(bytes.length()));
        return part;
    }

    /** Nobody wants the rest. */
    void end() {
        holding.end();
    }
}
