package lyceum.stream.internal.convert;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lyceum.platform.Failure;

/** Reads the numbers of a JSON array: lists in lists, all of one level equally long, and numbers in the innermost only. */
final class NumberList {

    private static final int UNKNOWN = -1;
    private static final int FIRST_ROOM = 16;

    private float[] values = new float[FIRST_ROOM];
    private int count;

    /** How many items the open lists have so far, the outermost first. */
    private final List<Integer> open = new ArrayList<>();

    /** How many items a list of each level has; unknown until the first is closed. */
    private final List<Integer> lengths = new ArrayList<>();

    private int levelOfNumbers = UNKNOWN;

    private NumberList() {}

    /** @return the numbers in their order, or INVALID where it is anything else */
    static float[] read(byte[] utf8) {
        NumberList list = new NumberList();
        try (JsonParser in = Json.parser(utf8)) {
            for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
                list.take(token, in);
            }
        } catch (IOException e) {
            throw Json.notJson();
        }
        return Arrays.copyOf(list.values, list.count);
    }

    private void take(JsonToken token, JsonParser in) throws IOException {
        if (token == JsonToken.START_ARRAY) {
            countItem();
            open();
        } else if (token == JsonToken.END_ARRAY) {
            close();
        } else if (token.isNumeric()) {
            countItem();
            add(in.getFloatValue());
        } else {
            throw irregular();
        }
    }

    private void countItem() {
        if (!open.isEmpty()) {
            int innermost = open.size() - 1;
            open.set(innermost, open.get(innermost) + 1);
        }
    }

    private void open() {
        if (open.size() == levelOfNumbers) {
            throw irregular();
        }
        open.add(0);
        if (lengths.size() < open.size()) {
            lengths.add(UNKNOWN);
        }
    }

    private void close() {
        int level = open.size() - 1;
        int length = open.remove(level);
        if (lengths.get(level) == UNKNOWN) {
            lengths.set(level, length);
        }
        if (lengths.get(level) != length) {
            throw irregular();
        }
    }

    private void add(float value) {
        levelOfNumbers = open.size();
        if (levelOfNumbers != lengths.size()) {
            throw irregular();
        }
        if (count == values.length) {
            values = Arrays.copyOf(values, count * 2);
        }
        values[count++] = value;
    }

    private static Failure irregular() {
        return Failure.invalid("JSON that is no regular list of numbers cannot be converted to ndarray");
    }
}
