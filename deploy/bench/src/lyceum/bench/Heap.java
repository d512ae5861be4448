package lyceum.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The heap of a suite, as its metrics tell. */
final class Heap {

    private static final Pattern USED =
            Pattern.compile("^jvm_memory_used_bytes\\{area=\"heap\".*} (\\S+)$", Pattern.MULTILINE);
    private static final double MIB = 1024 * 1024;
    private static final long COLLECTION_LIMIT_SECONDS = 30;

    private Heap() {}

    /** @return what is used, garbage included */
    static double usedMib(Http management) throws IOException, InterruptedException {
        return USED.matcher(management.get("/metrics"))
                        .results()
                        .mapToDouble(used -> Double.parseDouble(used.group(1)))
                        .sum()
                / MIB;
    }

    /** @return what is used when a collection has just been made */
    static double livingMib(Suite suite) throws IOException, InterruptedException {
        Process collection = new ProcessBuilder("jcmd", Long.toString(suite.pid()), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!collection.waitFor(COLLECTION_LIMIT_SECONDS, TimeUnit.SECONDS) || collection.exitValue() != 0) {
            throw new IOException("jcmd could not make the suite collect its garbage");
        }
        return usedMib(new Http(suite.managementPort()));
    }
}
