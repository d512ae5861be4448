package lyceum.gateway.stream;

import java.util.List;
import lyceum.stream.StreamName;

/**
 * The streams that the path of a push names (stream contract, section 3.2): one, which all entries belong to; several with
 * {@code +} between them, one for each entry of a batch; or {@code *}, where the header of a batch names them.
 *
 * @param streams none where headers name them
 */
public record PushPath(List<String> streams) {

    private static final String NAMED_BY_HEADER = "*";

    /** @return what the path says; INVALID where it names what can be no stream */
    public static PushPath of(String ids) {
        return new PushPath(ids.equals(NAMED_BY_HEADER) ? List.of() : StreamName.checkAll(PlusList.ofPath(ids)));
    }

    /** @return whether headers name the streams, so that there are headers in any case */
    public boolean isNamedByHeader() {
        return streams.isEmpty();
    }

    /** @return whether each entry has a stream of its own, so that it must be in a batch */
    public boolean isList() {
        return streams.size() > 1;
    }

    /** @return the stream of an entry of a batch, counted from 0; or {@link BadMessage} where there is none */
    String stream(int index) {
        if (isNamedByHeader()) {
            throw BadMessage.header("entry %d names no stream".formatted(index));
        }
        if (isList() && index >= streams.size()) {
            throw BadMessage.header("the path has no stream for entry %d".formatted(index));
        }
        return streams.get(isList() ? index : 0);
    }

    /** @return the one stream of messages without a header */
    public String single() {
        return streams.get(0);
    }
}
