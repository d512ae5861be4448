package lyceum.stream.internal.convert;

/**
 * Colours as brightness (Y, 16..235) and two differences (U to blue, V to red, around 128), and as red, green and blue
 * (0..255): ITU-R BT.601, with its factors rounded to three places as OpenCV has them, in whole numbers of 20 binary places.
 */
final class Bt601 {

    private static final int PLACES = 20;
    private static final int HALF = 1 << (PLACES - 1);
    private static final int BLACK = 16;
    private static final int GREY = 128;
    private static final int MOST = 255;

    private static final int LIGHT_OF_Y = places(1.164);
    private static final int RED_OF_V = places(1.596);
    private static final int GREEN_OF_V = places(-0.813);
    private static final int GREEN_OF_U = places(-0.391);
    private static final int BLUE_OF_U = places(2.018);

    private Bt601() {}

    private static int places(double factor) {
        return (int) Math.round(factor * (1 << PLACES));
    }

    /** Puts a red, a green and a blue byte. */
    static void putRgb(byte[] rgb, int at, int y, int u, int v) {
        int light = Math.max(0, y - BLACK) * LIGHT_OF_Y;
        rgb[at] = rounded(light + RED_OF_V * (v - GREY));
        rgb[at + 1] = rounded(light + GREEN_OF_V * (v - GREY) + GREEN_OF_U * (u - GREY));
        rgb[at + 2] = rounded(light + BLUE_OF_U * (u - GREY));
    }

    static byte y(int red, int green, int blue) {
        return rounded((BLACK << PLACES) + places(0.257) * red + places(0.504) * green + places(0.098) * blue);
    }

    static byte u(int red, int green, int blue) {
        return rounded((GREY << PLACES) + places(-0.148) * red + places(-0.291) * green + places(0.439) * blue);
    }

    static byte v(int red, int green, int blue) {
        return rounded((GREY << PLACES) + places(0.439) * red + places(-0.368) * green + places(-0.071) * blue);
    }

    private static byte rounded(int value) {
        return (byte) Math.max(0, Math.min(MOST, (value + HALF) >> PLACES));
    }
}
