package lyceum.gateway.stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import lyceum.platform.Failure;
import lyceum.stream.PushSession;
import lyceum.stream.PushSession.EntryHead;

/**
 * The header of a pushed batch (stream contract, section 3.2): which entries the bytes that follow have. Its elements are
 * offsets, {@code [stream, offset]}, or {@code [stream, id, offset]}, all of one form. The offsets are where entries end; if
 * the first one is 0, where they start (section 8, decision 3).
 */
public final class PushHeader {

    private static final JsonFactory JSON = new JsonFactory();

    private final List<EntryHead> entries;
    private final long lastOffset;
    private final boolean isOpen;

    private PushHeader(List<EntryHead> entries, long lastOffset, boolean isOpen) {
        this.entries = entries;
        this.lastOffset = lastOffset;
        this.isOpen = isOpen;
    }

    /**
     * @param text JSON in UTF-8
     * @param path whose streams the entries belong to, if the header names none
     * @return what it says; or {@link BadMessage}
     */
    public static PushHeader parse(Buffer text, PushPath path) {
        try (JsonParser parser = JSON.createParser(text.getBytes())) {
            return read(parser, path);
        } catch (JsonProcessingException e) {
            throw BadMessage.noJson("this is not JSON");
        } catch (IOException e) {
            // Of UTF-8 that is none; nothing is read from anywhere.
            throw BadMessage.noJson("this is not UTF-8");
        }
    }

    private static PushHeader read(JsonParser parser, PushPath path) throws IOException {
        try {
            return new Reading(parser, path).read();
        } catch (BadMessage wrong) {
            refuseWhatIsNoJson(parser);
            throw wrong;
        } catch (Failure wrongName) {
            refuseWhatIsNoJson(parser);
            throw BadMessage.header(wrongName.getMessage());
        }
    }

    /** Whether it is JSON shows at its end only, and what that says matters only if it is. */
    private static void refuseWhatIsNoJson(JsonParser parser) throws IOException {
        if (parser.currentToken() == null) {
            throw BadMessage.noJson("it is empty");
        }
        while (!parser.getParsingContext().inRoot()) {
            parser.nextToken();
        }
        if (parser.nextToken() != null) {
            throw BadMessage.noJson("something is behind the list");
        }
    }

    /** @return the entries in order; of the last one the length may be {@link PushSession#OPEN} */
    public List<EntryHead> entries() {
        return entries;
    }

    /** @return how many bytes must follow, or at least must follow where the last entry is open */
    public long leastBytes() {
        return lastOffset;
    }

    /** @return whether more bytes may follow than must */
    public boolean isOpen() {
        return isOpen;
    }

    /** What is known while it is read: of the last element, and of all before it. */
    private static final class Reading {

        private final JsonParser parser;
        private final PushPath path;
        private final List<EntryHead> entries = new ArrayList<>();

        private JsonToken form;
        private int width;
        private boolean isStart;
        private String stream;
        private String id = "";
        private int offset;

        Reading(JsonParser parser, PushPath path) {
            this.parser = parser;
            this.path = path;
        }

        PushHeader read() throws IOException {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw BadMessage.header("it is a list of entries");
            }
            for (int index = 0; parser.nextToken() != JsonToken.END_ARRAY; index++) {
                if (index == PushSession.MESSAGE_ENTRIES) {
                    throw BadMessage.header("a batch has at most %d entries".formatted(PushSession.MESSAGE_ENTRIES));
                }
                readElement(index);
            }
            if (parser.nextToken() != null) {
                throw BadMessage.noJson("something is behind the list");
            }
            if (isStart) {
                entries.add(new EntryHead(stream, id, PushSession.OPEN));
            }
            return new PushHeader(entries, offset, isStart);
        }

        /** Where offsets are those of starts, an element tells how long the entry before it is. */
        private void readElement(int index) throws IOException {
            String streamBefore = stream;
            String idBefore = id;
            int before = offset;
            readParts(index);
            if (offset < before) {
                throw wrong(index, "has a smaller offset than the one before");
            }
            if (index == 0) {
                isStart = offset == 0;
            }
            if (!isStart) {
                entries.add(new EntryHead(stream, id, offset - before));
            } else if (index > 0) {
                entries.add(new EntryHead(streamBefore, idBefore, offset - before));
            }
        }

        private void readParts(int index) throws IOException {
            JsonToken token = parser.currentToken();
            if (index == 0) {
                form = token;
            }
            if (token != form) {
                throw otherForm(index);
            }
            if (token == JsonToken.START_ARRAY) {
                readTuple(index);
            } else {
                stream = path.stream(index);
                offset = offset(index);
            }
        }

        private void readTuple(int index) throws IOException {
            stream = parser.nextTextValue();
            if (stream == null) {
                throw wrong(index, "does not begin with the name of a stream");
            }
            int size = 2;
            id = "";
            JsonToken second = parser.nextToken();
            String secondAsId = id(second);
            int secondAsOffset = number(second);
            if (parser.nextToken() == JsonToken.END_ARRAY) {
                offset = checked(secondAsOffset, index);
            } else {
                size = 3;
                id = checked(secondAsId, index);
                offset = offset(index);
                if (parser.nextToken() != JsonToken.END_ARRAY) {
                    throw wrong(index, "has more than stream, id and offset");
                }
            }
            if (index == 0) {
                width = size;
            }
            if (size != width) {
                throw otherForm(index);
            }
        }

        private int offset(int index) throws IOException {
            return checked(number(parser.currentToken()), index);
        }

        /** @return the whole number, or a negative one where there is none that can be an offset */
        private int number(JsonToken token) throws IOException {
            return token == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() == JsonParser.NumberType.INT
                    ? parser.getIntValue()
                    : -1;
        }

        private static int checked(int offset, int index) {
            if (offset < 0) {
                throw wrong(index, "has no offset from 0 on");
            }
            return offset;
        }

        /** @return an id as the service takes it, or null where it cannot be one */
        private String id(JsonToken token) throws IOException {
            if (token == JsonToken.VALUE_NULL) {
                return "";
            }
            return token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT ? parser.getText() : null;
        }

        private static String checked(String id, int index) {
            if (id == null) {
                throw wrong(index, "has an id that is neither text nor whole number");
            }
            return id;
        }

        private static BadMessage otherForm(int index) {
            return wrong(index, "has another form than the first one");
        }

        private static BadMessage wrong(int index, String what) {
            return BadMessage.header("entry %d %s".formatted(index, what));
        }
    }
}
