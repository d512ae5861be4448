package lyceum.gateway.live;

import lyceum.gateway.live.LiveConfig.Lag;

/** How much waits for the next poll of a client. Lives on the context of its connection. */
final class Unpolled {

    private int packets;
    private long characters;

    void add(int morePackets, long moreCharacters) {
        packets += morePackets;
        characters += moreCharacters;
    }

    /** A poll has taken all of it. */
    void clear() {
        packets = 0;
        characters = 0;
    }

    /** @return whether the client has left too much */
    boolean isBehind(Lag lag) {
        return packets > lag.packets() || characters > lag.bytes();
    }
}
