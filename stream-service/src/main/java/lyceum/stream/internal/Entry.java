package lyceum.stream.internal;

import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import lyceum.stream.internal.resp.Reply;

/** An entry as Redis has it. */
public record Entry(EntryId id, Buffer payload) {

    /** The only field of an entry (contract, 2.4). */
    static final String FIELD = "d";

    /** What an entry takes beside its payload, roughly: three objects and their places in lists. */
    private static final int OVERHEAD_BYTES = 160;

    /** @return bytes of memory */
    long weight() {
        return payload.length() + (long) OVERHEAD_BYTES;
    }

    /** @param reply of XRANGE, or of one stream of XREAD */
    static List<Entry> listOf(Response reply) {
        List<Entry> entries = new ArrayList<>(reply.size());
        for (Response entry : reply) {
            entries.add(new Entry(EntryId.of(entry.get(0).toString()), payload(entry.get(1))));
        }
        return entries;
    }

    /** @param reply one entry of XREAD */
    static Entry of(Reply reply) {
        return new Entry(
                EntryId.of(reply.items().get(0).text()),
                payload(reply.items().get(1).items()));
    }

    private static Buffer payload(List<Reply> fields) {
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            if (fields.get(i).text().equals(FIELD)) {
                return fields.get(i + 1).bytes();
            }
        }
        return Buffer.buffer();
    }

    /** Entries of other programs may lack the field. */
    private static Buffer payload(Response fields) {
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            if (fields.get(i).toString().equals(FIELD)) {
                return fields.get(i + 1).toBuffer();
            }
        }
        return Buffer.buffer();
    }
}
