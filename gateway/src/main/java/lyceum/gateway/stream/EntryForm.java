package lyceum.gateway.stream;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lyceum.gateway.form.FieldSink;
import lyceum.gateway.form.FormSink;
import lyceum.gateway.route.Finding;
import lyceum.gateway.route.Refusal;
import lyceum.platform.Failure;
import lyceum.stream.StreamName;

/**
 * The parts of an upload, each of which is an entry (contract, 2.5 and 5.1). Parts called {@code entries} go to the stream
 * of the path, the k-th one to the k-th of several, or to that which the file name names, where the path is {@code *}.
 * Files of another name go to the stream of that name, where the path names it too or is {@code *}; others are left alone.
 * What is wrong is noted, and from then on nothing is taken.
 */
final class EntryForm implements FormSink {

    /** Most entries of one upload; their ids make the answer. */
    static final int MOST_ENTRIES = 10_000;

    private static final int MOST_FINDINGS = 100;

    private static final String ENTRIES = "entries";
    private static final String WHERE = "body";

    private final List<String> names;
    private final EntryFrames frames;
    private final EntryWriter writer;
    private final List<Finding> findings = new ArrayList<>();
    private int parts;
    private int entries;

    /**
     * @param names those of the path; none for {@code *}
     * @param frames take the entries
     * @param writer gets the frames
     */
    EntryForm(List<String> names, EntryFrames frames, EntryWriter writer) {
        this.names = names;
        this.frames = frames;
        this.writer = writer;
    }

    @Override
    public FieldSink field(String name, boolean isFile) {
        if (name.equals(ENTRIES)) {
            note(textInsteadOfFile(parts));
            parts++;
        }
        return FieldSink.IGNORED;
    }

    private static Finding textInsteadOfFile(int index) {
        return new Finding(
                List.of(WHERE, ENTRIES, index),
                "Expected UploadFile, received: <class 'str'>",
                "value_error",
                new JsonObject());
    }

    /** The original (Starlette) takes any part with a file name for a file. */
    @Override
    public boolean isFile(String sentName) {
        return true;
    }

    @Override
    public FieldSink file(String name, String fileName) {
        boolean isOfPath = name.equals(ENTRIES);
        List<Object> place = isOfPath ? List.of(WHERE, ENTRIES, parts++) : List.of(WHERE, name);
        Optional<String> stream = isOfPath ? streamOfPart(place, fileName) : named(name);
        if (stream.isEmpty() || !isName(stream.get(), place) || !findings.isEmpty()) {
            return FieldSink.IGNORED;
        }
        if (entries == MOST_ENTRIES) {
            throw new Refusal(413, "an upload has at most %d entries".formatted(MOST_ENTRIES));
        }
        entries++;
        frames.begin(stream.get());
        return new Entry();
    }

    private Optional<String> streamOfPart(List<Object> place, String fileName) {
        if (names.size() <= 1) {
            return Optional.of(names.isEmpty() ? fileName : names.get(0));
        }
        if (parts > names.size()) {
            note(Finding.wrongAt(place, "there are more entries than streams in the path"));
            return Optional.empty();
        }
        return Optional.of(names.get(parts - 1));
    }

    private Optional<String> named(String name) {
        return Optional.of(name).filter(each -> names.isEmpty() || names.contains(each));
    }

    private boolean isName(String stream, List<Object> place) {
        try {
            StreamName.check(stream);
            return true;
        } catch (Failure failure) {
            note(Finding.wrongAt(place, failure.getMessage()));
            return false;
        }
    }

    private void note(Finding finding) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(finding);
        }
    }

    /** Refuses with 422 if anything was wrong, or nothing came. */
    void end() {
        if (findings.isEmpty() && entries == 0) {
            findings.add(Finding.missing(WHERE, ENTRIES));
        }
        if (!findings.isEmpty()) {
            throw Refusal.unprocessable(findings);
        }
    }

    private final class Entry implements FieldSink {

        @Override
        public void write(byte[] bytes, int from, int to) {
            if (writer.isBroken()) {
                throw new Refusal(503);
            }
            frames.write(bytes, from, to);
        }

        @Override
        public void end() {
            frames.end();
        }
    }
}
