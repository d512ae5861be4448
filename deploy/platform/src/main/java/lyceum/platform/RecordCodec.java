package lyceum.platform;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries every record of the house: as the same immutable object in one JVM; between two as the name of its class, its
 * JSON, and raw beside the JSON each {@link Buffer} in it. Components that the other side does not know are ignored, so
 * that two versions can talk during a rolling restart. A store may keep records as they are between two.
 */
public final class RecordCodec implements MessageCodec<Record, Record> {

    static final String NAME = "lyceum.record";

    /** Only classes of the house are ever made from a name that came over the network. */
    private static final String HOUSE = "lyceum.";

    private static final String BUFFERS = "buffers";

    private final JsonMapper json = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule()
                    .addSerializer(Buffer.class, new BufferAsIndex())
                    .addDeserializer(Buffer.class, new BufferByIndex()))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    @Override
    public void encodeToWire(Buffer wire, Record message) {
        List<Buffer> buffers = new ArrayList<>();
        try {
            byte[] text = json.writer().withAttribute(BUFFERS, buffers).writeValueAsBytes(message);
            Wire.appendText(wire, message.getClass().getName());
            Wire.append(wire, Buffer.buffer(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        wire.appendInt(buffers.size());
        buffers.forEach(bytes -> Wire.append(wire, bytes));
    }

    @Override
    public Record decodeFromWire(int position, Buffer wire) {
        Wire reader = new Wire(wire, position);
        Class<?> type = houseRecord(reader.bytes().toString(StandardCharsets.UTF_8));
        Buffer text = reader.bytes();
        int count = reader.number();
        List<Buffer> buffers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            buffers.add(reader.bytes());
        }
        try {
            return (Record) json.readerFor(type).withAttribute(BUFFERS, buffers).readValue(text.getBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> houseRecord(String name) {
        try {
            Class<?> type = name.startsWith(HOUSE) ? Class.forName(name) : Object.class;
            if (type.isRecord()) {
                return type;
            }
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("another version of the house sent a " + name, e);
        }
        throw new IllegalArgumentException("not a record of the house: " + name);
    }

    @Override
    public Record transform(Record message) {
        return message;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }

    private static final class BufferAsIndex extends JsonSerializer<Buffer> {
        @Override
        public void serialize(Buffer bytes, JsonGenerator out, SerializerProvider context) throws IOException {
            @SuppressWarnings("unchecked")
            List<Buffer> buffers = (List<Buffer>) context.getAttribute(BUFFERS);
            out.writeNumber(buffers.size());
            buffers.add(bytes);
        }
    }

    private static final class BufferByIndex extends JsonDeserializer<Buffer> {
        @Override
        public Buffer deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return (Buffer) ((List<?>) context.getAttribute(BUFFERS)).get(in.getIntValue());
        }
    }
}
