package lyceum.gateway.elicast;

import java.util.Map;
import lyceum.gateway.form.FieldSink;
import lyceum.gateway.form.FormSink;
import lyceum.gateway.form.ShortText;
import lyceum.gateway.form.WantedFields;
import lyceum.gateway.stream.HeldBytes;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;

/**
 * A form whose wanted fields are all short enough for the memory, and the memory of all such forms together has a bound:
 * what is sent is held until it is answered, and anybody may send it. A file is no text, so it counts as not sent.
 */
final class SmallForm implements FormSink {

    /**
     * So much of each form is not counted: the number of requests bounds it, and what a learner usually sends is let in also
     * while others have sent much.
     */
    static final int UNCOUNTED_BYTES = 32 * 1024;

    private final Map<String, ShortText> texts;
    private final HeldBytes held;
    private final WantedFields fields;

    private long takenBytes;
    private boolean isClosed;

    /**
     * @param texts what is wanted, by name
     * @param held of all forms; what this one takes is given back when it is closed
     */
    SmallForm(Map<String, ShortText> texts, HeldBytes held) {
        this.texts = texts;
        this.held = held;
        this.fields = new WantedFields(texts, Map.of());
    }

    @Override
    public FieldSink field(String name, boolean isFile) {
        FieldSink sink = fields.field(name, isFile);
        return sink == FieldSink.IGNORED ? sink : new Counted(sink);
    }

    private final class Counted implements FieldSink {
        private final FieldSink sink;

        Counted(FieldSink sink) {
            this.sink = sink;
        }

        @Override
        public void write(byte[] bytes, int from, int to) {
            sink.write(bytes, from, to);
            count();
        }

        @Override
        public void end() {
            sink.end();
        }
    }

    private void count() {
        long keptBytes = texts.values().stream().mapToLong(ShortText::keptBytes).sum();
        long moreBytes = keptBytes - UNCOUNTED_BYTES - takenBytes;
        if (moreBytes <= 0) {
            return;
        }
        if (isClosed || !held.take(moreBytes)) {
            letGo();
            throw new Failure(Kind.BUSY, "too much is sent at once, please try again");
        }
        takenBytes += moreBytes;
    }

    /** What was made of it is all that is needed; it counts until it is closed. */
    void letGo() {
        texts.values().forEach(ShortText::letGo);
    }

    /** Nothing of what was sent is needed any more. */
    void close() {
        if (!isClosed) {
            isClosed = true;
            letGo();
            held.giveBack(takenBytes);
        }
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
