package lyceum.grading.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.footnotes.FootnotesExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Descriptions of homework: Markdown with tables, footnotes and fenced code, line breaks kept, to HTML that holds nothing but what
 * Markdown made (D11): HTML in it is shown as text, addresses other than http, https and mailto are dropped. Every {@code
 * hw://path} in it is the address of a file beside the description (contracts/grading.md, section 5.2).
 */
final class Descriptions {

    private static final Pattern LINK = Pattern.compile("hw://([A-Za-z0-9\\-_.~!*';:@&=+$,/?#]*)");
    private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create(), FootnotesExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .softbreak("<br />\n")
            .build();

    private Descriptions() {}

    /**
     * @param base address below which the files beside descriptions are served, without a slash at its end
     * @return the Markdown with its links made addresses
     */
    static String linked(String markdown, String base, String slug) {
        return LINK.matcher(markdown)
                .replaceAll(link -> Matcher.quoteReplacement(base + "/hwstatic/" + slug + "/" + resolve(link)));
    }

    /**
     * @param base as above
     * @return sanitised HTML
     */
    static String html(String markdown, String base, String slug) {
        return RENDERER.render(PARSER.parse(linked(markdown, base, slug)));
    }

    /** @throws IllegalArgumentException where a link leaves the folder */
    static void check(String markdown) {
        LINK.matcher(markdown).results().forEach(Descriptions::resolve);
    }

    private static String resolve(MatchResult link) {
        String path = link.group(1);
        int end = 0;
        while (end < path.length() && path.charAt(end) != '?' && path.charAt(end) != '#') {
            end++;
        }
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.substring(0, end).split("/")) {
            if (part.equals("..") && parts.pollLast() == null) {
                throw new IllegalArgumentException("link " + link.group() + " leaves the folder");
            }
            if (!part.isEmpty() && !part.equals(".") && !part.equals("..")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts) + path.substring(end);
    }
}
