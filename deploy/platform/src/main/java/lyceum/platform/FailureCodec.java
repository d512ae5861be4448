package lyceum.platform;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import lyceum.platform.Failure.Kind;

/** Carries a {@link Failure} as itself in one JVM, and as its kind and its text between two. */
final class FailureCodec implements MessageCodec<Failure, Failure> {

    @Override
    public void encodeToWire(Buffer wire, Failure failure) {
        Wire.appendText(wire, failure.kind().name());
        Wire.appendText(wire, failure.getMessage());
    }

    @Override
    public Failure decodeFromWire(int position, Buffer wire) {
        Wire reader = new Wire(wire, position);
        String kind = reader.bytes().toString(StandardCharsets.UTF_8);
        return new Failure(kind(kind), reader.bytes().toString(StandardCharsets.UTF_8));
    }

    /** One that only another version of the house has is a defect for who does not know it. */
    private static Kind kind(String name) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElse(Kind.INTERNAL);
    }

    @Override
    public Failure transform(Failure failure) {
        return failure;
    }

    @Override
    public String name() {
        return "lyceum.failure";
    }

    @Override
    public byte systemCodecID() {
        return -1;
    }
}
