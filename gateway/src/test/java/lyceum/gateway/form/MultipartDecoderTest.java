package lyceum.gateway.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Multipart forms (RFC 7578), however they are cut. */
class MultipartDecoderTest {

    private static final long LIMIT_BYTES = 1_000;

    @Test
    void readsTextsAndFiles() {
        assertFields(
                part("name=\"title\"", "Loops") + part("name=\"f\"; filename=\"a.webm\"", "\0\r\n--not\r\n") + end(),
                "title=Loops",
                "f:\0\r\n--not\r\n");
    }

    @Test
    void keepsEmptyValuesAndRepeatedNames() {
        assertFields(
                part("name=\"a\"", "") + part("name=\"a\"", "2") + part("name=\"f\"; filename=\"x\"", "") + end(),
                "a=",
                "a=2",
                "f:");
    }

    @Test
    void readsAPartWhoseFileNameIsEmptyAsAText() {
        assertFields(part("name=\"f\"; filename=\"\"", "x") + end(), "f=x");
    }

    @Test
    void skipsWhatStandsBeforeAndBehindTheParts() {
        assertFields("preamble\r\n--b\r\n" + "\r\n" + part("name=\"a\"", "1") + end() + "\r\n--B\r\nepilogue", "a=1");
    }

    @Test
    void keepsWhatLooksLikeABoundary() {
        for (String value : List.of("\r\n--", "\r\n--B", "\n--BB", "--BB", "\r\r\n--B\r\n--B", "\r\n", "\r")) {
            assertFields(part("name=\"a\"", value) + end(), "a=" + value);
        }
    }

    @Test
    void readsPartsWithSpacesBehindTheBoundaryAndWithoutHeaders() {
        assertFields("--BB  \r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--BB\r\n\r\n2" + end(), "a=1", "=2");
    }

    @Test
    void refusesABodyThatEndsTooEarlyWhereverThatIs() {
        String whole = part("name=\"a\"", "12") + part("name=\"f\"; filename=b", "34") + end();
        for (int length = 0; length < whole.length(); length++) {
            byte[] body = bytes(whole.substring(0, length));

            assertThatThrownBy(() -> read(List.of(body))).isInstanceOf(FormCutOff.class);
        }
    }

    @Test
    void endsNoValueOfABodyThatEndsTooEarly() {
        Fields fields = new Fields();
        MultipartDecoder decoder = new MultipartDecoder(fields, "BB", LIMIT_BYTES);
        decoder.feed(bytes(part("name=\"a\"", "1") + part("name=\"b\"", "2")));

        assertThatThrownBy(decoder::end).isInstanceOf(FormCutOff.class);

        assertThat(fields.all()).containsExactly("a=1", "b=…");
    }

    @Test
    void readsATextInItsCharsetAndAFileAsItIs() {
        byte[] body =
                ("--BB\r\nContent-Disposition: form-data; name=a\r\nContent-Type: text/plain; charset=latin1\r\n\r\n"
                                + "\u00e9" + "\r\n--BB\r\nContent-Disposition: form-data; name=b\r\n\r\n" + "\u00e9"
                                + end())
                        .getBytes(StandardCharsets.ISO_8859_1);

        Cuts.forEach(body, pieces -> assertThat(read(pieces)).containsExactly("a=é", "b=\uFFFD"));
    }

    @Test
    void refusesAnUnknownCharset() {
        String body =
                "--BB\r\nContent-Disposition: form-data; name=a\r\nContent-Type: text/plain; charset=none\r\n\r\n";

        assertThatThrownBy(() -> read(List.of(bytes(body)))).isInstanceOf(UnknownCharset.class);
    }

    @Test
    void takesAFileWhateverCharsetItsTypeNames() {
        assertFields(
                "--BB\r\nContent-Disposition: form-data; name=f; filename=\"x.webm\"\r\n"
                        + "Content-Type: audio/webm; charset=binary\r\n\r\nsound" + end(),
                "f:sound");
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 1_001, 5_000})
    void refusesAValueOfTheLimit(int length) {
        byte[] body = bytes(part("name=\"a\"", "x".repeat(length)) + end());

        Cuts.forEach(
                body,
                pieces -> assertThatThrownBy(() -> read(pieces))
                        .isInstanceOf(FormTooLarge.class)
                        .hasMessageStartingWith("Maximum request body size 1000 exceeded, actual body size "));
    }

    @Test
    void takesEachValueBelowTheLimit() {
        String value = "x".repeat(999);

        assertFields(
                part("name=\"a\"", value) + part("name=\"b\"; filename=\"b\"", value) + end(),
                "a=" + value,
                "b:" + value);
    }

    @Test
    void refusesHeadersWithoutEnd() {
        byte[] body = bytes("--BB\r\n" + "X: y\r\n".repeat(2_000));

        Cuts.forEach(body, pieces -> assertThatThrownBy(() -> read(pieces)).isInstanceOf(FormTooLarge.class));
    }

    private static String part(String disposition, String value) {
        return "\r\n--BB\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + value;
    }

    private static String end() {
        return "\r\n--BB--";
    }

    private static void assertFields(String body, String... fields) {
        Cuts.forEach(bytes(body), pieces -> assertThat(read(pieces)).containsExactly(fields));
    }

    private static List<String> read(List<byte[]> pieces) {
        Fields fields = new Fields();
        MultipartDecoder decoder = new MultipartDecoder(fields, "BB", LIMIT_BYTES);
        pieces.forEach(decoder::feed);
        decoder.end();
        return fields.all();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
