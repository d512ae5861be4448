package lyceum.media.internal.live;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lyceum.media.LiveChannel;
import lyceum.media.LiveChannel.AwaitPlaylist;
import lyceum.media.LiveChannel.AwaitedPlaylist;
import lyceum.media.LiveChannel.FilePiece;
import lyceum.media.LiveService.Place;
import lyceum.media.internal.FileTree;
import lyceum.media.internal.live.Playlist.Segment;
import lyceum.platform.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One channel: its files, which outlive the one who publishes them. Lives on one context. */
final class Channel implements SegmentFiles.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(Channel.class);

    static final Failure NO_SUCH_FILE = Failure.notFound("the channel has no such file");

    /** How long a playlist is waited for that has no segment yet; less than a proxy waits for an answer. */
    private static final long FIRST_SEGMENT_MILLIS = 8_000;

    /** How long a question waits for what comes next; less than who asks waits for the answer. */
    private static final long LONGEST_WAIT_MILLIS = 8_000;

    /** Gateways ask once for all their viewers, and each can want few things that are not there yet. */
    static final int MOST_WAITS = 256;

    private static final Failure NOT_IN_TIME =
            new Failure(Failure.Kind.UNAVAILABLE, "nothing has come for too long; ask again");

    private static final Pattern SEGMENT = Pattern.compile("(0|[1-9]\\d{0,17})\\.ts");
    private static final Pattern PART = Pattern.compile("(0|[1-9]\\d{0,17})\\.(0|[1-9]\\d{0,8})\\.ts");

    /** As {@link LiveProgram} has them named; what is still being written has another name. */
    private static final Pattern DASH = Pattern.compile("dash/(index\\.mpd|\\d{1,9}-(init-\\d|\\d-\\d{1,18})\\.m4s)");

    private final Vertx vertx;
    private final String name;
    private final Place place;
    private final Path directory;
    private final Playlist playlist;
    private final PlaylistWaits waits;
    private final AtomicLong next = new AtomicLong();
    private final Rate out = new Rate(System::nanoTime);
    private Promise<Void> first = Promise.promise();
    private Publishing publishing;
    private int publishes;
    private long bytesOut;
    private long watchedNanos = System.nanoTime();

    Channel(Vertx vertx, String name, Place place, Path directory, Playlist playlist) {
        this.vertx = vertx;
        this.name = name;
        this.place = place;
        this.directory = directory;
        this.playlist = playlist;
        this.waits = new PlaylistWaits(vertx, MOST_WAITS);
    }

    String name() {
        return name;
    }

    Place place() {
        return place;
    }

    /** @return who publishes it, or did so last; null before the first one */
    Publishing publishing() {
        return publishing;
    }

    boolean isLive() {
        return publishing != null && publishing.isLive();
    }

    /** @return which publish the next one is, from 0 on */
    int nextPublish() {
        return publishes++;
    }

    void publish(Publishing session) {
        publishing = session;
    }

    /** Ends who publishes it, if anybody does. @return done when all that was brought can be watched */
    Future<Void> end(Failure why) {
        return publishing == null ? Future.succeededFuture() : publishing.end(why);
    }

    /** Makes room for a publish; the files of DASH that the one before has left are those of another time line. It blocks. */
    void prepare() {
        try {
            Files.createDirectories(directory);
            FileTree.delete(dash());
            Files.createDirectory(dash());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path dash() {
        return directory.resolve("dash");
    }

    /** @return takes what an ffmpeg of this channel makes */
    SegmentFiles files(boolean hasVideo, SegmentFiles.Lengths lengths) {
        Context context = vertx.getOrCreateContext();
        return new SegmentFiles(directory, next, hasVideo, lengths, context, this);
    }

    @Override
    public void written(Part part) {
        playlist.add(part);
        waits.look();
    }

    /** Who waited for the last part sees that its segment is whole. */
    @Override
    public void whole(Segment segment, Optional<Part> last) {
        last.ifPresent(playlist::add);
        publishing.made();
        List<Segment> removed = playlist.add(segment);
        first.tryComplete();
        waits.look();
        removed.forEach(old -> vertx.fileSystem()
                .delete(directory.resolve(old.file()).toString())
                .onFailure(error -> LOG.warn("a segment of channel={} was not removed: {}", name, error.toString())));
    }

    /** @return as {@link LiveChannel#readChannelFile} */
    Future<FilePiece> read(String file, long offset) {
        if (offset < 0) {
            return Future.failedFuture(NO_SUCH_FILE);
        }
        Future<FilePiece> piece = file.equals(LiveChannel.PLAYLIST) ? readPlaylist() : readFile(file, offset);
        return piece.onSuccess(read -> count(read.bytes()));
    }

    private void count(Buffer bytes) {
        bytesOut += bytes.length();
        out.add(bytes.length());
    }

    private Future<FilePiece> readPlaylist() {
        watchedNanos = System.nanoTime();
        Future<Void> begun = playlist.isEmpty() && isLive()
                ? first.future()
                        .timeout(FIRST_SEGMENT_MILLIS, TimeUnit.MILLISECONDS)
                        .otherwiseEmpty()
                : Future.succeededFuture();
        return begun.map(ready -> {
            if (playlist.isEmpty()) {
                throw NO_SUCH_FILE;
            }
            Buffer text = Buffer.buffer(playlist.text());
            return new FilePiece(text, text.length());
        });
    }

    /** @return as {@link LiveChannel#awaitPlaylist} */
    Future<AwaitedPlaylist> await(AwaitPlaylist question) {
        return readPlaylist()
                .compose(begun -> playlist.hasParts() ? reach(question) : Future.succeededFuture(true))
                .map(isReached -> new AwaitedPlaylist(isReached ? Buffer.buffer(playlist.text()) : Buffer.buffer()))
                .onSuccess(answer -> count(answer.text()));
    }

    private Future<Boolean> reach(AwaitPlaylist question) {
        Awaited wanted = Awaited.of(question.segment(), question.part());
        if (playlist.isTooFar(wanted)) {
            return Future.failedFuture(Failure.invalid("that is too far ahead"));
        }
        long left = playlist.patienceMillis() - question.waitedMillis();
        return left <= 0 && !playlist.reaches(wanted)
                ? Future.failedFuture(NOT_IN_TIME)
                : waits.until(() -> playlist.reaches(wanted), Math.min(left, LONGEST_WAIT_MILLIS));
    }

    /** The part that comes next is waited for. */
    private Future<FilePiece> readPart(long segment, int index, long offset) {
        Future<Boolean> there = isLive() && playlist.isNext(segment, index)
                ? waits.until(() -> playlist.part(segment, index).isPresent(), LONGEST_WAIT_MILLIS)
                : Future.succeededFuture(true);
        return there.compose(waited -> playlist.part(segment, index)
                .filter(part -> offset <= part.bytes())
                .map(part -> ChannelFiles.read(vertx, directory.resolve(segment + ".ts"), part.offset() + offset, (int)
                                Math.min(LiveChannel.PIECE_BYTES, part.bytes() - offset))
                        .map(piece -> new FilePiece(piece.bytes(), part.bytes()))
                        .recover(error -> Future.failedFuture(NO_SUCH_FILE)))
                .orElseGet(() -> Future.failedFuture(NO_SUCH_FILE)));
    }

    private Future<FilePiece> readFile(String file, long offset) {
        Matcher part = PART.matcher(file);
        if (part.matches()) {
            return readPart(Long.parseLong(part.group(1)), Integer.parseInt(part.group(2)), offset);
        }
        Matcher segment = SEGMENT.matcher(file);
        Matcher dash = DASH.matcher(file);
        boolean isThere = segment.matches() ? playlist.has(Long.parseLong(segment.group(1))) : dash.matches();
        if (!isThere) {
            return Future.failedFuture(NO_SUCH_FILE);
        }
        return ChannelFiles.read(vertx, directory.resolve(file), offset, LiveChannel.PIECE_BYTES)
                .expecting(piece -> piece.sizeBytes() > 0)
                .recover(error -> Future.failedFuture(NO_SUCH_FILE));
    }

    /** @return how long nobody has asked for the playlist */
    long unwatchedMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - watchedNanos);
    }

    /** Nobody waits any more for a first segment that does not come. */
    void left() {
        first.tryComplete();
        first = Promise.promise();
    }

    long bytesOut() {
        return bytesOut;
    }

    long bitsOut() {
        return out.bitsPerSecond();
    }

    /** Removes all it has. It blocks. */
    void remove() {
        try {
            FileTree.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
