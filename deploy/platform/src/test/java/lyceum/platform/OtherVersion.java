package lyceum.platform;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageCodec;

/** What a node of another version of the house sends: {@code class JSON} in the place of records. */
final class OtherVersion implements MessageCodec<String, Object> {

    static final String NEW_CLASS = "lyceum.platform.GreetingService$Wave {}";
    static final String NEW_CONSTANT = "lyceum.platform.GreetingService$Fail {\"kind\":\"TIRED\",\"text\":\"later\"}";

    /** A node that speaks so, and hears failures. */
    static void join(Vertx vertx) {
        vertx.eventBus().registerCodec(new OtherVersion());
        vertx.eventBus().registerDefaultCodec(Failure.class, new FailureCodec());
    }

    static DeliveryOptions options() {
        return new DeliveryOptions().setCodecName(RecordCodec.NAME);
    }

    @Override
    public void encodeToWire(Buffer wire, String message) {
        int space = message.indexOf(' ');
        Wire.appendText(wire, message.substring(0, space));
        Wire.appendText(wire, message.substring(space + 1));
        wire.appendInt(0);
    }

    @Override
    public Object decodeFromWire(int position, Buffer wire) {
        return new Wire(wire, position).bytes().toString();
    }

    @Override
    public Object transform(String message) {
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
