package lyceum.launcher;

import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;

/** The command line of Lyceum. Ends with 2 where it, or a setting, is wrong, and with 1 where a start failed. */
public final class Main {

    private static final int FAILED = 1;
    private static final int WRONG = 2;

    private Main() {}

    /** Starts the program, or prints what was asked for. */
    public static void main(String[] words) {
        try {
            Arguments arguments = Arguments.parse(words);
            switch (arguments.action()) {
                case HELP -> System.out.print(help());
                case CONFIG_REFERENCE ->
                    System.out.print(Reference.of(Services.ALL).text());
                case RUN -> run(arguments);
            }
        } catch (WrongSetting e) {
            System.err.println("lyceum: " + e.getMessage());
            System.exit(WRONG);
        }
    }

    private static void run(Arguments arguments) {
        SuiteConfig config = SuiteConfig.from(new Settings(System.getenv()));
        Logs.configure(config.profile(), config.logLevel());
        Program program = new Program(Terminal.ofThisProcess(), config.stopLimit());
        if (!program.start(System.getenv(), arguments.services())) {
            System.exit(FAILED);
        }
    }

    private static String help() {
        return """
                Usage: lyceum [--services=NAME,…]

                Starts all services in one process, or those that are named, as a member of a cluster:
                %s.
                Settings are environment variables. Ctrl-C or SIGTERM ends it in good order.

                  --config-reference   prints every setting with its default and meaning
                  --help               prints this
                """.formatted(String.join(", ", Services.names(Services.ALL)));
    }
}
