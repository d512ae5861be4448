package lyceum.gateway.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Urlencoded forms (elicast contract, section 1), however they are cut. */
class UrlencodedDecoderTest {

    private static final int WORDS = 2_000;

    @ParameterizedTest
    @CsvSource({
        "'',''",
        "a=1,a=1",
        "a=1&b=2,a=1|b=2",
        "a=1&a=2,a=1|a=2",
        "a=,a=",
        "a,a=",
        "a&b=,a=|b=",
        "&&a=1&&,a=1",
        "=x,=x",
        "=,=",
        "a=b=c,a=b=c",
        "a=b+c%20d,a=b c d",
        "a%20b+c=1,a b c=1",
        "%61=%41%42,a=AB",
        "a=%e2%82%ac%E2%82%AC,a=€€",
        "a=%2B%26%3D%25,a=+&=%",
        "a=100%,a=100%",
        "a=%4,a=%4",
        "a=%&b=%1&c,a=%|b=%1|c=",
        "a=%zz%4z%%41,a=%zz%4z%A",
        "a=%+1,a=% 1",
        "a%=1,a%=1",
        "%=%,%=%",
        "a=€,a=€",
        "a=%ff%fe,a=\uFFFD\uFFFD",
        "a=%e2%82&b=x,a=\uFFFD|b=x",
        "a=%e2%82,a=\uFFFD",
        "a=%ed%a0%80&b=x,a=\uFFFD\uFFFD\uFFFD|b=x",
        "a=x;b=y,a=x;b=y",
        "a=%00,'a=\0'"
    })
    void readsFields(String body, String fields) {
        assertFields(body.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8, fields);
    }

    @ParameterizedTest
    @CsvSource({
        "'a=1 \t\r\n\u000B\f','a=1'",
        "'a=1 \n b','a=1 \n b'",
        "'a=1\n&b=2\n','a=1\n|b=2'",
        "'a= \n','a='",
        "'a=1+ ','a=1 '",
        "'a=1%20','a=1 '",
        "'a=%4 ','a=%4'",
        "'a=% 1','a=% 1'",
        "' a = 1',' a = 1'",
        "'  \n',''"
    })
    void dropsWhiteSpaceOnlyAtTheEndOfTheBody(String body, String fields) {
        assertFields(body.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8, fields);
    }

    @Test
    void readsTheCharsetThatIsNamed() {
        Charset korean = Charset.forName("EUC-KR");

        assertFields("a=%c7%d1&b=한".getBytes(korean), korean, "a=한|b=한");
        assertFields("a=%e9".getBytes(korean), StandardCharsets.ISO_8859_1, "a=é");
    }

    @Test
    void keepsWhiteSpaceBeyondWhatItCanHold() {
        String spaces = " ".repeat(65 * 1024);

        assertThat(read(List.of(("a=" + spaces + "b").getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8))
                .containsExactly("a=" + spaces + "b");
    }

    @Test
    void cutsNamesThatNobodyAsksFor() {
        String name = "n".repeat(100_000);

        assertThat(read(List.of((name + "=1&b=2").getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8))
                .containsExactly("n".repeat(1024) + "=1", "b=2");
    }

    @Test
    void readsWhatAnEncoderWrote() {
        Random random = new Random(1);
        StringBuilder body = new StringBuilder();
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < WORDS; i++) {
            String word = random.ints(random.nextInt(30), 1, 0x2FFF)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString()
                    .replace('|', '/');
            body.append(i == 0 ? "" : "&").append("f=").append(URLEncoder.encode(word, StandardCharsets.UTF_8));
            expected.append(i == 0 ? "" : "|").append("f=").append(word);
        }

        assertFields(body.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8, expected.toString());
    }

    /** @param fields divided by bars */
    private static void assertFields(byte[] body, Charset charset, String fields) {
        List<String> expected = fields.isEmpty() ? List.of() : List.of(fields.split("\\|"));
        Cuts.forEach(body, pieces -> assertThat(read(pieces, charset)).isEqualTo(expected));
    }

    private static List<String> read(List<byte[]> pieces, Charset charset) {
        Fields fields = new Fields();
        UrlencodedDecoder decoder = new UrlencodedDecoder(fields, charset);
        pieces.forEach(decoder::feed);
        decoder.end();
        return fields.all();
    }
}
