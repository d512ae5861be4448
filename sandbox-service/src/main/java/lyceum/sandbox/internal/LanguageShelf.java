package lyceum.sandbox.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The languages that are known: those that came with the program, and an operator's, which replace those of their name. */
final class LanguageShelf {

    private static final Logger LOG = LoggerFactory.getLogger(LanguageShelf.class);

    private static final List<String> SHIPPED =
            List.of("bash", "c", "c++", "go", "java", "javascript", "python3", "rust");

    private final Map<String, LanguageDefinition> languages = new TreeMap<>();
    private final Map<String, String> aliases = new HashMap<>();

    private LanguageShelf(List<LanguageDefinition> shipped, List<LanguageDefinition> own) {
        shipped.forEach(language -> languages.put(language.name(), language));
        own.forEach(language -> languages.put(language.name(), language));
        own.forEach(this::addAliases);
        languages.values().forEach(this::addAliases);
    }

    /**
     * Reads all of them. A directory that is broken is logged and left out. Blocks; used at start.
     *
     * @param directory of an operator's languages, each a directory of its own, or null
     */
    static LanguageShelf read(Path directory) {
        return new LanguageShelf(
                SHIPPED.stream().map(LanguageShelf::shipped).toList(), directory == null ? List.of() : own(directory));
    }

    /** @return all of them, sorted by name */
    List<LanguageDefinition> all() {
        return List.copyOf(languages.values());
    }

    /** @return the language of that name, or else with that alias */
    Optional<LanguageDefinition> find(String name) {
        return Optional.ofNullable(languages.get(name))
                .or(() -> Optional.ofNullable(aliases.get(name)).map(languages::get));
    }

    /** @return what the tools of all languages need to see of this machine, beside {@code /usr} and what belongs to it */
    List<String> paths() {
        return languages.values().stream()
                .flatMap(language -> language.paths().stream())
                .distinct()
                .sorted()
                .toList();
    }

    private void addAliases(LanguageDefinition language) {
        language.names().aliases().forEach(alias -> aliases.putIfAbsent(alias, language.name()));
    }

    private static LanguageDefinition shipped(String name) {
        try {
            return LanguageFile.read(name, file -> resource("languages/" + name + "/" + file));
        } catch (IOException e) {
            throw new IllegalStateException("shipped language " + name + " is broken: " + e.getMessage(), e);
        }
    }

    private static InputStream resource(String path) throws IOException {
        InputStream resource = LanguageShelf.class.getResourceAsStream(path);
        if (resource == null) {
            throw new NoSuchFileException(path);
        }
        return resource;
    }

    private static List<LanguageDefinition> own(Path directory) {
        List<LanguageDefinition> languages = new ArrayList<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(directory, Files::isDirectory)) {
            directories.forEach(path -> own(path.getFileName().toString(), path).ifPresent(languages::add));
        } catch (IOException | DirectoryIteratorException e) {
            LOG.error("languages directory={} cannot be read", directory, e);
        }
        languages.sort(Comparator.comparing(LanguageDefinition::name));
        return languages;
    }

    private static Optional<LanguageDefinition> own(String name, Path directory) {
        if (name.startsWith(".")) {
            return Optional.empty(); // how Kubernetes keeps the versions of a mounted ConfigMap
        }
        try {
            LanguageDefinition language =
                    LanguageFile.read(name, file -> Files.newInputStream(directory.resolve(file)));
            LOG.info("language name={} directory={}", name, directory);
            return Optional.of(language);
        } catch (IOException e) {
            LOG.error("language directory={} is left out: {}", directory, e.getMessage());
            return Optional.empty();
        }
    }
}
