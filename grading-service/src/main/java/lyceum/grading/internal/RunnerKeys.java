package lyceum.grading.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/**
 * The keys of the runners that use the sealed envelope. A line is {@code runner-id:key}: the id 1 to 64 of {@code A-Z a-z
 * 0-9 . _ -}, the key at least 32 bytes without white space. Empty lines and those that begin with {@code #} count
 * nothing. A runner may have several keys, one a line: all of them open, so that a new one is given out before the old one
 * is taken away.
 *
 * <p>The AES key of a line is {@code HKDF-SHA-256(key bytes, no salt, "lyceum.envelope.v2")}, 32 bytes (RFC 5869). Neither
 * is ever shown.
 */
final class RunnerKeys {

    /** While one is replaced there are two; each more costs an attempt for every body. */
    static final int MAX_KEYS_OF_A_RUNNER = 4;

    private static final Pattern RUNNER = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern KEY = Pattern.compile("\\S{" + EnvelopeKey.BYTES + ",}");
    private static final byte[] PURPOSE = "lyceum.envelope.v2".getBytes(StandardCharsets.US_ASCII);

    private final Map<String, List<byte[]>> keys;

    private RunnerKeys(Map<String, List<byte[]>> keys) {
        this.keys = keys;
    }

    /**
     * Reads a file of keys, or all files of a directory whose names do not begin with a dot. Blocks.
     *
     * @throws IOException where they cannot be read
     * @throws IllegalArgumentException where a line is none, naming file and line number, never its text
     */
    static RunnerKeys read(Path path) throws IOException {
        Map<String, List<byte[]>> keys = new HashMap<>();
        if (Files.isDirectory(path)) {
            // A mounted secret is a directory of links, beside hidden ones that hold the same again.
            try (DirectoryStream<Path> files = Files.newDirectoryStream(path, RunnerKeys::isKeyFile)) {
                for (Path file : files) {
                    add(Files.readAllBytes(file), file.toString(), keys);
                }
            }
        } else {
            add(Files.readAllBytes(path), path.toString(), keys);
        }
        return new RunnerKeys(keys);
    }

    /** @return the keys that the content of a file tells; the name is for the message of a refusal */
    static RunnerKeys parse(byte[] content, String file) {
        Map<String, List<byte[]>> keys = new HashMap<>();
        add(content, file, keys);
        return new RunnerKeys(keys);
    }

    /** @return the AES keys of a runner, in the order of their lines; none where nobody knows it */
    List<byte[]> of(String runner) {
        return keys.getOrDefault(runner, List.of());
    }

    private static boolean isKeyFile(Path file) {
        return !file.getFileName().toString().startsWith(".") && Files.isRegularFile(file);
    }

    private static void add(byte[] content, String file, Map<String, List<byte[]>> keys) {
        List<String> lines =
                new String(content, StandardCharsets.ISO_8859_1).lines().toList();
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int colon = line.indexOf(':');
            String runner = line.substring(0, Math.max(colon, 0));
            String key = line.substring(colon + 1);
            if (!RUNNER.matcher(runner).matches() || !KEY.matcher(key).matches()) {
                throw new IllegalArgumentException("line " + number + " of " + file
                        + " is not runner-id:key with a key of at least " + EnvelopeKey.BYTES + " bytes");
            }
            List<byte[]> known = keys.computeIfAbsent(runner, id -> new ArrayList<>());
            if (known.size() == MAX_KEYS_OF_A_RUNNER) {
                throw new IllegalArgumentException(
                        "line " + number + " of " + file + " is more than the " + MAX_KEYS_OF_A_RUNNER + "th key");
            }
            known.add(derive(key.getBytes(StandardCharsets.ISO_8859_1)));
        }
    }

    private static byte[] derive(byte[] key) {
        HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
        hkdf.init(new HKDFParameters(key, null, PURPOSE));
        byte[] derived = new byte[EnvelopeKey.BYTES];
        hkdf.generateBytes(derived, 0, derived.length);
        return derived;
    }

    @Override
    public String toString() {
        return "RunnerKeys of " + keys.size() + " runners";
    }
}
