package lyceum.gateway.form;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Puts recordings together again as they would be sent back, and notes how long their pieces were. */
final class HeardVoices implements DataUris.Voices {

    private final List<Buffer> sources = new ArrayList<>();
    private final List<String> pieces = new ArrayList<>();

    @Override
    public void begin(int index) {
        if (index != sources.size()) {
            throw new IllegalStateException("recording " + index + " begins out of turn");
        }
        sources.add(Buffer.buffer());
    }

    @Override
    public void piece(int index, boolean isText, Buffer bytes) {
        if (index != sources.size() - 1) {
            throw new IllegalStateException("a piece of recording " + index + " comes out of turn");
        }
        pieces.add(index + (isText ? " text " : " sound ") + bytes.length());
        sources.get(index)
                .appendBytes(isText ? bytes.getBytes() : Base64.getEncoder().encode(bytes.getBytes()));
    }

    /** @return what stood behind the comma of each, as JSON source */
    List<String> sources() {
        return sources.stream().map(Buffer::toString).toList();
    }

    /** @return recording, kind and length of each piece in order */
    List<String> pieces() {
        return pieces;
    }
}
