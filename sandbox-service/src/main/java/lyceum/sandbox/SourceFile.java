package lyceum.sandbox;

import io.vertx.core.buffer.Buffer;

/**
 * A file that goes into a sandbox, or comes out of it.
 *
 * @param name a path within the program's directory: relative, with {@code /} between its parts, none of which is
 *     empty, {@code .} or {@code ..}
 */
public record SourceFile(String name, Buffer content) {}
