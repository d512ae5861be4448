package lyceum.gateway.elicast;

import io.vertx.core.buffer.Buffer;
import java.util.Base64;

/** A JSON list of recordings as data URIs, made as their bytes come; its first bracket is the caller's. */
final class VoicesJson {

    private static final String BEGIN = "\"data:audio/webm;base64,";
    private static final String BETWEEN = "\",";

    private int present = -1;

    /** Ends the present recording and begins the given one; those between are empty. */
    void goTo(int index, Buffer json) {
        while (present < index) {
            json.appendString(present < 0 ? BEGIN : BETWEEN + BEGIN);
            present++;
        }
    }

    /**
     * Adds to the present recording.
     *
     * @param isText whether the bytes are JSON source rather than sound
     * @param bytes sound in whole groups of three bytes, unless it is the end of the recording
     */
    void add(boolean isText, Buffer bytes, Buffer json) {
        if (isText) {
            json.appendBuffer(bytes);
        } else {
            json.appendBytes(Base64.getEncoder().encode(bytes.getBytes()));
        }
    }

    /** Ends the list, which has so many recordings. */
    void end(int count, Buffer json) {
        goTo(count - 1, json);
        json.appendString(count == 0 ? "]" : "\"]");
    }
}
