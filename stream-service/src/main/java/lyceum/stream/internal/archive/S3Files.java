package lyceum.stream.internal.archive;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.RecordingName;
import lyceum.stream.internal.archive.S3Client.Body;

/**
 * Files of recordings in a bucket. A short one is one object that is put; a longer one is uploaded in parts, which are one
 * object when the last one is there.
 */
final class S3Files implements FileStore {

    /** The least that S3 takes as a part that is not the last one. */
    static final int PART_BYTES = 5 << 20;

    /** S3 takes no more parts of one object. */
    static final int MOST_PARTS = 10_000;

    private final S3Client client;
    private final S3Moves moves;
    private final WorkerExecutor packing;

    /** @param packing sums up what is sent */
    S3Files(S3Client client, S3Moves moves, WorkerExecutor packing) {
        this.client = client;
        this.moves = moves;
        this.packing = packing;
    }

    private static String folder(String shelf, String recording) {
        return shelf + '/' + RecordingName.check(recording) + '/';
    }

    private static String key(String recording, String file) {
        return folder(Shelf.LISTED.post(), recording) + FileStore.checked(file);
    }

    @Override
    public Future<StoredFile> find(String recording, String file) {
        return client.look(key(recording, file)).recover(S3Files::missing);
    }

    @Override
    public Future<Buffer> read(String recording, String file, String tag, long offset, int count) {
        return client.getSame(key(recording, file), tag, offset, count).recover(S3Files::missing);
    }

    private static <T> Future<T> missing(Throwable error) {
        return Future.failedFuture(
                error instanceof Failure failure && failure.kind() == Kind.NOT_FOUND ? FileStore.missing() : error);
    }

    @Override
    public Future<Boolean> isHidden(String recording) {
        return moves.isFilled(folder(Shelf.HIDDEN.raw(), recording))
                .compose(hasRaw ->
                        hasRaw ? Future.succeededFuture(true) : moves.isFilled(folder(Shelf.HIDDEN.post(), recording)));
    }

    @Override
    public Future<FileDraft> begin(String recording, String file) {
        return Future.succeededFuture(new Draft(recording, file));
    }

    private final class Draft implements FileDraft {

        private final String recording;
        private final String file;
        private final String key;
        private final List<String> parts = new ArrayList<>();
        private Buffer part = Buffer.buffer();
        private String upload;
        private boolean isOver;

        Draft(String recording, String file) {
            this.recording = recording;
            this.file = file;
            this.key = key(recording, file);
        }

        @Override
        public Future<Void> append(Buffer bytes) {
            part.appendBuffer(bytes);
            return part.length() < PART_BYTES ? Future.succeededFuture() : sendPart();
        }

        private Future<Void> sendPart() {
            Buffer whole = part;
            part = Buffer.buffer();
            if (parts.size() == MOST_PARTS) {
                return Future.failedFuture(Failure.invalid("the file is too long for its store"));
            }
            return upload().compose(id ->
                            summed(whole).compose(body -> client.putPart(key, id, parts.size() + 1, body)))
                    .onSuccess(parts::add)
                    .mapEmpty();
        }

        private Future<String> upload() {
            return upload == null
                    ? client.beginParts(key).onSuccess(begun -> upload = begun)
                    : Future.succeededFuture(upload);
        }

        private Future<Body> summed(Buffer bytes) {
            return packing.executeBlocking(() -> Body.of(bytes), false);
        }

        @Override
        public Future<StoredFile> commit(boolean overwrite) {
            return requireNew(overwrite)
                    .compose(isFree -> store(overwrite))
                    .recover(error -> Future.failedFuture(
                            error instanceof Failure failure && failure.kind() == Kind.CONFLICT
                                    ? FileStore.taken(recording, file)
                                    : error))
                    .compose(stored -> client.look(key));
        }

        /** Not every store knows conditions. */
        private Future<Void> requireNew(boolean overwrite) {
            return overwrite
                    ? Future.succeededFuture()
                    : client.contains(key)
                            .compose(isThere -> isThere
                                    ? Future.failedFuture(FileStore.taken(recording, file))
                                    : Future.succeededFuture());
        }

        private Future<Void> store(boolean overwrite) {
            if (upload == null) {
                return summed(part)
                        .compose(body -> overwrite ? client.put(key, body) : client.putNew(key, body))
                        .onSuccess(stored -> isOver = true);
            }
            return (part.length() == 0 ? Future.<Void>succeededFuture() : sendPart())
                    .compose(sent -> client.endParts(key, upload, parts, overwrite))
                    .onSuccess(stored -> isOver = true);
        }

        @Override
        public Future<Void> abandon() {
            part = Buffer.buffer();
            if (isOver || upload == null) {
                return Future.succeededFuture();
            }
            isOver = true;
            return client.dropParts(key, upload);
        }
    }
}
