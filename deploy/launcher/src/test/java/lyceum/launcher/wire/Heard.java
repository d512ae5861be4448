package lyceum.launcher.wire;

import io.vertx.core.buffer.Buffer;

/** What came over a WebSocket. */
public sealed interface Heard {

    /** A text message. */
    record Text(String text) implements Heard {

        @Override
        public String toString() {
            return "text " + Excerpt.head(text);
        }
    }

    /** A binary message. */
    record Bytes(Buffer bytes) implements Heard {

        @Override
        public String toString() {
            return "%d bytes %s".formatted(bytes.length(), Excerpt.head(bytes.toString()));
        }
    }

    /**
     * The end.
     *
     * @param code of the close frame, {@link #NO_FRAME} where the connection broke without one
     * @param reason empty where none was told
     */
    record Closed(int code, String reason) implements Heard {

        public static final int NO_FRAME = 1006;
    }
}
