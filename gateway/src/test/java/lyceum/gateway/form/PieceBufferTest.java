package lyceum.gateway.form;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pieces of one length out of stretches of any. */
class PieceBufferTest {

    @ParameterizedTest
    @CsvSource({"0,4", "3,4", "4,4", "5,4", "8,4", "17,1", "10000,4096", "20000,9000", "9000,9000", "393216,196608"})
    void makesFullPiecesAndAShorterLastOne(int lengthBytes, int pieceBytes) {
        byte[] whole = new byte[lengthBytes];
        new Random(7).nextBytes(whole);

        Cuts.forEach(whole, stretches -> {
            List<Buffer> pieces = pieces(stretches, pieceBytes);
            Buffer together = Buffer.buffer();
            pieces.forEach(together::appendBuffer);
            assertThat(together.getBytes()).isEqualTo(whole);
            assertThat(pieces).hasSize((lengthBytes + pieceBytes - 1) / pieceBytes);
            assertThat(pieces.stream().limit(lengthBytes / pieceBytes)).allMatch(piece -> piece.length() == pieceBytes);
        });
    }

    private static List<Buffer> pieces(List<byte[]> stretches, int pieceBytes) {
        List<Buffer> pieces = new ArrayList<>();
        PieceBuffer buffer = new PieceBuffer(pieceBytes, pieces::add);
        stretches.forEach(stretch -> buffer.write(stretch, 0, stretch.length));
        buffer.flush();
        buffer.flush();
        return pieces;
    }
}
