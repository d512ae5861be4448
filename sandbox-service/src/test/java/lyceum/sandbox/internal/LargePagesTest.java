package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An interpreter that replaces its own code while it runs it. */
class LargePagesTest {

    private static final String BEFORE = """
            import ctypes, hashlib, json, resource, sys
            sys.path.insert(0, sys.argv[1])
            import large
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

            def content(block):
                return hashlib.sha256(ctypes.string_at(block, large.BLOCK)).hexdigest()

            def areas(block):
                with open("/proc/self/maps") as maps:
                    for line in maps:
                        begin, end = (int(number, 16) for number in line.split(" ")[0].split("-"))
                        if begin < block + large.BLOCK and block < end:
                            yield begin <= block and block + large.BLOCK <= end, line.split()[1:]

            pages = [page for begin, end in large.unwritable() for page in range(begin, end, 4096)]

            def pages_of(block):
                return [page for page in pages if page // large.BLOCK * large.BLOCK == block]

            blocks = {page // large.BLOCK * large.BLOCK for page in pages}
            """;

    @TempDir
    private Path data;

    @Test
    void holdTheSameCodeAndCannotBeWrittenTo() throws Exception {
        Done done = python(BEFORE + """
                before = {block: content(block) for block in blocks if len(pages_of(block)) == 512}
                replaced = large.enlarge(pages)
                assert 0 < len(replaced) <= large.MOST_BLOCKS, replaced
                for block in replaced:
                    assert content(block) == before[block]
                    (whole, (permissions, _, _, inode)), = areas(block)
                    assert whole and permissions == "r-xp" and inode == "0", permissions
                print(json.dumps(sorted(n * n for n in range(4))), flush=True)
                ctypes.memset(min(replaced), 0, 1)
                """);

        assertThat(done.out()).isEqualTo("[0, 1, 4, 9]\n");
        assertThat(done.code()).isEqualTo(128 + 11);
    }

    @Test
    void areNotSpentOnCodeThatHardlyAnybodyRuns() throws Exception {
        Done done = python(BEFORE + """
                print(large.enlarge([page for block in blocks for page in pages_of(block)[: large.LEAST_TOUCHED - 1]]))
                """);

        assertThat(done).isEqualTo(new Done(0, "set()\n"));
    }

    private record Done(int code, String out) {}

    private Done python(String program) throws IOException, InterruptedException {
        Path scripts = CellScripts.unpack(new Unpacked(data));
        Path python = TestSandbox.python().executable();
        ProcessBuilder builder = new ProcessBuilder("" + python, "-c", program, "" + scripts);
        Process process = builder.redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Done(process.exitValue(), out);
    }
}
