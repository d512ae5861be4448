package lyceum.platform;

import io.vertx.core.buffer.Buffer;

/** What becomes of a record on its way from one node of a cluster to another. */
public final class BetweenNodes {

    private static final RecordCodec CODEC = new RecordCodec();

    private BetweenNodes() {}

    /** @return what the other node reads, behind what else the bus has put into the message */
    public static Record carried(Record sent) {
        Buffer wire = Buffer.buffer("before it");
        int position = wire.length();
        CODEC.encodeToWire(wire, sent);
        return CODEC.decodeFromWire(position, wire);
    }
}
