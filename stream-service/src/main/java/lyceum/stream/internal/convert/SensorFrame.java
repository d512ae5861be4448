package lyceum.stream.internal.convert;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** A frame of named members. Pictures in it are decoded when they are asked for. */
final class SensorFrame implements HoloFrame {

    private final OptionalLong timeMillis;
    private final Supplier<? extends Content> content;
    private final Map<String, Member> members = new LinkedHashMap<>();

    private SensorFrame(OptionalLong timeMillis, String name, Supplier<? extends Content> content) {
        this.timeMillis = timeMillis;
        this.content = content;
        with(name, out -> content.get().writeJson(out));
    }

    /** @param name of the member that is converted */
    static SensorFrame at(HoloHeader header, String name, Supplier<? extends Content> content) {
        return new SensorFrame(OptionalLong.of(header.timeMillis()), name, content);
    }

    /** @param name of the member that is converted */
    static SensorFrame withoutTime(String name, Content content) {
        return new SensorFrame(OptionalLong.empty(), name, () -> content);
    }

    SensorFrame with(String name, Member member) {
        members.put(name, member);
        return this;
    }

    @Override
    public OptionalLong timeMillis() {
        return timeMillis;
    }

    @Override
    public Content content() {
        return content.get();
    }

    @Override
    public void writeJson(JsonGenerator out) throws IOException {
        out.writeStartObject();
        if (timeMillis.isPresent()) {
            out.writeNumberField("time", timeMillis.getAsLong());
        }
        for (Map.Entry<String, Member> member : members.entrySet()) {
            out.writeFieldName(member.getKey());
            member.getValue().writeJson(out);
        }
        out.writeEndObject();
    }
}
