package lyceum.gateway.stream;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import lyceum.stream.PushSession.EntryHead;

/**
 * A piece of a message of entries.
 *
 * @param entries those of the message, in its first piece; none in later ones
 * @param bytes of their payloads, which go on where those of the piece before ended
 */
public record PushPiece(List<EntryHead> entries, Buffer bytes, boolean isLast) {}
