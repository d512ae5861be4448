package lyceum.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of Node that holds clients of socket.io, and clicks when it is told to (social/load.mjs). */
final class ClickingClients implements AutoCloseable {

    private static final Pattern RESULT = Pattern.compile(
            "\\{\"clicks\":(\\d+),\"acknowledged\":(\\d+),\"shown\":(\\d+),\"p50\":([\\d.]+),\"p99\":([\\d.]+)}");

    private final Process process;
    private final BufferedReader answers;
    private final Writer orders;
    private final int clients;

    /**
     * What became of the clicks.
     *
     * @param shown how often one was shown to somebody
     * @param p50Millis from sending to being shown
     */
    record Result(long shown, double p50Millis, double p99Millis) {}

    /** Returns when all are connected. */
    ClickingClients(Path directory, int port, int clients, int perSecond) throws IOException {
        this.clients = clients;
        process = new ProcessBuilder("node", "load.mjs", text(port), text(clients), text(perSecond))
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = process.inputReader(StandardCharsets.UTF_8);
        orders = process.outputWriter(StandardCharsets.UTF_8);
        expect("connected".equals(answers.readLine()), "the clients could not connect");
    }

    private static String text(int number) {
        return Integer.toString(number);
    }

    /** @throws IOException where a click was not acknowledged, or not shown to everybody once */
    Result click(int seconds) throws IOException {
        orders.write(seconds + "\n");
        orders.flush();
        String line = answers.readLine();
        Matcher found = RESULT.matcher(line == null ? "" : line);
        expect(found.matches(), "the clients said: " + line);
        long clicks = Long.parseLong(found.group(1));
        long shown = Long.parseLong(found.group(3));
        expect(Long.parseLong(found.group(2)) == clicks && shown == clicks * clients, "not all came: " + line);
        return new Result(shown, Double.parseDouble(found.group(4)), Double.parseDouble(found.group(5)));
    }

    private static void expect(boolean holds, String otherwise) throws IOException {
        if (!holds) {
            throw new IOException(otherwise);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
