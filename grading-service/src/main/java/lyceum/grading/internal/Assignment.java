package lyceum.grading.internal;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * One hand-in, ready to be judged.
 *
 * @param id of the hand-in
 * @param homework its uuid
 * @param entry the judge's script, one of the judge's files
 * @param timeout of the whole, from the start of the judge
 * @param judgeFiles files of the package, by path below the working directory: the judge sees all of them
 * @param sharedFiles names of those that the student's code may see too; the others are secrets of the judge
 * @param studentFiles what the student handed in and the rules took, by path; replaces a file of the package of that name
 * @param data what the student handed in as CSV, found as {@code data.csv}; or null
 * @param remote the address that the student handed in; or null
 */
record Assignment(
        String id,
        String homework,
        String entry,
        Duration timeout,
        Map<String, Buffer> judgeFiles,
        Set<String> sharedFiles,
        Map<String, Buffer> studentFiles,
        String data,
        Remote remote) {

    /**
     * The only place in the network that a judge can reach.
     *
     * @param url as handed in, with no letters beyond ASCII behind its host
     * @param ip the address its host was found at, the only one that is connected to
     * @param urlRule what the URL had to match, or null
     * @param ipRule what the address had to match, or null
     */
    record Remote(String url, String ip, String urlRule, String ipRule) {}
}
