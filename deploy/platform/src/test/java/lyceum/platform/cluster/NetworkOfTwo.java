package lyceum.platform.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Two network namespaces of Linux with a cable between them, which can be pulled. For root only. */
final class NetworkOfTwo {

    static final String LEFT_ADDRESS = "10.231.77.1";
    static final String RIGHT_ADDRESS = "10.231.77.2";

    private static final String NOBODY = "02:00:00:00:00:77";

    private final String left = "lyceum-l" + ProcessHandle.current().pid();
    private final String right = "lyceum-r" + ProcessHandle.current().pid();

    /** @return whether this machine lets us */
    static boolean isPossible() {
        try {
            return run("unshare", "-n", "true") == 0 && run("ip", "netns", "list") == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    NetworkOfTwo() throws IOException, InterruptedException {
        must("ip", "netns", "add", left);
        must("ip", "netns", "add", right);
        must("ip", "link", "add", "cable", "netns", left, "type", "veth", "peer", "name", "cable", "netns", right);
        plug(left, LEFT_ADDRESS);
        plug(right, RIGHT_ADDRESS);
    }

    private static void plug(String side, String address) throws IOException, InterruptedException {
        must("ip", "-n", side, "address", "add", address + "/24", "dev", "cable");
        must("ip", "-n", side, "link", "set", "lo", "up");
        must("ip", "-n", side, "link", "set", "cable", "up");
    }

    /** @return the command, as it is to be run at a side */
    List<String> at(String address, List<String> command) {
        List<String> there =
                new ArrayList<>(List.of("ip", "netns", "exec", address.equals(LEFT_ADDRESS) ? left : right));
        there.addAll(command);
        return there;
    }

    /** Nothing arrives any more, and nobody is told: each side takes the other for another machine than it is. */
    void cut() throws IOException, InterruptedException {
        for (String[] way : ways()) {
            must("ip", "-n", way[0], "neigh", "replace", way[1], "lladdr", NOBODY, "dev", "cable", "nud", "permanent");
        }
    }

    void mend() throws IOException, InterruptedException {
        for (String[] way : ways()) {
            must("ip", "-n", way[0], "neigh", "del", way[1], "dev", "cable");
        }
    }

    private String[][] ways() {
        return new String[][] {{left, RIGHT_ADDRESS}, {right, LEFT_ADDRESS}};
    }

    /** Takes it away, with the cable in it. */
    void remove() throws IOException, InterruptedException {
        run("ip", "netns", "delete", left);
        run("ip", "netns", "delete", right);
    }

    private static void must(String... command) throws IOException, InterruptedException {
        int status = run(command);
        if (status != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + status);
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + " does not end");
        }
        return process.exitValue();
    }
}
