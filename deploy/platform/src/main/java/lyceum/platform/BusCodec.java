package lyceum.platform;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import lyceum.platform.Failure.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries records over the bus. What cannot be read, because another version of the house has sent it, becomes a
 * {@link Failure} in its place: Vert.x would tell nobody of an exception here, and whoever waits for a reply has no timer any
 * more when it is read.
 */
final class BusCodec implements MessageCodec<Record, Object> {

    private static final Logger LOG = LoggerFactory.getLogger(BusCodec.class);

    private final RecordCodec records = new RecordCodec();

    @Override
    public void encodeToWire(Buffer wire, Record message) {
        records.encodeToWire(wire, message);
    }

    @Override
    public Object decodeFromWire(int position, Buffer wire) {
        try {
            return records.decodeFromWire(position, wire);
        } catch (RuntimeException e) {
            LOG.warn("a record cannot be read: {}", e.toString());
            return new Failure(Kind.UNAVAILABLE, "it is of another version of the house, please try again");
        }
    }

    @Override
    public Object transform(Record message) {
        return message;
    }

    @Override
    public String name() {
        return RecordCodec.NAME;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
