package lyceum.stream.internal.resp;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** Reads answers out of stretches of any length. Each byte of a text is copied once, to where it stays. */
final class ReplyReader {

    private static final int MOST_LINE_BYTES = 64 * 1024;
    private static final int MOST_EXPECTED_ITEMS = 1024;
    private static final int MOST_EXPECTED_BYTES = 1 << 20;
    /** Redis takes no longer text ({@code proto-max-bulk-len}). */
    private static final int MOST_TEXT_BYTES = 512 << 20;
    /** XREAD has four. */
    private static final int MOST_OPEN_LISTS = 32;

    private static final int END_OF_LINE = 2;

    private final Consumer<Reply> whole;
    private final Deque<OpenList> open = new ArrayDeque<>();
    private Buffer line = Buffer.buffer();
    private Buffer text;
    private int textBytes;
    private int endLeft;

    /** A list of which not all items have come. */
    private record OpenList(int length, List<Reply> items) {}

    /** @param whole takes each answer that has come to its end */
    ReplyReader(Consumer<Reply> whole) {
        this.whole = whole;
    }

    /** Takes what has come; an {@link IllegalStateException} tells that it is not what Redis says. */
    void read(Buffer part) {
        int position = 0;
        while (position < part.length()) {
            position = text == null ? readLine(part, position) : readText(part, position);
        }
    }

    private int readLine(Buffer part, int from) {
        int position = from;
        while (position < part.length() && part.getByte(position) != '\n') {
            position++;
        }
        line.appendBuffer(part, from, position - from);
        if (line.length() > MOST_LINE_BYTES) {
            throw new IllegalStateException("a line without an end");
        }
        if (position == part.length()) {
            return position;
        }
        String read = line.toString(StandardCharsets.UTF_8);
        line = Buffer.buffer();
        if (read.length() < END_OF_LINE || !read.endsWith("\r")) {
            throw new IllegalStateException("a line without a beginning");
        }
        take(read.charAt(0), read.substring(1, read.length() - 1));
        return position + 1;
    }

    private void take(char kind, String rest) {
        switch (kind) {
            case '+' -> add(new Reply.Text(Buffer.buffer(rest)));
            case '-' -> add(new Reply.Refused(rest));
            case ':' -> add(new Reply.Number(Long.parseLong(rest)));
            case '$' -> beginText(length(rest));
            case '*' -> beginList(length(rest));
            default -> throw new IllegalStateException("an answer of an unknown kind");
        }
    }

    /** @return a length, or -1 for what is not there */
    private static int length(String number) {
        int length = Integer.parseInt(number);
        if (length < -1) {
            throw new IllegalStateException("a length below zero");
        }
        return length;
    }

    private void beginText(int length) {
        if (length < 0) {
            add(Reply.NOTHING);
            return;
        }
        if (length > MOST_TEXT_BYTES) {
            throw new IllegalStateException("a text that is too long");
        }
        text = Buffer.buffer(Math.min(length, MOST_EXPECTED_BYTES));
        textBytes = length;
        endLeft = END_OF_LINE;
    }

    private void beginList(int length) {
        if (length < 0) {
            add(Reply.NOTHING);
        } else if (length == 0) {
            add(new Reply.Items(List.of()));
        } else if (open.size() == MOST_OPEN_LISTS) {
            throw new IllegalStateException("lists in lists without an end");
        } else {
            open.push(new OpenList(length, new ArrayList<>(Math.min(length, MOST_EXPECTED_ITEMS))));
        }
    }

    private int readText(Buffer part, int from) {
        int count = Math.min(textBytes - text.length(), part.length() - from);
        text.appendBuffer(part, from, count);
        int skipped = Math.min(endLeft, part.length() - from - count);
        if (text.length() == textBytes) {
            endLeft -= skipped;
        }
        if (endLeft == 0) {
            Buffer read = text;
            text = null;
            add(new Reply.Text(read));
        }
        return from + count + skipped;
    }

    /** The last item of a list ends it, and with it perhaps the list that it is an item of. */
    private void add(Reply reply) {
        Reply last = reply;
        while (!open.isEmpty()) {
            OpenList list = open.peek();
            list.items().add(last);
            if (list.items().size() < list.length()) {
                return;
            }
            open.pop();
            last = new Reply.Items(list.items());
        }
        whole.accept(last);
    }
}
