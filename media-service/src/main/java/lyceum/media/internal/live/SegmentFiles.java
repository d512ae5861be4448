package lyceum.media.internal.live;

import io.vertx.core.Context;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import lyceum.media.LiveService.Kind;
import lyceum.media.internal.live.PartRuler.Stretch;
import lyceum.media.internal.live.Playlist.Segment;

/** Writes the segments of one publish, on the thread that reads them, and tells of each that is whole, and of its parts before. */
final class SegmentFiles implements LiveProcess.Output, TsCutter.Segments {

    private final Path directory;
    private final AtomicLong next;
    private final Context context;
    private final Listener listener;
    private final TsCutter cutter;
    private int parts;
    private Part last;

    /** Is told of what can be read. */
    interface Listener {

        /** A part is written, and its segment goes on. */
        void written(Part part);

        /** @param last its last part; empty where there are no parts */
        void whole(Segment segment, Optional<Part> last);
    }

    /** How long segments and their parts are, in milliseconds; parts of 0 are none. */
    record Lengths(long segmentMillis, long partMillis) {

        /** Pictures of a stream come when they come, and often one in a second: they are not cut into parts. */
        static Lengths of(LiveConfig config, Kind kind) {
            return new Lengths(
                    config.fragment().toMillis(),
                    kind == Kind.FLV ? config.part().toMillis() : 0);
        }
    }

    /**
     * @param next number of the next segment of the channel
     * @param listener told of all that can be read, on the context
     */
    SegmentFiles(
            Path directory, AtomicLong next, boolean hasVideo, Lengths lengths, Context context, Listener listener) {
        this.directory = directory;
        this.next = next;
        this.context = context;
        this.listener = listener;
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
        Optional<Part> lastPart = Optional.ofNullable(last);
        parts = 0;
        last = null;
        context.runOnContext(turn -> listener.whole(segment, lastPart));
    }

    @Override
    public void part(Stretch stretch, boolean isApart, boolean isLast) {
        Part part = new Part(
                next.get(),
                parts++,
                stretch.millis(),
                stretch.offset(),
                stretch.bytes(),
                stretch.isIndependent(),
                isApart);
        if (isLast) {
            last = part;
        } else {
            context.runOnContext(turn -> listener.written(part));
        }
    }
}
