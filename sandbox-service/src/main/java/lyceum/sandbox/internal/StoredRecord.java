package lyceum.sandbox.internal;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import lyceum.platform.RecordCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How records stand in a table: as they cross the bus, so that bytes stay what they are, and that a record of a former
 * version, with less or more in it, can be read.
 */
final class StoredRecord {

    private static final Logger LOG = LoggerFactory.getLogger(StoredRecord.class);
    private static final RecordCodec CODEC = new RecordCodec();

    private StoredRecord() {}

    static Buffer bytes(Record content) {
        Buffer bytes = Buffer.buffer();
        CODEC.encodeToWire(bytes, content);
        return bytes;
    }

    /** @return the record, empty where these bytes are none of this version */
    static <T extends Record> Optional<T> read(Class<T> type, Buffer bytes) {
        try {
            return Optional.of(type.cast(CODEC.decodeFromWire(0, bytes)));
        } catch (RuntimeException e) {
            LOG.error("a stored {} cannot be read", type.getSimpleName(), e);
            return Optional.empty();
        }
    }
}
