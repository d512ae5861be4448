package lyceum.sandbox.internal;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The top of a Java file: which classes are in it. A compiler wants a public class in a file of its name, and the virtual
 * machine wants the name of the class to run; people give neither. What cannot be Java is left for the compiler to say.
 */
final class JavaSource {

    /** A file that has its first class behind this has to have the right name. */
    private static final int LOOKED_AT_BYTES = 1 << 18;

    private static final Pattern WORD = Pattern.compile("[{};]|[\\p{javaJavaIdentifierPart}.]++");
    private static final String EXTENSION = ".java";

    private final List<String> classes = new ArrayList<>();
    private final List<String> withMain = new ArrayList<>();
    private String packagePrefix = "";
    private String publicClass = "";
    private boolean isWithoutClass;

    private int depth;
    private boolean isPublic;
    private String previous = "";

    JavaSource(Buffer content) {
        Buffer top = content.slice(0, Math.min(content.length(), LOOKED_AT_BYTES));
        Matcher words = WORD.matcher(bare(top.toString(StandardCharsets.UTF_8)));
        while (words.find()) {
            look(words.group());
            previous = words.group();
        }
    }

    /** @return the name under which a compiler accepts the file: that of its public class, if it has one */
    String fileName(String name) {
        String directory = name.substring(0, name.lastIndexOf('/') + 1);
        return publicClass.isEmpty() ? Command.stem(name) + EXTENSION : directory + publicClass + EXTENSION;
    }

    /**
     * @param name of the file
     * @return the class that can be run, with its package: the one that the file is named for, or else the first one
     *     that has {@code main}
     */
    String mainClass(String name) {
        String own = Command.stem(name.substring(name.lastIndexOf('/') + 1));
        if (isWithoutClass || withMain.contains(own)) {
            return packagePrefix + own;
        }
        if (!withMain.isEmpty()) {
            return packagePrefix + withMain.get(0);
        }
        return packagePrefix + (classes.isEmpty() || classes.contains(own) ? own : classes.get(0));
    }

    private void look(String word) {
        switch (word) {
            case "{" -> depth++;
            case "}" -> leave();
            case ";" -> isPublic &= depth > 0;
            case "main" -> findMain();
            default -> {
                if (depth == 0) {
                    lookAtTop(word);
                }
            }
        }
    }

    private void leave() {
        depth--;
        isPublic &= depth > 0;
    }

    private void findMain() {
        if (depth == 0) {
            isWithoutClass = true; // JEP 512: the file is the class
        } else if (depth == 1 && !classes.isEmpty()) {
            withMain.add(classes.get(classes.size() - 1));
        }
    }

    private void lookAtTop(String word) {
        switch (previous) {
            case "package" -> packagePrefix = word + ".";
            case "class", "interface", "enum", "record" -> {
                classes.add(word);
                publicClass = isPublic ? word : publicClass;
            }
            default -> isPublic = isPublic || word.equals("public");
        }
    }

    /** @return the text without comments and literals */
    private static String bare(String text) {
        StringBuilder bare = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int next = behindIgnored(text, at);
            bare.append(next == at ? text.charAt(at) : ' ');
            at = Math.max(next, at + 1);
        }
        return bare.toString();
    }

    /** @return where the comment or literal ends that begins here, or here */
    private static int behindIgnored(String text, int at) {
        if (text.startsWith("//", at)) {
            return behind(text, at + 2, "\n");
        }
        if (text.startsWith("/*", at)) {
            return behind(text, at + 2, "*/");
        }
        if (text.startsWith("\"\"\"", at)) {
            return behindLiteral(text, at + 3, "\"\"\"");
        }
        char first = text.charAt(at);
        return first == '"' || first == '\'' ? behindLiteral(text, at + 1, String.valueOf(first)) : at;
    }

    private static int behind(String text, int from, String end) {
        int at = text.indexOf(end, from);
        return at < 0 ? text.length() : at + end.length();
    }

    private static int behindLiteral(String text, int from, String end) {
        int at = from;
        while (at < text.length() && !text.startsWith(end, at)) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(text.length(), at + end.length());
    }
}
