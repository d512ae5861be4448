package lyceum.launcher;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import lyceum.platform.Settings.WrongSetting;

/**
 * What the command line asks for.
 *
 * @param services names after {@code --services=}, empty for all
 */
record Arguments(Action action, Set<String> services) {

    /** What the program is to do. */
    enum Action {
        RUN,
        HELP,
        CONFIG_REFERENCE
    }

    private static final String SERVICES = "--services=";

    /** @throws WrongSetting for a word that means nothing; it is named */
    static Arguments parse(String... words) {
        Arguments arguments = new Arguments(Action.RUN, Set.of());
        for (String word : words) {
            arguments = arguments.and(word);
        }
        return arguments;
    }

    private Arguments and(String word) {
        if (word.equals("--help")) {
            return new Arguments(Action.HELP, services);
        }
        if (word.equals("--config-reference")) {
            return new Arguments(Action.CONFIG_REFERENCE, services);
        }
        if (word.startsWith(SERVICES) && word.length() > SERVICES.length()) {
            return new Arguments(action, names(word.substring(SERVICES.length())));
        }
        throw new WrongSetting(word + ": not understood; --help tells what is");
    }

    private static Set<String> names(String list) {
        return Arrays.stream(list.split(",")).map(String::strip).collect(Collectors.toUnmodifiableSet());
    }
}
