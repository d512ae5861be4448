package lyceum.stream;

import java.nio.charset.StandardCharsets;
import java.util.List;
import lyceum.platform.Failure;

/** What may stand in a document: text that PostgreSQL keeps and UTF-8 can say. Null stands for none. */
public final class DocumentText {

    private DocumentText() {}

    /** @return the text itself; fails with INVALID where it is none */
    public static String check(String text) {
        if (text != null && text.indexOf(0) >= 0) {
            throw Failure.invalid("a text has no U+0000");
        }
        if (text != null && !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw Failure.invalid("a text has no half of a surrogate pair");
        }
        return text;
    }

    /** @return the texts themselves, not to be changed; fails with INVALID where one is none */
    static List<String> checkAll(List<String> texts) {
        if (texts == null) {
            return null;
        }
        texts.forEach(DocumentText::check);
        return List.copyOf(texts);
    }
}
