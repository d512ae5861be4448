package lyceum.gateway.rtmp;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;

/**
 * What a peer asks for (RTMP 1.0, section 7.2). Names and shapes of arguments are those of Flash: nothing but their number
 * and their order says what they are, and encoders leave out what they like.
 *
 * @param number that the answer is known by, the transaction id of the specification
 * @param arguments as {@link Amf0} reads them; the first is the object of the command, often null
 */
record Command(String name, Double number, List<Object> arguments) {

    /** @return what stands in a payload from a position on; fails with {@link RtmpFault} where that is no command */
    static Command read(Buffer payload, int from) {
        List<Object> values = Amf0.read(payload, from);
        if (values.size() < 2 || !(values.get(0) instanceof String name) || !(values.get(1) instanceof Double number)) {
            throw new RtmpFault("a command without name and number");
        }
        return new Command(name, number, values.subList(2, values.size()));
    }

    /** @return the argument at a place, from 0 on; empty where no text stands there */
    String text(int place) {
        return place < arguments.size() && arguments.get(place) instanceof String text ? text : "";
    }

    /** @return a member of the object of the command; empty where there is none, or it is no text */
    String member(String name) {
        return !arguments.isEmpty()
                        && arguments.get(0) instanceof Map<?, ?> members
                        && members.get(name) instanceof String text
                ? text
                : "";
    }
}
