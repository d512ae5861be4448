package lyceum.sandbox.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is run in containers beside the programs themselves. It goes there as an argument of the shell, so that images
 * need nothing of ours; each says at its top what it does and takes. Tried with dash, bash and BusyBox.
 */
enum ContainerScript {
    SLEEP,
    UNPACK,
    RUN,
    SIGNAL,
    USED,
    COLLECT,
    PROOF;

    /** Where programs start and may write. */
    static final String DIRECTORY = "/w";
    /** Where the scripts keep what they have to tell one another. */
    static final String OURS = "/run/cell";
    /** By this name {@link #RUN} and {@link #PROOF} know that the first process is {@link #SLEEP}. */
    static final String FIRST_PROCESS = "lyceum-cell";

    private final String text = read().replaceAll("(?m)^ *#.*\n", "");

    /** @return a command that runs it */
    List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", text, this == SLEEP ? FIRST_PROCESS : lowerCase()));
        command.addAll(arguments);
        return command;
    }

    private String read() {
        try (InputStream file = ContainerScript.class.getResourceAsStream("container/" + lowerCase() + ".sh")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String lowerCase() {
        return name().toLowerCase(Locale.ROOT);
    }
}
