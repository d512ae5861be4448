package lyceum.grading.internal;

import java.util.List;
import lyceum.grading.Text;

/**
 * Shows texts (contracts/grading.md, section 4.2): translated, then formatted, when somebody looks. Rendering never fails:
 * what Python could not format is shown as its raw text (D6).
 */
final class Texts {

    private final Translations translations;

    Texts(Translations translations) {
        this.translations = translations;
    }

    /**
     * @param text or null
     * @param preferred languages of who looks, the best first
     * @return what is shown; null for null
     */
    String render(Text text, List<Language> preferred) {
        if (text == null) {
            return null;
        }
        if (!text.isPlain() && text.text() != null) {
            try {
                return PythonFormat.format(translations.find(text.text(), preferred), text.kwargs());
            } catch (PythonFormat.NotRenderable failure) {
                // The translation may be broken where the English text is not.
                return english(text);
            }
        }
        return english(text);
    }

    /** @return the text as it is shown untranslated; empty for null */
    static String english(Text text) {
        if (text == null || text.text() == null) {
            return "";
        }
        try {
            return text.isPlain() ? text.text() : PythonFormat.format(text.text(), text.kwargs());
        } catch (PythonFormat.NotRenderable failure) {
            return text.text();
        }
    }
}
