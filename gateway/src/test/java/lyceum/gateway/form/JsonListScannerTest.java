package lyceum.gateway.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON lists, strictly (RFC 8259), however they are cut, and compared with what Jackson says. */
class JsonListScannerTest {

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final String[] SEEDS = {
        "[]",
        "[1,-0,0.5,1e9,-1.25E-3,10]",
        "[\"\",\"a\\\"b\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE42\",\"é🙂\"]",
        "[true,false,null]",
        "[{},{\"a\":1},{\"a\":{\"b\":[[],[{}]]},\"c\":\"d\"}]",
        " [ 1 , { \"ts\" : 0 , \"command\" : \"text\" } ] \r\n\t",
        "[[[[1]]],\"x\"]"
    };

    private static final String ALPHABET = "[]{}\",:\\/u01289aefEtrnlsx+-. \t\n\u0001é";
    private static final int MUTATIONS = 30_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                " [\n] ",
                "[0]",
                "[-0.0e+00]",
                "[1E5]",
                "[\"\\ud83d\"]",
                "[\"\\u00E9\"]",
                "[\"\u007f\u2028\"]",
                "[{\"a\":1,\"a\":2}]",
                "[{\"\":[]}]",
                "[null]"
            })
    void takesLists(String text) {
        assertVerdict(text, true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{}",
                "1",
                "\"a\"",
                "null",
                "[",
                "]",
                "[]]",
                "[] []",
                "[],",
                "[1",
                "[1,",
                "[1,]",
                "[,1]",
                "[1 2]",
                "[01]",
                "[-]",
                "[+1]",
                "[.5]",
                "[1.]",
                "[1e]",
                "[1e+]",
                "[0x1]",
                "[--1]",
                "[1-]",
                "[NaN]",
                "[Infinity]",
                "[-Infinity]",
                "[tru]",
                "[truee]",
                "[True]",
                "[nul",
                "['a']",
                "[\"a]",
                "[\"a\nb\"]",
                "[\"\0\"]",
                "[\"\\x\"]",
                "[\"\\u12g4\"]",
                "[\"\\u123\"]",
                "[\"\\\"]",
                "[{]",
                "[}",
                "[{}",
                "[{a:1}]",
                "[{\"a\"}]",
                "[{\"a\":}]",
                "[{\"a\":1,}]",
                "[{\"a\":1]",
                "[{,}]",
                "[{1:1}]",
                "[(1)]",
                "[1]x",
                "\uFEFF[]",
                "[\u00a0]",
                "[/**/]",
                "[1}",
                "[[1}]",
                "[\"\\u00\uff11\uff11\"]"
            })
    void refusesEverythingElse(String text) {
        assertVerdict(text, false);
    }

    @Test
    void takesFiveHundredLevelsAndNoMore() {
        assertThat(isList("[".repeat(500) + "]".repeat(500))).isTrue();
        assertThat(isList("[".repeat(501) + "]".repeat(501))).isFalse();
        assertThat(isList("[" + "{\"a\":".repeat(499) + "1" + "}".repeat(499) + "]"))
                .isTrue();
        assertThat(isList("[" + "{\"a\":".repeat(500) + "1" + "}".repeat(500) + "]"))
                .isFalse();
        assertThat(isList("[" + "[],".repeat(10_000) + "[]]")).isTrue();
    }

    @Test
    void judgesMutationsOfListsAsJacksonDoes() {
        Random random = new Random(4);
        for (int i = 0; i < MUTATIONS; i++) {
            String text = mutated(SEEDS[random.nextInt(SEEDS.length)], random);

            assertThat(isList(text)).as(text).isEqualTo(isListForJackson(text));
            assertThat(scan(Cuts.atRandom(bytes(text), random))).as(text).isEqualTo(isList(text));
        }
    }

    @Test
    void knowsAtOnceThatATextIsNoList() {
        JsonListScanner scanner = new JsonListScanner(JsonListScanner.ANY);
        byte[] text = bytes("[1,}");

        scanner.scan(text, 0, 3);
        assertThat(scanner.isValid()).isTrue();
        assertThat(scanner.isWhole()).isFalse();
        scanner.scan(text, 3, 4);
        assertThat(scanner.isValid()).isFalse();
    }

    private static String mutated(String seed, Random random) {
        StringBuilder text = new StringBuilder(seed);
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes && text.length() > 0; i++) {
            int at = random.nextInt(text.length());
            String other = String.valueOf(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, other);
                case 2 -> text.replace(at, at + 1, other);
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(5))));
            }
        }
        // Half a surrogate pair has no UTF-8.
        return new String(bytes(text.toString()), StandardCharsets.UTF_8);
    }

    private static void assertVerdict(String text, boolean isList) {
        assertThat(isListForJackson(text)).as("Jackson").isEqualTo(isList);
        Cuts.forEach(bytes(text), pieces -> assertThat(scan(pieces)).isEqualTo(isList));
    }

    private static boolean isList(String text) {
        return JsonList.is(bytes(text));
    }

    private static boolean scan(List<byte[]> pieces) {
        JsonListScanner scanner = new JsonListScanner(JsonListScanner.ANY);
        pieces.forEach(piece -> scanner.scan(piece, 0, piece.length));
        return scanner.isWhole();
    }

    private static boolean isListForJackson(String text) {
        try {
            return STRICT.readTree(text).isArray();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
