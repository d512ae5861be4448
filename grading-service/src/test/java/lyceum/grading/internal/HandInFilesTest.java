package lyceum.grading.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import lyceum.grading.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the rules take of the recorded hand-ins. */
class HandInFilesTest {

    private static Homework homework(String slug) throws IOException, BrokenHomework {
        Map<String, Buffer> files = Folder.of(Fixture.directory("homework/" + slug));
        files.keySet().removeIf(path -> path.startsWith("submissions/"));
        return new HomeworkReader(ZoneOffset.UTC).read(slug, files);
    }

    private static HandInFiles take(Homework homework, Map<String, Buffer> handIn) throws ArchiveRefusal {
        Packed packed = new Packed();
        handIn.forEach((path, content) -> packed.add(path, content.toString()));
        Map<String, Buffer> files = Archives.unpack("a.zip", Buffer.buffer(packed.zip()), ArchiveLimits.OF_HAND_IN);
        return HandInFiles.take(files, homework, homework.packages().get("python"));
    }

    @ParameterizedTest
    @CsvSource({
        "roman, perfect, roman.py",
        "roman, wrapped, roman.py lib/extra.py",
        "roman, hijack, roman.py",
        "roman, overwrites-judge, roman.py",
        "clamp, overwrite, test_some.py",
        "clamp, full, test_clamp.py",
        "clamp, no-tests, ''"
    })
    void takeWhatTheRulesAccept(String slug, String handIn, String taken) throws IOException, BrokenHomework {
        Map<String, Buffer> files = Folder.of(Fixture.directory("homework/" + slug + "/submissions/" + handIn));
        HandInFiles result = take(homework(slug), files);
        assertThat(result.rejection()).isNull();
        assertThat(result.taken().keySet()).isEqualTo(taken.isEmpty() ? Set.of() : Set.of(taken.split(" ")));
    }

    @ParameterizedTest
    @CsvSource({"denied, setup.exe", "denied-by-homework, secret.txt"})
    void rejectADeniedFile(String handIn, String file) throws IOException, BrokenHomework {
        HandInFiles result =
                take(homework("roman"), Folder.of(Fixture.directory("homework/roman/submissions/" + handIn)));
        assertThat(result.taken()).isEmpty();
        assertThat(result.rejection())
                .isEqualTo(new Text("Archive contains denied file %(filename)s.", Map.of("filename", file)));
    }

    @Test
    void leaveFilesThatStandInTheWayOfThePackage() throws IOException, BrokenHomework {
        Map<String, Buffer> files = Folder.homework("""
                <homework><uuid>0a51c7e2f3b84d6c9e10a2b3c4d5e6f7</uuid><names><name lang="en">One</name></names>
                <deadlines/><files/></homework>""", """
                <code><runner entry="judge.py"/><reportCompile>1</reportCompile><reportRuntime>1</reportRuntime>
                <files><lock>judge.py$</lock><accept>.*</accept></files></code>""");
        files.put("code/python/given/data.csv", Buffer.buffer("1"));
        Homework homework = new HomeworkReader(ZoneOffset.UTC).read("one", files);
        Map<String, Buffer> handIn =
                Map.of("given", Buffer.buffer("x"), "judge.py/x", Buffer.buffer("x"), "main.py", Buffer.buffer("x"));
        assertThat(take(homework, handIn).taken()).containsOnlyKeys("main.py");
    }
}
