package lyceum.sandbox;

import java.util.List;

/**
 * A language that programs may be written in.
 *
 * @param name lower case, unique: {@code python3}, {@code c}, {@code c++}, {@code java}, {@code javascript}, …
 * @param title for people: {@code Python 3}
 * @param version as its tools tell it, such as {@code 3.11.2}; empty where it is not usable
 * @param aliases other names it is known by
 * @param mainFile the name of the first file where the caller gives none
 * @param compiled whether there is a step before the program runs
 * @param usable whether its tools are here and work in a sandbox
 * @param limits what a program has that asks for nothing else
 * @param compileLimits what the compiler has, or null where there is none
 */
public record Language(
        String name,
        String title,
        String version,
        List<String> aliases,
        String mainFile,
        boolean compiled,
        boolean usable,
        Limits limits,
        Limits compileLimits) {}
