package lyceum.gateway.judge0;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import lyceum.gateway.sandbox.SandboxExamples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Judge0LanguagesTest {

    private final Judge0Languages languages = new Judge0Languages(SandboxExamples.LANGUAGES.languages());

    @Test
    void givesNoIdTwice() {
        assertThat(Arrays.stream(LanguageFamily.values()).flatMap(family -> family.ids().stream()))
                .doesNotHaveDuplicates();
    }

    @Test
    void listsWhatCanBeUsedByNameWithTheVersionThatIsHere() {
        assertThat(languages.active().stream().map(Object::toString))
                .containsExactly(
                        "{\"id\":48,\"name\":\"C (GCC 12.2.0)\"}",
                        "{\"id\":49,\"name\":\"C (GCC 12.2.0)\"}",
                        "{\"id\":50,\"name\":\"C (GCC 12.2.0)\"}",
                        "{\"id\":75,\"name\":\"C (GCC 12.2.0)\"}",
                        "{\"id\":103,\"name\":\"C (GCC 12.2.0)\"}",
                        "{\"id\":104,\"name\":\"C (GCC 12.2.0)\"}",
                        "{\"id\":110,\"name\":\"C (GCC 12.2.0)\"}",
                        "{\"id\":62,\"name\":\"Java (OpenJDK 17.0.12+7)\"}",
                        "{\"id\":91,\"name\":\"Java (OpenJDK 17.0.12+7)\"}",
                        "{\"id\":63,\"name\":\"JavaScript (Node.js 18.19)\"}",
                        "{\"id\":93,\"name\":\"JavaScript (Node.js 18.19)\"}",
                        "{\"id\":97,\"name\":\"JavaScript (Node.js 18.19)\"}",
                        "{\"id\":102,\"name\":\"JavaScript (Node.js 18.19)\"}",
                        "{\"id\":71,\"name\":\"Python (3.11.2)\"}",
                        "{\"id\":92,\"name\":\"Python (3.11.2)\"}",
                        "{\"id\":100,\"name\":\"Python (3.11.2)\"}",
                        "{\"id\":109,\"name\":\"Python (3.11.2)\"}");
    }

    @Test
    void listsWhatIsNotHereAsArchived() {
        assertThat(languages.all())
                .contains(
                        new JsonObject()
                                .put("id", 71)
                                .put("name", "Python (3.11.2)")
                                .put("is_archived", false),
                        new JsonObject().put("id", 73).put("name", "Rust").put("is_archived", true),
                        new JsonObject().put("id", 46).put("name", "Bash").put("is_archived", true));
    }

    @Test
    void describesOne() {
        assertThat(languages.describe("62").orElseThrow().encode())
                .isEqualTo("{\"id\":62,\"name\":\"Java (OpenJDK 17.0.12+7)\",\"is_archived\":false,"
                        + "\"source_file\":\"Main.java\",\"compile_cmd\":null,\"run_cmd\":null}");
        assertThat(languages.describe("73").orElseThrow().getBoolean("is_archived"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "070", "70", "-71", "71.0", "x", "99999999999999999999"})
    void describesNoOther(String id) {
        assertThat(languages.describe(id)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"51,language with id 51 doesn't exist", "73,language with id 73 is archived and cannot be used anymore"
    })
    void saysWhyOneCannotBeUsed(String id, String complaint) {
        assertThat(languages.complaint(id)).contains(complaint);
        assertThat(languages.complaint("71")).isEmpty();
    }
}
