package lyceum.stream.internal.archive;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** The bytes of members of a zip (APPNOTE 4.3.7). Those that lie side by side are read in one piece. */
final class ZipBytes {

    private static final int SIGNATURE = 0x04034b50;
    private static final int HEADER_BYTES = 30;

    /** Before the bytes of a member there may be an extra field, whose length only its own header tells. */
    private static final int ROOM_BYTES = 64;

    private final StoredBytes file;

    ZipBytes(StoredBytes file) {
        this.file = file;
    }

    /**
     * @param members at least one, in the order in which they lie in the file
     * @return the bytes of each, or {@link BrokenZip}
     */
    Future<List<Buffer>> read(List<ZipMember> members) {
        long begin = members.get(0).offset();
        ZipMember last = members.get(members.size() - 1);
        long span = Math.min(file.length(), last.offset() + expectedBytes(last)) - begin;
        long expected = members.stream().mapToLong(ZipBytes::expectedBytes).sum();
        if (members.size() > 1 && (span < 0 || span > expected)) {
            return readEach(members);
        }
        if (span > Integer.MAX_VALUE) {
            return Future.failedFuture(new BrokenZip("member %s is too long".formatted(last.name())));
        }
        return file.read(begin, (int) span).compose(piece -> cut(members, piece, begin));
    }

    private static long expectedBytes(ZipMember member) {
        return HEADER_BYTES + member.name().length() + ROOM_BYTES + member.length();
    }

    private Future<List<Buffer>> readEach(List<ZipMember> members) {
        List<Buffer> all = new ArrayList<>();
        Future<List<Buffer>> read = Future.succeededFuture(all);
        for (ZipMember member : members) {
            read = read.compose(before -> read(List.of(member))).map(one -> {
                all.addAll(one);
                return all;
            });
        }
        return read;
    }

    private Future<List<Buffer>> cut(List<ZipMember> members, Buffer piece, long begin) {
        List<Buffer> all = new ArrayList<>();
        Future<List<Buffer>> cut = Future.succeededFuture(all);
        for (ZipMember member : members) {
            int header = (int) (member.offset() - begin);
            if (header < 0 || header + HEADER_BYTES > piece.length() || piece.getIntLE(header) != SIGNATURE) {
                return Future.failedFuture(broken(member));
            }
            int from = header
                    + HEADER_BYTES
                    + piece.getUnsignedShortLE(header + 26)
                    + piece.getUnsignedShortLE(header + 28);
            cut = cut.compose(before -> bytes(member, piece, from, begin)).map(bytes -> {
                all.add(checked(member, bytes));
                return all;
            });
        }
        return cut;
    }

    private Future<Buffer> bytes(ZipMember member, Buffer piece, int from, long begin) {
        long end = from + member.length();
        return end <= piece.length()
                ? Future.succeededFuture(piece.slice(from, (int) end))
                : file.read(begin + from, (int) member.length());
    }

    private static Buffer checked(ZipMember member, Buffer bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes.getBytes());
        if (bytes.length() != member.length() || sum.getValue() != member.sum()) {
            throw broken(member);
        }
        return bytes;
    }

    private static BrokenZip broken(ZipMember member) {
        return new BrokenZip("member %s is broken".formatted(member.name()));
    }
}
