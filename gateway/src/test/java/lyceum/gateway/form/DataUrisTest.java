package lyceum.gateway.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import lyceum.gateway.form.DataUris.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of recordings (elicast contract, section 2.2), however they are cut. */
class DataUrisTest {

    private static final String PREFIX = "data:audio/webm;base64,";
    private static final int PIECE_BYTES = 196_608;
    private static final int PIECE_CHARACTERS = 262_144;
    private static final int SMALL_PIECE_BYTES = 6;
    private static final int ITEM_LIMIT = 4;
    private static final int RANDOM_LISTS = 3_000;

    private static final String[] ITEM_PARTS = {
        "data:audio/webm;codecs=opus;base64,",
        ",",
        "\\u002c",
        "\\/",
        "\\u002F",
        "\\u0041",
        "\\t",
        "\\n",
        "\\u003d",
        "\\u002b",
        "AAAA",
        "QUJDREVGRw==",
        "QUI=",
        "QUK=",
        "=",
        "!",
        "é",
        "\\ud83d",
        "\\\\",
        "A",
        "//++"
    };

    /** What was found in one list. */
    private record Found(Fault fault, List<String> sources, List<String> pieces) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | NONE",
                "[\"P\"] | NONE",
                "[\"PAAAA\", \"P\"] | NONE",
                "[\"Pnot base64!\"] | NONE",
                "[\"data:audio\\/webm;base64\\u002cAAAA\"] | NONE",
                "[\"\\u0064ata:audio/webm;base64,AAAA\"] | NONE",
                "'' | FORMAT",
                "{} | FORMAT",
                "[\"PAAAA\" | FORMAT",
                "[\"PAAAA\"]x | FORMAT",
                "[1] | FORMAT",
                "[null] | FORMAT",
                "[[\"PAAAA\"]] | FORMAT",
                "[{\"PAAAA\":1}] | FORMAT",
                "[\"\"] | FORMAT",
                "[\"data:audio/webm;base64\"] | FORMAT",
                "[\"PAA,AA\"] | FORMAT",
                "[\"PAA\\u002cAA\"] | FORMAT",
                "[\"PAAAA,\"] | FORMAT",
                "[\",,\"] | FORMAT",
                "[\",\"] | MEDIA_TYPE",
                "[\"x,AAAA\"] | MEDIA_TYPE",
                "[\"DATA:AUDIO/WEBM;BASE64,AAAA\"] | MEDIA_TYPE",
                "[\"data:audio/webm;codecs=opus;base64,AAAA\"] | MEDIA_TYPE",
                "[\"data:audio/webm;base64 ,AAAA\"] | MEDIA_TYPE",
                "[\" PAAAA\"] | MEDIA_TYPE",
                "[\"data:audio/webm;base6,AAAA\"] | MEDIA_TYPE",
                "[\"da\\ta:audio/webm;base64,AAAA\"] | MEDIA_TYPE",
                "[\"data:audio/we\\bm;base64,AAAA\"] | MEDIA_TYPE",
                "[\"data:audio\\\\/webm;base64,AAAA\"] | MEDIA_TYPE",
                "[\"data:audio/webm;base64\\ud83d,AAAA\"] | MEDIA_TYPE",
                "[\"x,A\", 1] | MEDIA_TYPE",
                "[1, \"x,A\"] | FORMAT",
                "[\"x,A\", \"PAA\", \"P,\"] | MEDIA_TYPE",
                "[\"x,A\" | FORMAT"
            })
    void tellsTheFirstFault(String list, Fault fault) {
        String text = list.replace("\"P", "\"" + PREFIX).replace("\" P", "\" " + PREFIX);

        Cuts.forEach(
                bytes(text),
                pieces -> assertThat(read(pieces, SMALL_PIECE_BYTES).fault()).isEqualTo(fault));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | ''",
                "QQ== | 0 sound 1",
                "QUI= | 0 sound 2",
                "QUJD | 0 sound 3",
                "QUJDREVG | 0 sound 6",
                "QUJDREVGRw== | 0 sound 6;0 sound 1",
                "QR== | 0 text 4",
                "QUJ= | 0 text 4",
                "QQ | 0 text 2",
                "Q | 0 text 1",
                "QQ= | 0 text 3",
                "QQ==QUJD | 0 text 6;0 text 2",
                "QUJDRA== | 0 sound 4",
                "QUJDRA==QUJD | 0 sound 4;0 text 4",
                "QUJDREVGQUJDRA==QUJD | 0 sound 6;0 sound 4;0 text 4",
                "==== | 0 text 4",
                "=QQ= | 0 text 4",
                "QU_- | 0 text 4",
                "QU JD | 0 text 5",
                "QUJDREVG! | 0 sound 6;0 text 1",
                "!UJDREVGQUJD | 0 text 6;0 text 2;0 text 4",
                "QUJ\\n | 0 text 5",
                "QU\\/\\u002F | 0 sound 3",
                "QU\\u004aD | 0 sound 3",
                "QUI\\u003d | 0 sound 2",
                "QU\\u002b\\u002B | 0 sound 3",
                "QU\\u00e9D | 0 text 6;0 text 2;0 text 1"
            })
    void decodesCanonicalBase64AndKeepsTheRestAsText(String data, String pieces) {
        String text = "[\"" + PREFIX + data + "\"]";

        Cuts.forEach(bytes(text), cut -> {
            Found found = read(cut, SMALL_PIECE_BYTES);
            assertThat(String.join(";", found.pieces())).isEqualTo(pieces);
            assertThat(found.fault()).isEqualTo(Fault.NONE);
            assertThat(unescaped(found.sources().get(0))).isEqualTo(unescaped(data));
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 2 * PIECE_BYTES, 2 * PIECE_BYTES + 2})
    void cutsLongSoundIntoFullPieces(int length) {
        byte[] sound = new byte[length];
        new Random(5).nextBytes(sound);
        String base64 = Base64.getEncoder().encodeToString(sound);
        List<String> expected = new ArrayList<>();
        for (int from = 0; from < length; from += PIECE_BYTES) {
            expected.add("0 sound " + Math.min(PIECE_BYTES, length - from));
        }

        Cuts.forEach(bytes("[\"" + PREFIX + base64 + "\"]"), cut -> {
            Found found = read(cut, PIECE_BYTES);
            assertThat(found.pieces()).isEqualTo(expected);
            assertThat(found.sources()).containsExactly(base64);
        });
    }

    @Test
    void keepsTextFromTheFirstFullPieceOnThatIsPaddedOrNoBase64() {
        String full = "A".repeat(PIECE_CHARACTERS);
        String padded = "A".repeat(PIECE_CHARACTERS - 2) + "==";
        String wrong = "A".repeat(PIECE_CHARACTERS - 1) + "!";

        assertThat(readData(full + padded + "AAAA").pieces())
                .containsExactly("0 sound 196608", "0 sound 196606", "0 text 4");
        assertThat(readData(full + wrong + full).pieces())
                .containsExactly("0 sound 196608", "0 text 196608", "0 text 65536", "0 text 196608", "0 text 65536");
        assertThat(readData(full + padded + wrong).sources()).containsExactly(full + padded + wrong);
    }

    @Test
    void countsRecordingsUpToTheLimit() {
        DataUris four = list(4);
        DataUris five = list(5);

        assertThat(four.fault()).isEqualTo(Fault.NONE);
        assertThat(four.count()).isEqualTo(4);
        assertThat(five.fault()).isEqualTo(Fault.FORMAT);
    }

    @Test
    void handsOnNothingBehindTheFirstFault() {
        Found found =
                read(List.of(bytes("[\"%1$sQUJD\",\"x,QUJD\",\"%1$sQUJD\"]".formatted(PREFIX))), SMALL_PIECE_BYTES);

        assertThat(found.pieces()).containsExactly("0 sound 3");
    }

    @Test
    void agreesWithAParserOnRandomLists() throws JsonProcessingException {
        Random random = new Random(6);
        for (int i = 0; i < RANDOM_LISTS; i++) {
            String text = randomList(random);
            JsonNode list = new ObjectMapper().readTree(text);

            Found found = read(Cuts.atRandom(bytes(text), random), SMALL_PIECE_BYTES);

            assertThat(found.fault()).as(text).isEqualTo(expectedFault(list));
            if (found.fault() == Fault.NONE) {
                assertThat(found.sources().stream().map(DataUrisTest::unescaped))
                        .as(text)
                        .isEqualTo(behindCommas(list));
            }
        }
    }

    private static String randomList(Random random) {
        List<String> items = new ArrayList<>();
        int count = random.nextInt(ITEM_LIMIT + 1);
        for (int item = 0; item < count; item++) {
            StringBuilder text = new StringBuilder(random.nextInt(10) == 0 ? "" : PREFIX);
            for (int part = random.nextInt(6); part > 0; part--) {
                text.append(ITEM_PARTS[random.nextInt(ITEM_PARTS.length)]);
            }
            items.add('"' + text.toString() + '"');
        }
        return "[" + String.join(", ", items) + "]";
    }

    private static Fault expectedFault(JsonNode list) {
        for (JsonNode item : list) {
            String[] parts = item.textValue().split(",", -1);
            if (parts.length != 2) {
                return Fault.FORMAT;
            }
            if (!(parts[0] + ",").equals(PREFIX)) {
                return Fault.MEDIA_TYPE;
            }
        }
        return Fault.NONE;
    }

    private static List<String> behindCommas(JsonNode list) {
        List<String> data = new ArrayList<>();
        list.forEach(item -> data.add(item.textValue().split(",", -1)[1]));
        return data;
    }

    private static DataUris list(int count) {
        DataUris uris = new DataUris(SMALL_PIECE_BYTES, ITEM_LIMIT, new HeardVoices());
        byte[] text = bytes("[" + String.join(",", Collections.nCopies(count, '"' + PREFIX + '"')) + "]");
        uris.write(text, 0, text.length);
        uris.end();
        return uris;
    }

    private static Found readData(String data) {
        return read(List.of(bytes("[\"" + PREFIX + data + "\"]")), PIECE_BYTES);
    }

    private static Found read(List<byte[]> cut, int pieceBytes) {
        HeardVoices voices = new HeardVoices();
        DataUris uris = new DataUris(pieceBytes, ITEM_LIMIT, voices);
        cut.forEach(piece -> uris.write(piece, 0, piece.length));
        uris.end();
        return new Found(uris.fault(), voices.sources(), voices.pieces());
    }

    /** @return the text whose JSON source this is */
    private static String unescaped(String source) {
        try {
            return new ObjectMapper().readTree('"' + source + '"').textValue();
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON source: " + source, e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
