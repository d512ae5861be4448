package lyceum.gateway.form;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Ways in which the same bytes may arrive. */
final class Cuts {

    /** Up to this length every single border is tried. */
    private static final int SHORT_BYTES = 400;

    private static final int RANDOM_WAYS = 25;
    private static final long SEED = 20_261_124;

    private Cuts() {}

    /** Gives every way to a test: in one piece, byte by byte, at every border of a short one, at random ones. */
    static void forEach(byte[] whole, Consumer<List<byte[]>> test) {
        test.accept(List.of(whole));
        if (whole.length <= SHORT_BYTES) {
            test.accept(singleBytes(whole));
            for (int border = 1; border < whole.length; border++) {
                test.accept(at(whole, List.of(border)));
            }
        }
        Random random = new Random(SEED);
        for (int way = 0; way < RANDOM_WAYS; way++) {
            test.accept(atRandom(whole, random));
        }
    }

    private static List<byte[]> singleBytes(byte[] whole) {
        List<Integer> borders = new ArrayList<>();
        for (int border = 1; border < whole.length; border++) {
            borders.add(border);
        }
        return at(whole, borders);
    }

    static List<byte[]> atRandom(byte[] whole, Random random) {
        int longest = 1 + random.nextInt(1 + whole.length / 2);
        List<Integer> borders = new ArrayList<>();
        for (int border = random.nextInt(longest + 1); border < whole.length; border += random.nextInt(longest + 1)) {
            borders.add(border);
        }
        return at(whole, borders);
    }

    private static List<byte[]> at(byte[] whole, List<Integer> borders) {
        List<byte[]> pieces = new ArrayList<>();
        int from = 0;
        for (int border : borders) {
            pieces.add(Arrays.copyOfRange(whole, from, border));
            from = border;
        }
        pieces.add(Arrays.copyOfRange(whole, from, whole.length));
        return pieces;
    }
}
