package lyceum.social.internal;

import io.vertx.core.buffer.Buffer;
import lyceum.platform.RecordCodec;
import lyceum.social.Turn;

/** How a turn stands in its table: as it crosses the bus, so that one of a former version can be read. */
final class StoredTurn {

    private static final RecordCodec CODEC = new RecordCodec();

    private StoredTurn() {}

    static Buffer bytes(Turn turn) {
        Buffer bytes = Buffer.buffer();
        CODEC.encodeToWire(bytes, turn);
        return bytes;
    }

    static Turn read(Buffer bytes) {
        return (Turn) CODEC.decodeFromWire(0, bytes);
    }
}
