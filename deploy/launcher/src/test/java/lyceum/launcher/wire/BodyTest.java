package lyceum.launcher.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class BodyTest {

    private static final Body LONG = Body.of("x=")
            .followedBy(new Body(List.of(new Body.Run("ab".getBytes(), 100_000))))
            .followedBy(Body.of("&y=1"));

    @Test
    void cutsARepetitionToPiecesThatHaveItsLength() {
        Buffer whole = Buffer.buffer();
        LONG.pieces().forEach(whole::appendBuffer);

        assertThat(LONG.length()).isEqualTo(200_006);
        assertThat(whole.toString()).isEqualTo("x=" + "ab".repeat(100_000) + "&y=1");
        assertThat(LONG.pieces()).hasSizeLessThan(10);
    }

    @Test
    void holdsOnePieceForAllThatAreEqual() {
        Body large = new Body(List.of(new Body.Run("A".getBytes(), 104_857_600)));

        assertThat(large.pieces().stream()
                        .mapToInt(System::identityHashCode)
                        .distinct()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void cutsToPiecesOfOneSize() {
        assertThat(Body.of("añb").pieces(1)).hasSize(4);
        assertThat(Body.of("abcdefgh").pieces(3).stream().map(Buffer::toString)).containsExactly("abc", "def", "gh");
    }

    @Test
    void hasNoPieceWhereItIsEmpty() {
        assertThat(Body.EMPTY.pieces()).isEmpty();
        assertThat(Body.of("").pieces()).isEmpty();
    }
}
