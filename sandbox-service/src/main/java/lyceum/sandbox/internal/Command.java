package lyceum.sandbox.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command of a language with places to fill: {@code {main}}, {@code {stem}}, {@code {class}}, {@code {memoryMiB}} and
 * {@code {heapMiB}} anywhere in its parts, {@code {sources}} and {@code {arguments}} as parts of their own. There is no
 * shell anywhere, so nothing that is filled in can become more than a part.
 *
 * @param parts a program and its arguments
 */
record Command(List<String> parts) {

    static final String SOURCES = "{sources}";
    static final String ARGUMENTS = "{arguments}";

    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");
    private static final Set<String> OF_MEMORY = Set.of("memoryMiB", "heapMiB");
    private static final Set<String> OF_FILES = Set.of("main", "stem", "class");

    /** Which places a command may have. */
    enum Use {
        /** Memory only. */
        WITHOUT_FILES,
        /** Files too. */
        COMPILE,
        /** Files too, and at its end it must have the arguments. */
        RUN
    }

    /**
     * What stands in the places.
     *
     * @param main the file that is run, as the program is to name it
     * @param sources all files of the language, that one first
     * @param mainClass the Java class that is run
     * @param memoryBytes what the program may use
     * @param arguments of the program
     */
    record Values(String main, List<String> sources, String mainClass, long memoryBytes, List<String> arguments) {

        /** Without files. */
        static Values ofMemory(long memoryBytes) {
            return new Values("", List.of(), "", memoryBytes, List.of());
        }

        private String of(String place) {
            return switch (place) {
                case "main" -> main;
                case "stem" -> stem(main);
                case "class" -> mainClass;
                case "memoryMiB" -> Long.toString(memoryBytes >> 20);
                // What is left holds the rest of a virtual machine: 64 MiB of 256, where a small one needs about 40.
                case "heapMiB" -> Long.toString(memoryBytes / 4 * 3 >> 20);
                default -> throw new IllegalStateException(place);
            };
        }
    }

    Command {
        parts = List.copyOf(parts);
    }

    /** @throws IllegalArgumentException with one line that says what is wrong */
    static Command parse(List<String> parts, Use use) {
        if (parts.isEmpty() || parts.get(0).isEmpty()) {
            throw new IllegalArgumentException("names no program");
        }
        if (use == Use.RUN && !parts.get(parts.size() - 1).equals(ARGUMENTS)) {
            throw new IllegalArgumentException("does not end with " + ARGUMENTS);
        }
        for (int i = 0; i < parts.size(); i++) {
            boolean isList =
                    use != Use.WITHOUT_FILES && parts.get(i).equals(SOURCES) || use == Use.RUN && i == parts.size() - 1;
            if (!isList) {
                check(parts.get(i), use);
            }
        }
        return new Command(parts);
    }

    /** @return whether its parts begin with these */
    boolean startsWith(String... first) {
        return parts.size() >= first.length && parts.subList(0, first.length).equals(List.of(first));
    }

    /** @return whether it has this place somewhere */
    boolean mentions(String place) {
        return parts.stream().anyMatch(part -> part.contains("{" + place + "}"));
    }

    /** @return the command with its places filled, each once: what is filled in is not looked at again */
    List<String> fill(Values values) {
        List<String> filled = new ArrayList<>();
        for (String part : parts) {
            switch (part) {
                case SOURCES -> filled.addAll(values.sources());
                case ARGUMENTS -> filled.addAll(values.arguments());
                default ->
                    filled.add(PLACE.matcher(part)
                            .replaceAll(place -> Matcher.quoteReplacement(values.of(place.group(1)))));
            }
        }
        return filled;
    }

    /** @return a path without the extension of its file */
    static String stem(String path) {
        int dot = path.lastIndexOf('.');
        return dot > path.lastIndexOf('/') + 1 ? path.substring(0, dot) : path;
    }

    private static void check(String part, Use use) {
        if (part.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("has a NUL in it");
        }
        PLACE.matcher(part).results().map(place -> place.group(1)).forEach(place -> {
            if (!OF_MEMORY.contains(place) && (use == Use.WITHOUT_FILES || !OF_FILES.contains(place))) {
                throw new IllegalArgumentException("cannot have {" + place + "} in '" + part + "'");
            }
        });
    }
}
