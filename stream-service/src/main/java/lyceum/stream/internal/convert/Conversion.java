package lyceum.stream.internal.convert;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;

/** From one format to another, entry by entry. It keeps nothing between entries, so that any thread may use it. */
public final class Conversion {

    private final InputFormat input;
    private final OutputFormat output;
    private final ConversionLimits limits;

    Conversion(InputFormat input, OutputFormat output, ConversionLimits limits) {
        this.input = input;
        this.output = output;
        this.limits = limits;
    }

    /**
     * Converts one entry on the calling thread; a picture takes some milliseconds, so it should not be an event loop.
     *
     * @return what was made of it; fails with INVALID where it is broken, too large, or nothing of that kind can be made
     *     of what it holds
     */
    public Converted convert(Buffer entry) {
        limits.requireSize(entry);
        Content content = input.read(ByteBuffer.wrap(entry.getBytes()));
        return new Converted(Buffer.buffer(output.write(content)), output.contentType());
    }
}
