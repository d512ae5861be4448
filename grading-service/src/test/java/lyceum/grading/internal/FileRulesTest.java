package lyceum.grading.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** File rules, against what the original made of each path. */
class FileRulesTest {

    private static final JsonObject RECORDED = Fixture.json("file-rules.json");

    /** Where the original's own patterns were meant to match and do not (D13). */
    private static final Set<String> HIDDEN_BETTER =
            Set.of("main.pyc", "solution/._a.py", "solution/Thumbs.db", "solution/.DS_Store", "solution/a.pyc");

    private static Stream<JsonObject> recorded() {
        return Fixture.objects(RECORDED.getJsonArray("cases"));
    }

    private static FileRules.Action action(String name) {
        return FileRules.Action.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static XmlElement files(String member) throws BrokenHomework {
        return XmlElement.parse(Buffer.buffer(RECORDED.getString(member)), member);
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void decidesAsRecorded(JsonObject recorded) throws BrokenHomework {
        FileRules ofPackage = FileRules.ofPackage(HomeworkReader.rules(files("code_xml_files")));
        FileRules ofHomework = FileRules.ofHomework(HomeworkReader.rules(files("hw_xml_files")));
        String path = recorded.getString("path");
        FileRules.Action onUpload = FileRules.ofHandIn(path, ofPackage, ofHomework);
        if (HIDDEN_BETTER.contains(path)) {
            assertThat(onUpload).isEqualTo(FileRules.Action.HIDE);
            assertThat(ofPackage.shows(path)).isFalse();
            assertThat(ofHomework.shows(path)).isFalse();
            return;
        }
        String ofCode = recorded.getString("code_rules");
        if (ofCode.equals("none")) {
            assertThat(ofPackage.match(path)).isEmpty();
        } else {
            assertThat(ofPackage.match(path)).contains(action(ofCode));
        }
        assertThat(ofHomework.match(path).orElse(FileRules.Action.LOCK))
                .isEqualTo(action(recorded.getString("homework_rules")));
        assertThat(ofPackage.shows(path)).isEqualTo(recorded.getBoolean("in_code_package_zip"));
        assertThat(ofHomework.shows(path)).isEqualTo(recorded.getBoolean("in_homework_root_zip"));
        assertThat(onUpload)
                .isIn(
                        switch (recorded.getString("on_upload")) {
                            case "write" -> Set.of(FileRules.Action.ACCEPT);
                            case "reject" -> Set.of(FileRules.Action.DENY);
                            default -> Set.of(FileRules.Action.LOCK, FileRules.Action.HIDE);
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a/b/Thumbs.db", "a/__MACOSX/b", "__MACOSX", "a/.directory", "a/b/c.pyo", "a/._b", "pyhost/x.py"
            })
    void hidesDroppingsAnywhere(String path) throws BrokenHomework {
        XmlElement all = XmlElement.parse(Buffer.buffer("<files><ACCEPT> .* </ACCEPT></files>"), "files");
        FileRules rules = FileRules.ofPackage(HomeworkReader.rules(all));
        assertThat(rules.match(path)).contains(FileRules.Action.HIDE);
        assertThat(rules.match("src/main.py")).contains(FileRules.Action.ACCEPT);
        assertThat(rules.match("lib/coverage.py")).contains(FileRules.Action.ACCEPT);
    }

    @Test
    void deniesAPathThatAPatternTakesTooLongFor() throws BrokenHomework {
        XmlElement slow = XmlElement.parse(Buffer.buffer("<files><accept>(.*a){20}b</accept></files>"), "files");
        FileRules rules = FileRules.ofPackage(HomeworkReader.rules(slow));
        assertThat(rules.match("a".repeat(60))).contains(FileRules.Action.DENY);
        assertThat(rules.match("main.py")).isEmpty();
        assertThat(rules.match("a".repeat(AnchoredPattern.MAX_TEXT_CHARS + 1))).contains(FileRules.Action.DENY);
    }

    @Test
    void survivesAPatternThatGoesTooDeep() throws BrokenHomework {
        XmlElement deep = XmlElement.parse(Buffer.buffer("<files><accept>((a|b)|(c|d))*$</accept></files>"), "files");
        FileRules rules = FileRules.ofPackage(HomeworkReader.rules(deep));
        assertThat(rules.match("abcd".repeat(AnchoredPattern.MAX_TEXT_CHARS / 4)))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "(?P<x>a)(?P=x), aa, true",
                "(?P<x>a)(?P=x), ab, false",
                "a\\Z, a, true",
                "a\\Z, ab, false",
                "a$, ab, false",
                "a|b, bc, true",
                "^http://(localhost|127\\.0\\.0\\.1)[:/], http://127.0.0.1.example.invalid/, false"
            })
    void readsThePatternsOfPython(String pattern, String text, boolean matches) throws AnchoredPattern.Undecided {
        assertThat(AnchoredPattern.of(pattern).matches(text)).isEqualTo(matches);
        assertThat(AnchoredPattern.of(pattern).source()).isEqualTo(pattern);
    }

    @Test
    void refusesWhatIsNoRule() throws BrokenHomework {
        for (String rule :
                new String[] {"<allow>a</allow>", "<accept>(</accept>", "<hide>" + "a".repeat(1025) + "</hide>"}) {
            XmlElement files = XmlElement.parse(Buffer.buffer("<files>" + rule + "</files>"), "files");
            assertThatThrownBy(() -> HomeworkReader.rules(files)).isInstanceOf(BrokenHomework.class);
        }
    }
}
