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

/** Writes the segments of one publish, on the thread that reads them, and tells of each that is whole. */
final class SegmentFiles implements LiveProcess.Output, TsCutter.Segments {

    private final Path directory;
    private final AtomicLong next;
    private final Context context;
    private final Consumer<Segment> whole;
    private final TsCutter cutter;

    /**
     * @param next number of the next segment of the channel
     * @param whole told of each, on the context
     */
    SegmentFiles(
            Path directory,
            AtomicLong next,
            boolean hasVideo,
            long lengthMillis,
            Context context,
            Consumer<Segment> whole) {
        this.directory = directory;
        this.next = next;
        this.context = context;
        this.whole = whole;
        this.cutter = new TsCutter(this, hasVideo, lengthMillis);
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
        context.runOnContext(turn -> whole.accept(segment));
    }
}
