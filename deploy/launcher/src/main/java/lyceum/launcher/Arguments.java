package lyceum.launcher;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import lyceum.platform.Settings.WrongSetting;

/**
 * What the command line asks for.
 *
 * @param services names after {@code --services=}, empty for all
 * @param operand what the action is done with, a directory or {@code ORIGIN:PATH}; empty where it needs nothing
 * @param isDry whether an import only tells what it would do
 * @param isReplacing whether a restore removes what is there
 */
record Arguments(Action action, Set<String> services, String operand, boolean isDry, boolean isReplacing) {

    /** What the program is to do. */
    enum Action {
        RUN,
        CHECK,
        HELP,
        CONFIG_REFERENCE,
        BACKUP,
        RESTORE,
        IMPORT
    }

    private static final String SERVICES = "--services=";
    private static final String BACKUP = "--backup=";
    private static final String RESTORE = "--restore=";
    private static final String IMPORT = "--import=";

    Arguments(Action action, Set<String> services) {
        this(action, services, "", false, false);
    }

    /** @throws WrongSetting for a word that means nothing; it is named */
    static Arguments parse(String... words) {
        Arguments arguments = new Arguments(Action.RUN, Set.of());
        for (String word : words) {
            arguments = arguments.and(word);
        }
        arguments.refuseContradictions();
        return arguments;
    }

    private Arguments and(String word) {
        if (word.equals("--check")) {
            return with(Action.CHECK, "");
        }
        if (word.equals("--help")) {
            return new Arguments(Action.HELP, services, operand, isDry, isReplacing);
        }
        if (word.equals("--config-reference")) {
            return new Arguments(Action.CONFIG_REFERENCE, services, operand, isDry, isReplacing);
        }
        if (word.equals("--dry-run")) {
            return new Arguments(action, services, operand, true, isReplacing);
        }
        if (word.equals("--replace")) {
            return new Arguments(action, services, operand, isDry, true);
        }
        if (hasValue(word, SERVICES)) {
            return new Arguments(action, names(word.substring(SERVICES.length())), operand, isDry, isReplacing);
        }
        if (hasValue(word, BACKUP)) {
            return with(Action.BACKUP, word.substring(BACKUP.length()));
        }
        if (hasValue(word, RESTORE)) {
            return with(Action.RESTORE, word.substring(RESTORE.length()));
        }
        if (hasValue(word, IMPORT)) {
            return with(Action.IMPORT, word.substring(IMPORT.length()));
        }
        throw new WrongSetting(word + ": not understood; --help tells what is");
    }

    private Arguments with(Action wanted, String with) {
        if (!operand.isEmpty() || action == Action.CHECK) {
            throw new WrongSetting("--check, --backup, --restore and --import: one at a time");
        }
        return new Arguments(wanted, services, with, isDry, isReplacing);
    }

    private void refuseContradictions() {
        boolean isQuestion = action == Action.HELP || action == Action.CONFIG_REFERENCE;
        if (isDry && action != Action.IMPORT && !isQuestion) {
            throw new WrongSetting("--dry-run: goes with --import only");
        }
        if (isReplacing && action != Action.RESTORE && !isQuestion) {
            throw new WrongSetting("--replace: goes with --restore only");
        }
        if (!services.isEmpty() && !operand.isEmpty()) {
            throw new WrongSetting("--services: starts services; --backup, --restore and --import start none");
        }
    }

    private static boolean hasValue(String word, String key) {
        return word.startsWith(key) && word.length() > key.length();
    }

    private static Set<String> names(String list) {
        return Arrays.stream(list.split(",")).map(String::strip).collect(Collectors.toUnmodifiableSet());
    }
}
