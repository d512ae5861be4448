package lyceum.launcher.crash;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;

/**
 * A lesson whose whole content follows from a number, so that it is known again wherever it is read.
 *
 * @param number also makes its title
 */
record KnownLesson(int number) {

    private static final String TITLE = "lesson ";
    private static final int MOST_VOICES = 3;
    private static final int EDITS = 200;
    private static final int SMALLEST_BYTES = 1_000;
    /** Sizes double so often, at most: 1 KB to 4 MB, as many small ones as large ones. */
    private static final int DOUBLINGS = 12;

    /** @return the lesson that was given this title */
    static KnownLesson titled(String title) {
        return new KnownLesson(Integer.parseInt(title.substring(TITLE.length())));
    }

    String title() {
        return TITLE + number;
    }

    /** @return the fields of the form that saves it */
    Map<String, String> form() {
        Random random = new Random(number);
        return Map.of(
                "title",
                title(),
                "ots",
                ots(random).encode(),
                "voice_blobs",
                voices(random).encode());
    }

    /** @return what {@link #fingerprint(JsonObject)} must give for it */
    String fingerprint() {
        Random random = new Random(number);
        return fingerprint(
                new JsonObject().put("title", title()).put("ots", ots(random)).put("voice_blobs", voices(random)));
    }

    /** @return a hash of all that a client saves, of a lesson as it was read */
    static String fingerprint(JsonObject elicast) {
        String content = elicast.getString("title")
                + elicast.getJsonArray("ots").encode()
                + elicast.getJsonArray("voice_blobs").encode();
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonArray ots(Random random) {
        JsonArray ots = new JsonArray();
        for (int position = 0; position < EDITS; position++) {
            ots.add(new JsonObject()
                    .put("ts", position * 100 + random.nextInt(100))
                    .put("command", "text")
                    .put("fromPos", position)
                    .put("toPos", position)
                    .put("insertedText", Character.toString('가' + random.nextInt(100)))
                    .put("removedText", ""));
        }
        return ots;
    }

    private static JsonArray voices(Random random) {
        JsonArray voices = new JsonArray();
        int count = 1 + random.nextInt(MOST_VOICES);
        double totalBytes = SMALLEST_BYTES * Math.pow(2, DOUBLINGS * random.nextDouble());
        for (int voice = 0; voice < count; voice++) {
            byte[] sound = new byte[(int) totalBytes / count];
            random.nextBytes(sound);
            voices.add("data:audio/webm;base64," + Base64.getEncoder().encodeToString(sound));
        }
        return voices;
    }
}
