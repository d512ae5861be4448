package lyceum.stream.internal.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import lyceum.stream.internal.Entry;

/**
 * Entries of a stream that lie in one file.
 *
 * @param entries in order, at least one
 */
public record Chunk(String stream, List<Entry> entries) {

    ChunkName name() {
        return new ChunkName(
                entries.get(0).id(), entries.get(entries.size() - 1).id());
    }

    /** Writes the zip. Blocks. */
    void writeTo(OutputStream file) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(file);
        for (Entry entry : entries) {
            byte[] payload = entry.payload().getBytes();
            zip.putNextEntry(member(entry.id().toString(), payload));
            zip.write(payload);
        }
        zip.finish();
    }

    /** A member that is only stored needs its length and sum before its bytes. */
    private static ZipEntry member(String name, byte[] payload) {
        CRC32 sum = new CRC32();
        sum.update(payload);
        ZipEntry member = new ZipEntry(name);
        member.setMethod(ZipEntry.STORED);
        member.setSize(payload.length);
        member.setCrc(sum.getValue());
        return member;
    }
}
