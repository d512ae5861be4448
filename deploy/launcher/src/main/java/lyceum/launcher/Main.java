package lyceum.launcher;

import lyceum.launcher.backup.Refused;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;

/**
 * The command line of Lyceum. Ends with 2 where it, or a setting, is wrong, or what it asks for is refused; and with 1 where
 * a start, a backup, a restore or an import failed.
 */
public final class Main {

    private static final int FAILED = 1;
    private static final int WRONG = 2;
    /** Whether Netty registers its buffers with the JVM's flight recorder: a twentieth of a start, for who looks at them. */
    private static final String NETTY_EVENTS = "io.netty.jfr.enabled";

    private Main() {}

    /** Starts the program, or prints what was asked for. */
    public static void main(String[] words) {
        System.setProperty(NETTY_EVENTS, System.getProperty(NETTY_EVENTS, "false"));
        try {
            Arguments arguments = Arguments.parse(words);
            switch (arguments.action()) {
                case HELP -> System.out.print(help());
                case CONFIG_REFERENCE ->
                    System.out.print(Reference.of(Services.ALL).text());
                case RUN -> run(arguments);
                case CHECK -> check(arguments);
                case BACKUP, RESTORE, IMPORT -> handleData(arguments);
            }
        } catch (WrongSetting | Refused e) {
            System.err.println("lyceum: " + e.getMessage());
            System.exit(WRONG);
        }
    }

    private static Program run(Arguments arguments) {
        SuiteConfig config = SuiteConfig.from(new Settings(System.getenv()));
        Logs.configure(config.profile(), config.logLevel());
        Program program = new Program(Terminal.ofThisProcess(), config.stopLimit());
        if (!program.start(System.getenv(), arguments.services())) {
            System.exit(FAILED);
        }
        return program;
    }

    /** What is there to end is ended by the hook that a signal would have called. */
    private static void check(Arguments arguments) {
        System.exit(run(arguments).serves() ? 0 : FAILED);
    }

    /** Needs no suite; this thread waits for whatever it takes. */
    private static void handleData(Arguments arguments) {
        Settings settings = new Settings(System.getenv());
        SuiteConfig config = SuiteConfig.from(settings);
        Logs.configure(config.profile(), config.logLevel());
        boolean isDone = new DataWork(System.getenv(), System.out::println).run(arguments);
        Logs.flush();
        System.exit(isDone ? 0 : FAILED);
    }

    private static String help() {
        return """
                Usage: lyceum [--services=NAME,…] [--check]
                       lyceum --backup=DIRECTORY
                       lyceum --restore=BACKUP [--replace]
                       lyceum --import=ORIGIN:PATH [--dry-run]

                Starts all services in one process, or those that are named, as a member of a cluster:
                %s.
                Settings are environment variables. Ctrl-C or SIGTERM ends it in good order.

                  --check              ends with 0 as soon as everything serves, with 1 or 2 where it cannot
                  --backup             adds a backup of everything to a directory, also while Lyceum runs
                  --restore            puts a backup in the place of nothing, or with --replace of what is there
                  --import             takes over what an original server has stored: %s;
                                       with --dry-run it only tells what it would do
                  --config-reference   prints every setting with its default and meaning
                  --help               prints this
                """.formatted(String.join(", ", Services.names(Services.ALL)), String.join(", ", Origins.names()));
    }
}
