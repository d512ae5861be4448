package lyceum.sandbox;

import java.util.List;
import java.util.Map;

/**
 * What is run.
 *
 * @param language a {@linkplain Language#name name} or {@linkplain Language#aliases alias}
 * @param files the first is the one that is run; none for an interpreter that reads its standard input. A name without
 *     a path may be empty: then the language names it
 * @param arguments of the program
 * @param environment of the program, beside and before what the language sets
 * @param directory where it starts and may write
 */
public record Program(
        String language,
        List<SourceFile> files,
        List<String> arguments,
        Map<String, String> environment,
        Directory directory) {

    /** Where a program starts and may write, beside {@code /tmp} and {@code /dev/shm}. All of it is thrown away. */
    public enum Directory {
        /** {@code /}, as elicast's programs know it: new names beside {@code /usr}, {@code /etc} and so on. */
        ROOT,
        /** {@code /w}; the root is read-only. */
        OWN
    }
}
