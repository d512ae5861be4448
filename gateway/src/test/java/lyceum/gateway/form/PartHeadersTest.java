package lyceum.gateway.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the headers of a part say. */
class PartHeadersTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "form-data; name=\"a\" | a | false",
                "form-data; name=a | a | false",
                "form-data;NAME=\"a b\" | a b | false",
                "form-data; name=\"a\\\"b\" | a\"b | false",
                "form-data; name=\"제목\" | 제목 | false",
                "form-data; name=\"f\"; filename=\"x.webm\" | f | true",
                "form-data; filename=\"x.webm\"; name=\"f\" | f | true",
                "form-data; name=\"f\"; filename=\"\" | f | false",
                "form-data; name=\"f\"; filename*=UTF-8''x | f | true",
                "form-data; name=\"a; filename=b\" | a; filename=b | false",
                "form-data; filename=\"x; name=y\"; name=\"f\" | f | true",
                "form-data | '' | false",
                "'' | '' | false"
            })
    void readsNameAndKind(String disposition, String name, boolean isFile) {
        PartHeaders headers = PartHeaders.parse(
                "\r\nX-Name: ; name=wrong\r\ncontent-disposition: " + disposition + "\r\nContent-Type: text/plain");

        assertThat(headers.name()).isEqualTo(name);
        assertThat(headers.isFileFor(new Fields())).isEqualTo(isFile);
        assertThat(headers.charset().name()).isEqualTo("UTF-8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "form-data; name=a | -",
                "form-data; name=a; filename=\"x.webm\" | x.webm",
                "form-data; name=a; filename=\"\" | ''",
                "form-data; name=a; filename=\"日 \\\"b\\\"\" | 日 \"b\"",
                "form-data; name=a; filename*=utf-8''%E6%97%A5+b%20c | 日+b c",
                "form-data; name=a; filename*=ISO-8859-1'en'%E9 | é",
                "form-data; name=a; filename=plain; filename*=UTF-8''other | plain",
                "form-data; name=a; filename*=bad | bad",
                "form-data; name=a; filename*=UTF-8''%zz | UTF-8''%zz",
                "form-data; name=a; filename*=nope''x | nope''x"
            })
    void readsTheFileName(String disposition, String fileName) {
        PartHeaders headers = PartHeaders.parse("Content-Disposition: " + disposition);

        assertThat(headers.fileName()).isEqualTo(fileName);
    }

    @Test
    void readsNamesOfAnyLength() {
        assertThat(PartHeaders.parse("Content-Disposition: form-data; name=\"" + "\\x".repeat(100_000) + '"')
                        .name())
                .hasSize(100_000);
    }

    @Test
    void readsTheCharset() {
        assertThat(PartHeaders.parse("\r\nContent-Type: text/plain; charset=latin1")
                        .charset()
                        .name())
                .isEqualTo("ISO-8859-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7bit", "8BIT", " binary ", ""})
    void takesWhatIsNotEncoded(String encoding) {
        assertThat(PartHeaders.parse("Content-Transfer-Encoding:" + encoding)).isEqualTo(PartHeaders.parse(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"base64", "Quoted-Printable", "x-uuencode"})
    void refusesWhatIsEncoded(String encoding) {
        assertThatThrownBy(() -> PartHeaders.parse("X: y\r\ncontent-transfer-encoding: " + encoding + "\r\nX: z"))
                .isInstanceOf(EncodedPart.class)
                .hasMessage("a part of the form is encoded as " + encoding);
    }

    @Test
    void readsNothingOutOfNothing() {
        assertThat(PartHeaders.parse("")).isEqualTo(PartHeaders.parse("\r\nX: y"));
    }
}
