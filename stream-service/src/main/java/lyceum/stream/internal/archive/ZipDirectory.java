package lyceum.stream.internal.archive;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The members of a zip in their order (APPNOTE 4.3.12); a piece of the directory is in memory at a time. */
final class ZipDirectory {

    private static final int PIECE_BYTES = 64 * 1024;

    private static final int SIGNATURE = 0x02014b50;
    private static final int HEADER_BYTES = 46;
    private static final int STORED = 0;
    private static final long IN_EXTRA = 0xFFFFFFFFL;
    private static final int EXTRA_64 = 1;

    private final StoredBytes file;
    private final long end;
    private long next;
    private Buffer piece = Buffer.buffer();
    private int at;

    private ZipDirectory(StoredBytes file, ZipEnd place) {
        this.file = file;
        this.next = place.begin();
        this.end = place.end();
    }

    /** @return the directory of a file, or {@link BrokenZip} */
    static Future<ZipDirectory> of(StoredBytes file) {
        return ZipEnd.of(file).map(place -> new ZipDirectory(file, place));
    }

    /** @return the next member, empty behind the last one; or {@link BrokenZip} */
    Future<Optional<ZipMember>> next() {
        if (isWhole()) {
            return Future.succeededFuture(Optional.of(take()));
        }
        if (next == end && at == piece.length()) {
            return Future.succeededFuture(Optional.empty());
        }
        int wanted = (int) Math.min(PIECE_BYTES, end - next);
        return file.read(next, wanted).map(more -> {
            piece = piece.slice(at, piece.length()).copy().appendBuffer(more);
            at = 0;
            next += more.length();
            if (!isWhole()) {
                throw new BrokenZip("the directory of the zip is broken");
            }
            return Optional.of(take());
        });
    }

    /** @return whether the next member is in memory already */
    private boolean isWhole() {
        return piece.length() - at >= HEADER_BYTES && piece.length() - at >= memberBytes();
    }

    private int memberBytes() {
        return HEADER_BYTES + nameBytes() + extraBytes() + piece.getUnsignedShortLE(at + 32);
    }

    private int nameBytes() {
        return piece.getUnsignedShortLE(at + 28);
    }

    private int extraBytes() {
        return piece.getUnsignedShortLE(at + 30);
    }

    private ZipMember take() {
        if (piece.getIntLE(at) != SIGNATURE) {
            throw new BrokenZip("the directory of the zip is broken");
        }
        int nameAt = at + HEADER_BYTES;
        String name = piece.getString(nameAt, nameAt + nameBytes(), StandardCharsets.UTF_8.name());
        if (piece.getUnsignedShortLE(at + 10) != STORED) {
            throw new BrokenZip("member %s is compressed".formatted(name));
        }
        Numbers numbers = new Numbers(nameAt + nameBytes(), extraBytes());
        long length = numbers.of(piece.getUnsignedIntLE(at + 24));
        numbers.of(piece.getUnsignedIntLE(at + 20));
        long offset = numbers.of(piece.getUnsignedIntLE(at + 42));
        long sum = piece.getUnsignedIntLE(at + 16);
        at += memberBytes();
        if (length < 0 || offset < 0 || offset > file.length() || length > file.length() - offset) {
            throw new BrokenZip("member %s is not where it should be".formatted(name));
        }
        return new ZipMember(name, offset, length, sum);
    }

    /** Numbers that are too long for their place stand in the extra field, in this order (APPNOTE 4.5.3). */
    private final class Numbers {

        private int place = -1;
        private int limit;

        Numbers(int from, int count) {
            int field = from;
            while (field + 4 <= from + count && place < 0) {
                int bytes = piece.getUnsignedShortLE(field + 2);
                if (piece.getUnsignedShortLE(field) == EXTRA_64) {
                    place = field + 4;
                    limit = Math.min(field + 4 + bytes, from + count);
                }
                field += 4 + bytes;
            }
        }

        long of(long number) {
            if (number != IN_EXTRA) {
                return number;
            }
            if (place < 0 || place + 8 > limit) {
                throw new BrokenZip("the directory of the zip is broken");
            }
            place += 8;
            return piece.getLongLE(place - 8);
        }
    }
}
