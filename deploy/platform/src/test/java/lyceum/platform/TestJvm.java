package lyceum.platform;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** JVMs that tests start: short lives too, so they are told of compiler and collector what that of the tests was told. */
public final class TestJvm {

    private TestJvm() {}

    /** @return the command that runs this JVM's program with its {@code -XX} options, and then these arguments */
    public static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-XX:"))
                .forEach(command::add);
        command.addAll(List.of(arguments));
        return command;
    }
}
