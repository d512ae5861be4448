package lyceum.grading.internal;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Translations of the texts that judges and this service send (contracts/grading.md, section 4.6). The English text is the
 * key; a catalogue is a JSON object, {@code translations/<language>.json} beside this class.
 */
final class Translations {

    private static final List<String> LANGUAGES = List.of("zh_Hans_CN");

    private final List<Catalogue> catalogues;

    private Translations(List<Catalogue> catalogues) {
        this.catalogues = catalogues;
    }

    /** Reads the catalogues of this program. Blocks. */
    static Translations load() {
        List<Catalogue> translated =
                LANGUAGES.stream().map(Translations::catalogue).toList();
        List<Catalogue> catalogues = new ArrayList<>(translated);
        catalogues.add(new Catalogue(Language.ENGLISH, Map.of()));
        return new Translations(List.copyOf(catalogues));
    }

    /** @return the text in the best language there is; itself where nobody translated it */
    String find(String english, List<Language> preferred) {
        if (english == null) {
            return null;
        }
        return Language.pick(catalogues, Catalogue::language, preferred, Language.ENGLISH)
                .map(catalogue -> catalogue.texts().getOrDefault(english, english))
                .orElse(english);
    }

    private static Catalogue catalogue(String language) {
        try (InputStream resource = Translations.class.getResourceAsStream("translations/" + language + ".json")) {
            return new Catalogue(
                    Language.of(language),
                    new ObjectMapper().readValue(resource, new TypeReference<Map<String, String>>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Catalogue(Language language, Map<String, String> texts) {}
}
