package lyceum.stream.internal.archive;

import java.time.Instant;

/**
 * A file of a recording, as it was when it was looked at.
 *
 * @param bytes its length
 * @param modified when it was stored
 * @param tag differs from that of every other content that has had this name
 */
public record StoredFile(long bytes, Instant modified, String tag) {}
