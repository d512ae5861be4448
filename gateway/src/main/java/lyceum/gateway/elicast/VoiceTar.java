package lyceum.gateway.elicast;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Iterator;
import java.util.List;
import lyceum.gateway.media.JobOutputs;
import lyceum.gateway.route.StallLimitedBody;
import lyceum.platform.Loop;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes recordings as a tar with {@code 0.webm}, {@code 1.webm}, …: mode 0644, time, uid and gid 0, blocks of 10 KiB. */
final class VoiceTar {

    private static final int MODE = 0644;
    /** What Python's tarfile, and so the original, pads an archive to. */
    private static final int ARCHIVE_BLOCK_BYTES = 10_240;

    private final JobOutputs outputs;
    private final StallLimitedBody body;

    private int entries;

    VoiceTar(JobOutputs outputs, StallLimitedBody body) {
        this.outputs = outputs;
        this.body = body;
    }

    /** @return done when all is written */
    Future<Void> write(List<Long> sizesBytes) {
        body.response().putHeader("Content-Length", Long.toString(archiveBytes(sizesBytes)));
        Iterator<Long> sizes = sizesBytes.iterator();
        return Loop.whileTrue(
                        () -> sizes.hasNext() ? writeEntry(sizes.next()).map(true) : Future.succeededFuture(false))
                .compose(all -> body.response().end(end(sizesBytes)));
    }

    private Future<Void> writeEntry(long sizeBytes) {
        int index = entries++;
        return body.write(header(index, sizeBytes))
                .compose(begun -> outputs.read(index, body::write))
                .compose(read -> body.write(Buffer.buffer(new byte[padding(sizeBytes)])));
    }

    private static Buffer header(int index, long sizeBytes) {
        TarArchiveEntry entry = new TarArchiveEntry(index + ".webm", TarConstants.LF_NORMAL);
        entry.setMode(MODE);
        entry.setSize(sizeBytes);
        entry.setModTime(0);
        entry.setIds(0, 0);
        byte[] header = new byte[TarConstants.DEFAULT_RCDSIZE];
        entry.writeEntryHeader(header);
        return Buffer.buffer(header);
    }

    /** Two records of zeros, and more of them up to a whole block. */
    private static Buffer end(List<Long> sizesBytes) {
        return Buffer.buffer(new byte[(int) (archiveBytes(sizesBytes) - entriesBytes(sizesBytes))]);
    }

    private static long archiveBytes(List<Long> sizesBytes) {
        long bytes = entriesBytes(sizesBytes) + 2L * TarConstants.DEFAULT_RCDSIZE;
        return (bytes + ARCHIVE_BLOCK_BYTES - 1) / ARCHIVE_BLOCK_BYTES * ARCHIVE_BLOCK_BYTES;
    }

    private static long entriesBytes(List<Long> sizesBytes) {
        return sizesBytes.stream()
                .mapToLong(size -> TarConstants.DEFAULT_RCDSIZE + size + padding(size))
                .sum();
    }

    private static int padding(long sizeBytes) {
        int over = (int) (sizeBytes % TarConstants.DEFAULT_RCDSIZE);
        return over == 0 ? 0 : TarConstants.DEFAULT_RCDSIZE - over;
    }
}
