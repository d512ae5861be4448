package lyceum.grading.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folders of homework, the recorded ones and broken ones. */
class HomeworkReaderTest {

    private static final String HW = """
            <homework><uuid> 0a51c7e2f3b84d6c9e10a2b3c4d5e6f7 </uuid><names><name lang="en">One</name></names>
            <deadlines><due><date>2098-01-31 23:59:59</date><scale>1.0</scale></due></deadlines><files/></homework>""";

    private static final String CODE = """
            <code><runner entry="judge.py"/><reportCompile>YES</reportCompile><reportRuntime>0</reportRuntime></code>""";

    private final HomeworkReader reader = new HomeworkReader(ZoneOffset.UTC);
    private final HomeworkDirectory directory = new HomeworkDirectory(reader, ArchiveLimits.OF_HOMEWORK);

    private Homework recorded(String slug) throws IOException {
        return directory.read(Fixture.directory("homework"), new ShelfRoom(1 << 20, 0)).homework().stream()
                .filter(homework -> homework.slug().equals(slug))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void readsTheRecordedHomework() throws IOException {
        HomeworkDirectory.Contents contents = directory.read(Fixture.directory("homework"), new ShelfRoom(1 << 20, 0));
        assertThat(contents.broken()).isEmpty();
        assertThat(contents.homework())
                .extracting(Homework::slug)
                .containsExactly("calendar", "clamp", "echoapi", "roman", "stack");
        Fixture.json("homework/expected.json")
                .getJsonObject("homework_uuids")
                .forEach(entry -> assertThat(contents.homework())
                        .anyMatch(homework -> homework.slug().equals(entry.getKey())
                                && homework.uuid().equals(entry.getValue())));
        Fixture.json("homework/expected.json")
                .getJsonObject("languages")
                .forEach(entry -> assertThat(contents.homework())
                        .anyMatch(homework -> homework.slug().equals(entry.getKey())
                                && homework.packages().containsKey(entry.getValue())));
    }

    @Test
    void readsWhatAPackageSays() throws IOException {
        CodePackage python = recorded("roman").packages().get("python");
        assertThat(python.entry()).isEqualTo("judge.py");
        assertThat(python.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(python.attachment()).isTrue();
        assertThat(python.reportCompile()).isFalse();
        assertThat(python.form()).isEqualTo(CodePackage.Form.ARCHIVE);
        assertThat(python.files()).containsOnlyKeys("judge.py", "roman.py");
        assertThat(python.sharedFiles()).containsExactly("roman.py");
        assertThat(python.showsDetails("pyhost.scorer.CodeStyleScorer")).isTrue();
        assertThat(python.showsDetails("CodeStyleScorer")).isTrue();
        assertThat(python.showsDetails("UnitTestScorer")).isFalse();
        assertThat(python.showsDetails(null)).isFalse();
        CodePackage netapi = recorded("echoapi").packages().get("netapi");
        assertThat(netapi.url().source()).isEqualTo("^http://(localhost|127\\.0\\.0\\.1)[:/]");
        assertThat(netapi.ip().source()).isEqualTo("^127\\.0\\.0\\.1$");
        assertThat(recorded("calendar").packages().get("input").attachment()).isFalse();
    }

    @Test
    void saysItInTheLanguageOfWhoLooks() throws IOException {
        Homework roman = recorded("roman");
        assertThat(roman.wording(Language.preferred("fr-FR"), Language.ENGLISH).title())
                .isEqualTo("Chiffres romains");
        assertThat(roman.wording(Language.preferred("de"), Language.ENGLISH).title())
                .isEqualTo("Roman numerals");
        assertThat(roman.file("en.md")).isPresent();
        assertThat(roman.file("../hw.xml")).isEmpty();
        assertThat(roman.deadlines())
                .hasSize(3)
                .first()
                .satisfies(deadline -> assertThat(deadline.due()).isEqualTo("2098-01-31T22:59:59Z"));
    }

    @Test
    void readsSettingsAsTheOriginalDoes() throws BrokenHomework {
        Homework homework = reader.read("one", Folder.homework(HW, CODE));
        CodePackage python = homework.packages().get("python");
        assertThat(python.attachment()).isTrue();
        assertThat(python.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(python.reportCompile()).isTrue();
        assertThat(python.reportRuntime()).isFalse();
        assertThat(python.url()).isNull();
        assertThat(homework.wordings().get(0).solution()).isNull();

        String more = CODE.replace("<runner", """
                <attachment>maybe</attachment><scorers><scorer name="A" detail="on"/><scorer name="B"/></scorers><runner""");
        Map<String, Buffer> files = Folder.homework(HW, more.replace("0<", "1<"));
        files.put("solve/en.md", Buffer.buffer("42"));
        Homework other = reader.read("one", files);
        assertThat(other.wordings().get(0).solution()).isEqualTo("42");
        assertThat(other.packages().get("python").attachment()).isFalse();
        assertThat(other.packages().get("python").showsDetails("B")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "EST,2098-02-01T04:59:59Z",
        "MST,2098-02-01T06:59:59Z",
        "HST,2098-02-01T09:59:59Z",
        "ROC,2098-01-31T15:59:59Z",
        "Asia/Shanghai,2098-01-31T15:59:59Z"
    })
    void knowsTheTimeZonesThatTheOriginalKnows(String zone, Instant due) throws BrokenHomework {
        String withZone = HW.replace("<date>", "<timezone>" + zone + "</timezone><date>");

        assertThat(reader.read("one", Folder.homework(withZone, CODE)).deadlines())
                .extracting(Deadline::due)
                .containsExactly(due);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "<uuid> | <uuid>x | uuid is not 32 hexadecimal digits",
                "<uuid> 0a51c7e2f3b84d6c9e10a2b3c4d5e6f7 </uuid> | `` | there is no uuid in homework",
                "lang=\"en\" | lang=\"fr\" | there is no desc/fr.md",
                "lang=\"en\" | lang=\"../en\" | lang=\"../en\" of a name is no language",
                "<name lang=\"en\">One</name> | `` | there is no name in names",
                "2098-01-31 | 2098-02-31 | due date \"2098-02-31 23:59:59\" does not exist",
                "1.0</scale> | NaN</scale> | scale \"NaN\" is no decimal number",
                "<date> | <timezone>Mars/Olympus</timezone><date> | there is no time zone \"Mars/Olympus\"",
                "<files/> | `` | there is no files in homework",
                "<files/> | <files><allow>a</allow></files> | allow is no rule for files",
                "</homework> | `` | hw.xml, line 2",
                "<homework> | <!DOCTYPE homework SYSTEM \"http://127.0.0.1:1/x\"><homework> | hw.xml, line 1: DOCTYPE is disallowed",
                "entry=\"judge.py\" | `` | code/python: runner has no entry",
                "entry=\"judge.py\" | entry=\"../judge.py\" | code/python: there is no ../judge.py",
                "entry= | timeout=\"3.5\" entry= | code/python: timeout=\"3.5\" is no number of whole seconds",
                "entry= | timeout=\"0\" entry= | code/python: timeout is not 1 to 3600 seconds",
                "entry= | timeout=\"3601\" entry= | code/python: timeout is not 1 to 3600 seconds",
                "<reportRuntime>0</reportRuntime> | `` | code/python: there is no reportRuntime in code",
                "<runner | <compiler url=\"(\"/><runner | code/python: pattern \"(\": unclosed group",
                "<runner | <scorers><scorer/></scorers><runner | code/python: a scorer has no name"
            })
    void tellsWhatIsBroken(String part, String instead, String reason) {
        assertThat(HW + CODE).contains(part);
        Map<String, Buffer> files = Folder.homework(HW.replace(part, instead), CODE.replace(part, instead));
        assertThatThrownBy(() -> reader.read("one", files))
                .isInstanceOf(BrokenHomework.class)
                .hasMessageContaining(reason)
                .hasMessageNotContaining("\n");
    }

    @Test
    void tellsOfFilesThatAreMissingOrCannotBe() {
        Map<String, Buffer> noPackage = Folder.homework(HW, CODE);
        noPackage.put("code/ruby/code.xml", Buffer.buffer(CODE));
        assertThatThrownBy(() -> reader.read("one", noPackage))
                .hasMessage("code/ruby: there is no such kind of package");

        Map<String, Buffer> noSettings = Folder.homework(HW, CODE);
        noSettings.put("code/java/Judge.java", Buffer.buffer());
        assertThatThrownBy(() -> reader.read("one", noSettings)).hasMessage("code/java: there is no code.xml");

        Map<String, Buffer> leaving = Folder.homework(HW, CODE);
        leaving.put("desc/en.md", Buffer.buffer("![](hw://img/../../hw.xml)"));
        assertThatThrownBy(() -> reader.read("one", leaving)).hasMessageContaining("leaves the folder");

        Map<String, Buffer> noText = Folder.homework(HW, CODE);
        noText.put("desc/en.md", Buffer.buffer(new byte[] {(byte) 0xff}));
        assertThatThrownBy(() -> reader.read("one", noText)).hasMessage("desc/en.md is not UTF-8");

        assertThatThrownBy(() -> reader.read("../one", Folder.homework(HW, CODE)))
                .isInstanceOf(BrokenHomework.class);
        String long_ = HW.replace("<files/>", "<files/><x>" + "x".repeat(256 * 1024) + "</x>");
        assertThatThrownBy(() -> reader.read("one", Folder.homework(long_, CODE)))
                .hasMessage("hw.xml has more than 262144 bytes");
    }

    @Test
    void leavesBrokenFoldersOutAndTellsWhy(@TempDir Path root) throws IOException {
        write(root, "good", HW);
        write(root, "same", HW);
        write(root, "worse", "<homework>");
        Files.createDirectories(root.resolve("none"));
        write(root, "linked", HW.replace("0a51", "0b51"));
        Files.createSymbolicLink(root.resolve("linked/link"), Path.of("hw.xml"));
        HomeworkDirectory.Contents contents = directory.read(root, new ShelfRoom(1 << 20, 0));

        assertThat(contents.homework()).extracting(Homework::slug).containsExactly("good");
        assertThat(contents.broken()).containsOnlyKeys("same", "worse", "linked");
        assertThat(contents.broken()).containsEntry("same", "its uuid is that of good");
        assertThat(contents.broken()).containsEntry("linked", "link is no file");
        assertThatThrownBy(() -> directory.read(root.resolve("absent"), new ShelfRoom(1 << 20, 0)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void readsFoldersWithinLimitsOnly(@TempDir Path root) throws IOException {
        write(root, "one", HW);
        ArchiveLimits few = new ArchiveLimits(3, 1 << 20, 100, 16);
        assertThat(new HomeworkDirectory(reader, few)
                        .read(root, new ShelfRoom(1 << 20, 0))
                        .broken())
                .containsEntry("one", "it has more than 3 files");
        ArchiveLimits small = new ArchiveLimits(4, 100, 100, 16);
        assertThat(new HomeworkDirectory(reader, small)
                        .read(root, new ShelfRoom(1 << 20, 0))
                        .broken())
                .containsEntry("one", "its files have more than 100 bytes");
    }

    private static void write(Path root, String slug, String hw) throws IOException {
        for (Map.Entry<String, Buffer> file : Folder.homework(hw, CODE).entrySet()) {
            Path path = root.resolve(slug).resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue().getBytes());
        }
    }

    @Test
    void givesStudentsWhatTheRulesShow() throws IOException, BrokenHomework {
        Map<String, Buffer> files = Folder.homework(
                HW.replace("<files/>", "<files><hide>teacher</hide></files>"),
                CODE.replace("<runner", "<files><hide>judge</hide></files><runner"));
        files.put("data/a.csv", Buffer.buffer("1"));
        files.put("teacher/b.txt", Buffer.buffer("2"));
        files.put("code/python/lib/c.py", Buffer.buffer("3"));
        files.put("code/python/lib/c.pyc", Buffer.buffer("4"));
        Homework homework = reader.read("one", files);
        Buffer zip = Attachment.zip(homework, homework.packages().get("python"));

        List<String> entries = new ArrayList<>();
        String content = "";
        try (ZipInputStream stream = new ZipInputStream(new ByteArrayInputStream(zip.getBytes()))) {
            for (ZipEntry entry; (entry = stream.getNextEntry()) != null; ) {
                entries.add(entry.getName());
                content += new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
        assertThat(entries).containsExactly("one/", "one/data/", "one/data/a.csv", "one/lib/", "one/lib/c.py");
        assertThat(content).isEqualTo("13");
        assertThat(Attachment.zip(homework, homework.packages().get("python"))).isEqualTo(zip);
    }
}
