package lyceum.stream.internal.archive;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/**
 * The end of a zip, which tells where its directory is (APPNOTE 4.3.14 to 4.3.16).
 *
 * @param begin offset of the directory
 * @param end offset behind the directory
 */
record ZipEnd(long begin, long end) {

    private static final int SIGNATURE = 0x06054b50;
    private static final int BYTES = 22;
    private static final int LONGEST_COMMENT = 0xFFFF;

    /** The newer form, for files above 4 GiB or of more than 65,535 members, stands before the older one. */
    private static final int SIGNATURE_64 = 0x06064b50;

    private static final int BYTES_64 = 56;
    private static final int LOCATOR = 0x07064b50;
    private static final int LOCATOR_BYTES = 20;
    private static final long IN_NEWER_FORM = 0xFFFFFFFFL;
    private static final int MANY = 0xFFFF;

    /** @return the end of a file, or {@link BrokenZip} */
    static Future<ZipEnd> of(StoredBytes file) {
        long from = Math.max(0, file.length() - BYTES - LONGEST_COMMENT - LOCATOR_BYTES);
        return file.read(from, (int) (file.length() - from)).compose(tail -> read(file, tail, from));
    }

    private static Future<ZipEnd> read(StoredBytes file, Buffer tail, long from) {
        for (int at = tail.length() - BYTES; at >= 0; at--) {
            if (tail.getIntLE(at) == SIGNATURE && at + BYTES + tail.getUnsignedShortLE(at + 20) == tail.length()) {
                return read(file, tail, at, from);
            }
        }
        return Future.failedFuture(new BrokenZip("File is not a zip file"));
    }

    private static Future<ZipEnd> read(StoredBytes file, Buffer tail, int at, long from) {
        int locator = at - LOCATOR_BYTES;
        boolean isNewer = tail.getUnsignedShortLE(at + 10) == MANY
                || tail.getUnsignedIntLE(at + 12) == IN_NEWER_FORM
                || tail.getUnsignedIntLE(at + 16) == IN_NEWER_FORM;
        if (isNewer && locator >= 0 && tail.getIntLE(locator) == LOCATOR) {
            return file.read(tail.getLongLE(locator + 8), BYTES_64).map(end -> newer(end, from + locator));
        }
        long length = tail.getUnsignedIntLE(at + 12);
        return Future.succeededFuture(checked(tail.getUnsignedIntLE(at + 16), length, from + at));
    }

    private static ZipEnd newer(Buffer end, long limit) {
        if (end.length() < BYTES_64 || end.getIntLE(0) != SIGNATURE_64) {
            throw new BrokenZip("the end of the zip is broken");
        }
        return checked(end.getLongLE(48), end.getLongLE(40), limit);
    }

    private static ZipEnd checked(long begin, long length, long limit) {
        if (begin < 0 || length < 0 || begin > limit - length) {
            throw new BrokenZip("the directory of the zip is not where it should be");
        }
        return new ZipEnd(begin, begin + length);
    }
}
