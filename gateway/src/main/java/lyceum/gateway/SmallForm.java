package lyceum.gateway;

import java.util.Map;
import lyceum.gateway.form.FieldSink;
import lyceum.gateway.form.FormSink;
import lyceum.gateway.form.ShortText;
import lyceum.gateway.form.WantedFields;

/** A form whose wanted fields are all short enough for the memory. A file is no text, so it counts as not sent. */
final class SmallForm implements FormSink {

    private final Map<String, ShortText> texts;
    private final WantedFields fields;

    /** @param texts what is wanted, by name */
    SmallForm(Map<String, ShortText> texts) {
        this.texts = texts;
        this.fields = new WantedFields(texts, Map.of());
    }

    @Override
    public FieldSink field(String name, boolean isFile) {
        return fields.field(name, isFile);
    }

    /** @return the value; fails with the generic 400 where it was not sent */
    String text(String name) {
        return need(name).text();
    }

    /** @return the value in UTF-8; fails with the generic 400 where it was not sent */
    byte[] utf8(String name) {
        return need(name).utf8();
    }

    private ShortText need(String name) {
        if (!fields.hasCome(name) || fields.isFile(name)) {
            throw ElicastForms.bad();
        }
        return texts.get(name);
    }
}
