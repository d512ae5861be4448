package lyceum.gateway.file;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tags that a condition lists (RFC 9110, section 13.1), without their quotes. */
public final class EntityTags {

    private static final Pattern TAG = Pattern.compile("(W/)?\"([^\"]*)\"");

    private EntityTags() {}

    /** @return whether the condition holds for whatever there is */
    public static boolean isAny(String list) {
        return list.strip().equals("*");
    }

    /** @return those that a strong comparison may find (section 8.8.3.2) */
    public static List<String> strong(String list) {
        return texts(matches(list).filter(tag -> tag.group(1) == null));
    }

    static List<String> all(String list) {
        return texts(matches(list));
    }

    private static Stream<MatchResult> matches(String list) {
        return TAG.matcher(list).results();
    }

    private static List<String> texts(Stream<MatchResult> tags) {
        return tags.map(tag -> tag.group(2)).toList();
    }
}
