package lyceum.launcher.wire;

/** Ends of long texts, so that a failure can be read. */
public final class Excerpt {

    private static final int CHARACTERS = 200;

    private Excerpt() {}

    public static String head(String text) {
        return text.substring(0, Math.min(CHARACTERS, text.length()));
    }

    public static String tail(String text) {
        return text.substring(Math.max(0, text.length() - CHARACTERS));
    }
}
