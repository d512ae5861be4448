package lyceum.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a program can be run with by hand on this machine, each time in new processes. */
final class PlainTools {

    private static final String BWRAP = "/usr/bin/bwrap";
    private static final String UNSHARE = "/usr/bin/unshare";
    private static final String SETPRIV = "/usr/bin/setpriv --reuid=60998 --regid=60998 --clear-groups";
    private static final String PYTHON = "/usr/bin/python3 -I -S -c";

    /** All walls but the seccomp filter, which bubblewrap would want as a file. Never as root: see sandbox-service. */
    private static final String WALLS = BWRAP
            + " --unshare-all --unshare-user --disable-userns --die-with-parent --new-session --as-pid-1"
            + " --uid 1536 --gid 1536 --hostname sbx --setenv PATH /usr/bin --setenv HOME /w"
            + " --ro-bind /usr /usr --symlink usr/lib /lib --symlink usr/lib64 /lib64 --symlink usr/bin /bin"
            + " --proc /proc --dev /dev --size 16777216 --tmpfs /dev/shm --size 33554432 --tmpfs /tmp"
            + " --size 67108864 --tmpfs /w --remount-ro /dev --remount-ro / --chdir /w"
            + " /usr/bin/prlimit --as=536870912 --cpu=5:6 --nproc=32 --fsize=16777216 --nofile=64 --core=0"
            + " --stack=67108864";

    private PlainTools() {}

    /** @return commands that run the program, by name */
    static Map<String, List<String>> available(String program) {
        Map<String, List<String>> tools = new LinkedHashMap<>();
        boolean root = "root".equals(System.getProperty("user.name"));
        if (Files.exists(Path.of(BWRAP))) {
            tools.put("bwrap, all walls but seccomp", command((root ? SETPRIV + ' ' : "") + WALLS, program));
        }
        if (Files.exists(Path.of(UNSHARE))) {
            tools.put("unshare, namespaces only", command(UNSHARE + " -Urmpfniu --mount-proc", program));
        }
        tools.put("python3 without walls", command("", program));
        return tools;
    }

    private static List<String> command(String walls, String program) {
        List<String> command =
                new ArrayList<>(List.of((walls + ' ' + PYTHON).strip().split(" ")));
        command.add(program);
        return command;
    }

    /** @return what the command writes */
    static String output(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
