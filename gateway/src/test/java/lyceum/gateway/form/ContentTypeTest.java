package lyceum.gateway.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Content types of forms and of their parts. */
class ContentTypeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/x-www-form-urlencoded | application/x-www-form-urlencoded | UTF-8 | ''",
                "Application/X-WWW-Form-URLencoded;Charset=EUC-KR | application/x-www-form-urlencoded | EUC-KR | ''",
                "' text/plain ; charset=\"latin1\"' | text/plain | ISO-8859-1 | ''",
                "multipart/form-data; boundary=--x--y | multipart/form-data | UTF-8 | --x--y",
                "multipart/form-data; boundary=\"a;charset=b c\" | multipart/form-data | UTF-8 | a;charset=b c",
                "multipart/form-data;boundary=x; charset=utf-8 | multipart/form-data | UTF-8 | x",
                "multipart/form-data; x=\";boundary=y\"; boundary=z | multipart/form-data | UTF-8 | z",
                "multipart/form-data | multipart/form-data | UTF-8 | ''",
                "'' | '' | UTF-8 | ''"
            })
    void readsWhatFormsNeed(String header, String mediaType, String charset, String boundary) {
        ContentType type = ContentType.parse(header);

        assertThat(type.mediaType()).isEqualTo(mediaType);
        assertThat(type.charset().name()).isEqualTo(charset);
        assertThat(type.boundary()).isEqualTo(boundary);
    }

    @ParameterizedTest
    @CsvSource({
        "latin-1,ISO-8859-1",
        "latin_1,ISO-8859-1",
        "Latin 1,ISO-8859-1",
        "latin1,ISO-8859-1",
        "latin,ISO-8859-1",
        "L1,ISO-8859-1",
        "iso8859_1,ISO-8859-1",
        "iso8859-1,ISO-8859-1",
        "iso_8859_1,ISO-8859-1",
        "8859,ISO-8859-1",
        "utf_8,UTF-8",
        "utf8,UTF-8",
        "UTF,UTF-8",
        "u8,UTF-8",
        "utf--8-,UTF-8",
        "cp1252,windows-1252",
        "windows_1252,windows-1252",
        "us_ascii,US-ASCII",
        "ascii,US-ASCII",
        "utf_16,UTF-16",
        "euc_kr,EUC-KR",
        "shift-jis,Shift_JIS",
        "koi8_r,KOI8-R",
        "'',UTF-8",
        "'\"\"',UTF-8"
    })
    void knowsCharsetsByTheNamesThatPythonGivesThem(String name, String charset) {
        assertThat(ContentType.parse("a/b; charset=" + name).charset().name()).isEqualTo(charset);
    }

    @Test
    void isNothingWhereThereIsNone() {
        assertThat(ContentType.parse(null).mediaType()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b; charset=nope", "a/b; charset=latin-17", "a/b; charset=\"%\""})
    void refusesAnUnknownCharset(String header) {
        assertThatThrownBy(() -> ContentType.parse(header)).isInstanceOf(UnknownCharset.class);
    }
}
