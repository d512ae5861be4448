package lyceum.stream.internal.convert;

import io.vertx.core.buffer.Buffer;

/**
 * What was made of an entry.
 *
 * @param contentType {@code image/jpeg}, {@code image/png}, {@code application/json} or {@code application/octet-stream}
 */
public record Converted(Buffer bytes, String contentType) {}
