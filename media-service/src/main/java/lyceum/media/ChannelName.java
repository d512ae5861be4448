package lyceum.media;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;
import lyceum.platform.Failure;

/** What may name a channel of live video: it is a part of URLs and the name of a directory. */
public final class ChannelName {

    private static final Pattern PUBLISHED = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}");

    /** Of streams whose own name is none for a channel. Nobody can publish under such a name. */
    private static final Pattern DERIVED = Pattern.compile("~[A-Za-z0-9_-]{43}");

    private ChannelName() {}

    /** @return whether a publisher may take the name: 1 to 64 of letters, digits, {@code . _ -}, not a dot in front */
    public static boolean isPublishable(String name) {
        return PUBLISHED.matcher(name).matches();
    }

    /** @return the name itself; fails with INVALID where no publisher may take it */
    public static String publishable(String name) {
        if (name == null || !isPublishable(name)) {
            throw Failure.invalid("a channel's name has 1 to 64 letters, digits, dots, dashes and underscores");
        }
        return name;
    }

    /** @return whether there can be a channel of that name at all */
    public static boolean isOne(String name) {
        return isPublishable(name) || DERIVED.matcher(name).matches();
    }

    /** @return the channel that shows a stream of frames: of the same name where that can be */
    public static String ofStream(String stream) {
        return isPublishable(stream) ? stream : "~" + digest(stream);
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
