package lyceum.gateway.form;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keeps all fields of a form as {@code name=value}, a file as {@code name:value}, an open one with {@code …} behind. */
final class Fields implements FormSink {

    private final List<Field> fields = new ArrayList<>();

    private static final class Field implements FieldSink {
        private final String name;
        private final ByteArrayOutputStream value = new ByteArrayOutputStream();
        private String end = "…";

        Field(String name) {
            this.name = name;
        }

        @Override
        public void write(byte[] bytes, int from, int to) {
            value.write(bytes, from, to - from);
        }

        @Override
        public void end() {
            end = end.isEmpty() ? "ended twice" : "";
        }

        @Override
        public String toString() {
            return name + value.toString(StandardCharsets.UTF_8) + end;
        }
    }

    @Override
    public FieldSink field(String name, boolean isFile) {
        Field field = new Field(name + (isFile ? ':' : '='));
        fields.add(field);
        return field;
    }

    List<String> all() {
        return fields.stream().map(Field::toString).toList();
    }
}
