package lyceum.stream.internal.archive;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import lyceum.stream.RecordingName;
import lyceum.stream.RecordingService.Gone;
import lyceum.stream.RecordingService.Moved;
import lyceum.stream.internal.EntryId;
import lyceum.stream.internal.archive.S3Client.Body;
import lyceum.stream.internal.archive.S3Page.S3Object;

/**
 * Recordings in a bucket that speaks S3: keys are the paths of the layout. An object appears as a whole, so nothing is
 * ever unfinished. There are no directories: a recording is where an object is, and to move it is to copy each object and
 * then to delete it; a move that was interrupted goes on when it is ordered once more.
 */
public final class S3Recordings implements RecordingStore {

    private static final char SLASH = '/';

    private final S3Client client;
    private final S3Moves moves;
    private final WorkerExecutor packing;
    private final S3Files files;

    /** @param writers how many chunks are made at once */
    public S3Recordings(Vertx vertx, S3Access access, int writers) {
        this.client = new S3Client(vertx, access);
        this.moves = new S3Moves(client);
        this.packing = vertx.createSharedWorkerExecutor("lyceum-recordings-pack", writers);
        this.files = new S3Files(client, moves, packing);
    }

    private static String folder(String shelf, String recording) {
        return shelf + SLASH + RecordingName.check(recording) + SLASH;
    }

    @Override
    public boolean takesName(String recording) {
        return true;
    }

    @Override
    public Future<List<String>> list() {
        String prefix = Shelf.LISTED.raw() + SLASH;
        Set<String> names = new TreeSet<>(NameOrder.BY_CODE_POINT);
        return client.listAll(prefix, "/", page -> {
                    page.prefixes().forEach(each -> names.add(each.substring(prefix.length(), each.length() - 1)));
                })
                .map(all -> names.stream().filter(RecordingName::isOne).toList());
    }

    @Override
    public Future<Boolean> contains(String recording) {
        return moves.isFilled(folder(Shelf.LISTED.raw(), recording));
    }

    @Override
    public Future<StoredRecording> find(String recording) {
        String raw = folder(Shelf.LISTED.raw(), recording);
        Map<String, StoredStream> streams = new HashMap<>();
        return client.listAll(raw, "", page -> {
                    page.objects().forEach(object -> add(streams, object, raw.length()));
                })
                .compose(all -> files(folder(Shelf.LISTED.post(), recording)))
                .map(files -> new StoredRecording(
                        streams.values().stream()
                                .sorted(Comparator.comparing(StoredStream::stream, NameOrder.BY_CODE_POINT))
                                .toList(),
                        files));
    }

    private static void add(Map<String, StoredStream> streams, S3Object object, int prefixLength) {
        String path = object.key().substring(prefixLength);
        int slash = path.indexOf(SLASH);
        if (slash < 0) {
            if (path.endsWith(ChunkName.ENDING)) {
                String name = DirectoryName.stream(path.substring(0, path.length() - ChunkName.ENDING.length()));
                streams.putIfAbsent(name, StoredStream.single(name, object.bytes()));
            }
            return;
        }
        String name = DirectoryName.stream(path.substring(0, slash));
        Optional<ChunkName> chunk = ChunkName.parse(path.substring(slash + 1));
        chunk.ifPresent(found -> streams.compute(
                name,
                (key, stream) -> (stream == null || stream.isSingle() ? StoredStream.empty(name) : stream)
                        .with(found, object.bytes())));
    }

    private Future<List<String>> files(String post) {
        Set<String> files = new TreeSet<>(NameOrder.BY_CODE_POINT);
        return client.listAll(post, "/", page -> {
                    page.objects().forEach(object -> files.add(object.key().substring(post.length())));
                    page.prefixes().forEach(each -> files.add(each.substring(post.length(), each.length() - 1)));
                })
                .map(all -> List.copyOf(files));
    }

    @Override
    public Future<List<StoredZip>> zips(String recording, String stream) {
        Optional<String> directory = DirectoryName.of(stream);
        if (directory.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        String place = folder(Shelf.LISTED.raw(), recording) + directory.get();
        List<ChunkName> chunks = new ArrayList<>();
        return client.listAll(place + SLASH, "", page -> {
                    page.objects()
                            .forEach(object -> ChunkName.parse(object.key().substring(place.length() + 1))
                                    .ifPresent(chunks::add));
                })
                .compose(all -> chunks.isEmpty() ? single(place) : Future.succeededFuture(sorted(place, chunks)));
    }

    private static List<StoredZip> sorted(String place, List<ChunkName> chunks) {
        return chunks.stream()
                .sorted(Comparator.comparing(ChunkName::first).thenComparing(ChunkName::last))
                .map(chunk -> new StoredZip(place + SLASH + chunk.file(), chunk.last()))
                .toList();
    }

    private Future<List<StoredZip>> single(String place) {
        StoredZip zip = new StoredZip(place + ChunkName.ENDING, EntryId.NONE);
        return client.contains(zip.place()).map(isThere -> isThere ? List.of(zip) : List.of());
    }

    @Override
    public Future<StoredBytes> open(String place) {
        return client.length(place).map(length -> new S3Bytes(client, place, length));
    }

    private record S3Bytes(S3Client client, String place, long length) implements StoredBytes {

        @Override
        public Future<Buffer> read(long offset, int count) {
            return count == 0 || offset >= length
                    ? Future.succeededFuture(Buffer.buffer())
                    : client.get(place, offset, count);
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }

    @Override
    public Future<Boolean> add(String recording, Chunk chunk, BooleanSupplier permission) {
        String directory = DirectoryName.of(chunk.stream()).orElseThrow();
        String key = folder(Shelf.LISTED.raw(), recording)
                + directory
                + SLASH
                + chunk.name().file();
        return packing.executeBlocking(() -> pack(chunk), false)
                .compose(body ->
                        permission.getAsBoolean() ? client.put(key, body).map(true) : Future.succeededFuture(false));
    }

    private static Body pack(Chunk chunk) throws IOException {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        chunk.writeTo(zip);
        return Body.of(Buffer.buffer(zip.toByteArray()));
    }

    @Override
    public Future<Moved> move(String recording, Shelf from, String newName, Shelf to) {
        String raw = folder(from.raw(), recording);
        String newRaw = folder(to.raw(), newName);
        return moves.check(raw, newRaw, newName)
                .compose(free -> moves.check(folder(from.post(), recording), folder(to.post(), newName), newName))
                .compose(free -> moves.move(folder(from.post(), recording), folder(to.post(), newName)))
                .compose(moved -> moves.move(raw, newRaw))
                .compose(moved -> moves.isFilled(newRaw))
                .map(isThere -> new Moved(isThere, true));
    }

    @Override
    public Future<Gone> delete(String recording) {
        return moves.delete(folder(Shelf.LISTED.post(), recording))
                .compose(deleted -> moves.delete(folder(Shelf.LISTED.raw(), recording)))
                .map(deleted -> new Gone(true, true));
    }

    @Override
    public FileStore files() {
        return files;
    }

    @Override
    public Future<Void> sweep() {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> close() {
        return Future.join(packing.close(), client.close()).mapEmpty();
    }
}
