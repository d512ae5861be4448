package lyceum.gateway.form;

import java.util.HashMap;
import java.util.Map;

/** Picks the wanted fields out of a form. Of a repeated name the first value counts. */
public final class WantedFields implements FormSink {

    private final Map<String, ? extends FieldSink> texts;
    private final Map<String, ? extends FieldSink> files;
    private final Map<String, Boolean> isFileByName = new HashMap<>();

    /**
     * @param texts where the values of fields go that are no files, by name
     * @param files where the contents of files go, by name
     */
    public WantedFields(Map<String, ? extends FieldSink> texts, Map<String, ? extends FieldSink> files) {
        this.texts = texts;
        this.files = files;
    }

    @Override
    public FieldSink field(String name, boolean isFile) {
        boolean isWanted = texts.containsKey(name) || files.containsKey(name);
        if (!isWanted || isFileByName.putIfAbsent(name, isFile) != null) {
            return FieldSink.IGNORED;
        }
        FieldSink sink = (isFile ? files : texts).get(name);
        return sink == null ? FieldSink.IGNORED : sink;
    }

    /** @return whether a field came, as a text or as a file */
    public boolean hasCome(String name) {
        return isFileByName.containsKey(name);
    }

    /** @return whether a field came as a file */
    public boolean isFile(String name) {
        return isFileByName.getOrDefault(name, false);
    }
}
