package lyceum.stream.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of streams as those of directories, and back. */
class DirectoryNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "main",
                "depthltCal",
                "event:recording:id",
                "detic:image",
                "a b+c",
                "ü\uD83D\uDE42",
                "100%",
                "%zz",
                "%2f",
                "...",
                ".hidden",
                "main.zip",
                "a\\b",
                "\n"
            })
    void leavesUsualNamesAsTheyAre(String stream) {
        assertThat(DirectoryName.of(stream)).contains(stream);
        assertThat(DirectoryName.stream(stream)).isEqualTo(stream);
    }

    @ParameterizedTest
    @CsvSource({
        "../../etc/passwd, ..%2F..%2Fetc%2Fpasswd",
        "/, %2F",
        "., %2E",
        ".., %2E%2E",
        "a%2Fb, a%252Fb",
        "%25, %2525",
        "%/, %%2F",
        "%2/, %2%2F"
    })
    void writesOtherwiseWhatNoDirectoryCanBeCalled(String stream, String directory) {
        assertThat(DirectoryName.of(stream)).contains(directory);
        assertThat(DirectoryName.stream(directory)).isEqualTo(stream);
    }

    @Test
    void writesNulOtherwise() {
        assertThat(DirectoryName.of("a\0b")).contains("a%00b");
        assertThat(DirectoryName.stream("a%00b")).isEqualTo("a\0b");
    }

    @ParameterizedTest
    @CsvSource({"é, %C3%A9", "a/\uD83D\uDE42, a%2F%F0%9F%99%82", "%é, %%C3%A9", "%C3, %25C3", "plain, plain"})
    void writesInAsciiWhereFilesHaveNothingElse(String stream, String directory) {
        assertThat(DirectoryName.of(stream, StandardCharsets.US_ASCII)).contains(directory);
        assertThat(DirectoryName.stream(directory)).isEqualTo(stream);
    }

    @Test
    void readsADirectoryOfOthersAsItIs() {
        assertThat(DirectoryName.stream("a%FF")).isEqualTo("a%FF");
    }

    @Test
    void takesNoNameThatIsTooLongForADirectory() {
        assertThat(DirectoryName.of("x".repeat(255))).isPresent();
        assertThat(DirectoryName.of("x".repeat(256))).isEmpty();
        assertThat(DirectoryName.of("/".repeat(85))).isPresent();
        assertThat(DirectoryName.of("/".repeat(86))).isEmpty();
    }
}
