package lyceum.media.internal.live;

import io.vertx.core.Context;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import lyceum.media.internal.live.Playlist.Segment;

/** Writes the segments of one publish, on the thread that reads them, and tells of each that is whole, and of its parts before. */
final class SegmentFiles implements LiveProcess.Output, TsCutter.Segments {

    private final Path directory;
    private final AtomicLong next;
    private final Context context;
    private final Consumer<Segment> whole;
    private final Consumer<Part> written;
    private final TsCutter cutter;
    private int parts;

    /** How long segments and their parts are, in milliseconds; parts of 0 are none. */
    record Lengths(long segmentMillis, long partMillis) {}

    /**
     * @param next number of the next segment of the channel
     * @param whole told of each segment, on the context
     * @param written told of each part, on the context, before its segment
     */
    SegmentFiles(
            Path directory,
            AtomicLong next,
            boolean hasVideo,
            Lengths lengths,
            Context context,
            Consumer<Segment> whole,
            Consumer<Part> written) {
        this.directory = directory;
        this.next = next;
        this.context = context;
        this.whole = whole;
        this.written = written;
        this.cutter = new TsCutter(this, hasVideo, lengths.segmentMillis(), lengths.partMillis());
    }

    @Override
    public void take(byte[] bytes, int count) throws IOException {
        cutter.feed(bytes, count);
    }

    @Override
    public void end() throws IOException {
        cutter.end();
    }

    @Override
    public OutputStream begin() throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(directory.resolve(next.get() + ".ts")));
    }

    @Override
    public void end(long millis, long bytes, boolean isApart) {
        Segment segment = new Segment(next.getAndIncrement(), millis, bytes, isApart);
        parts = 0;
        context.runOnContext(turn -> whole.accept(segment));
    }

    @Override
    public void part(long millis, long offset, long bytes, boolean isIndependent, boolean isApart) {
        Part part = new Part(next.get(), parts++, millis, offset, bytes, isIndependent, isApart);
        context.runOnContext(turn -> written.accept(part));
    }
}
