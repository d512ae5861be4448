package lyceum.grading.internal;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A homework as its folder tells it (contracts/grading.md, section 5).
 *
 * @param slug name of the folder, part of addresses
 * @param uuid 32 hexadecimal digits; what hand-ins belong to
 * @param wordings in the order of the file, at least one
 * @param deadlines in the order of the file; none means closed
 * @param rules for files of no package
 * @param packages by name
 * @param files all of the folder by path, those of its packages too; nobody changes their bytes
 */
record Homework(
        String slug,
        String uuid,
        List<Wording> wordings,
        List<Deadline> deadlines,
        FileRules rules,
        SortedMap<String, CodePackage> packages,
        SortedMap<String, Buffer> files) {

    /**
     * What it says in one language.
     *
     * @param tag as the file writes the language
     * @param title one line
     * @param description Markdown
     * @param solution Markdown, for teachers only; or null
     */
    record Wording(String tag, String title, String description, String solution) {

        Language language() {
            return Language.of(tag);
        }
    }

    /** Of a file in memory, beside its content. */
    private static final long ENTRY_BYTES = 256;

    /** @return what it takes of memory, to within what its texts do */
    long bytes() {
        return files.values().stream()
                .mapToLong(content -> ENTRY_BYTES + content.length())
                .sum();
    }

    /** @return what it says to who prefers those languages */
    Wording wording(List<Language> preferred, Language fallback) {
        return Language.pick(wordings, Wording::language, preferred, fallback).orElseThrow();
    }

    /** @return a file beside the descriptions, which anybody may see; its path is relative to them */
    Optional<Buffer> file(String path) {
        return Optional.ofNullable(files.get("desc/" + path));
    }
}
