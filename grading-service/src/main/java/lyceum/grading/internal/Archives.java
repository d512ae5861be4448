package lyceum.grading.internal;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.compress.MemoryLimitException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipMethod;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/**
 * Unpacks uploads in memory (contracts/grading.md, section 5.6; decisions 3 and 4). What an archive is, its name says:
 * {@code .zip}, {@code .rar}, {@code .tar}, {@code .tgz}, {@code .tbz}, {@code .txz}; {@code .gz}, {@code .bz2} and {@code
 * .xz} hold a tar archive or, where they do not, one file of the name without the ending. Every entry is checked before any
 * is handed out. Takes up to a second: not on an event loop.
 *
 * <p>Why no {@code .7z}: a few hundred bytes of one may ask for as many decoders as they like, each with a dictionary of its
 * own, and what there is to read it builds them all before it tells of any.
 */
final class Archives {

    private static final int TAR_HEADER_BYTES = 512;

    /** Headers of tar, and their padding, for each entry; what is above is no tar of so few files. */
    private static final int TAR_OVERHEAD_BYTES = 4 * TAR_HEADER_BYTES;

    /** Of xz: a dictionary of 16 MiB, which is as much as a hand-in may come to, and a little more. {@code xz -7} has it. */
    private static final int MAX_DECODER_KIB = 17 * 1024;

    private static final int UNIX_TYPE = 0xf000;
    private static final int UNIX_FILE = 0x8000;
    private static final int UNIX_DIRECTORY = 0x4000;

    /** Others need libraries that are not here. */
    private static final Set<ZipMethod> ZIP_METHODS =
            Set.of(ZipMethod.STORED, ZipMethod.DEFLATED, ZipMethod.ENHANCED_DEFLATED, ZipMethod.BZIP2);

    /** Old, new and contiguous; all else is a link, a device, or a thing of some tar. */
    private static final Set<Byte> TAR_FILES =
            Set.of(TarConstants.LF_OLDNORM, TarConstants.LF_NORMAL, TarConstants.LF_CONTIG);

    private enum Format {
        ZIP,
        RAR,
        TAR,
        GZIP,
        BZIP2,
        XZ
    }

    /** Longer endings first. */
    private static final List<Map.Entry<String, Format>> ENDINGS = List.of(
            Map.entry(".zip", Format.ZIP),
            Map.entry(".rar", Format.RAR),
            Map.entry(".tar", Format.TAR),
            Map.entry(".tgz", Format.GZIP),
            Map.entry(".gz", Format.GZIP),
            Map.entry(".tbz", Format.BZIP2),
            Map.entry(".bz2", Format.BZIP2),
            Map.entry(".txz", Format.XZ),
            Map.entry(".xz", Format.XZ));

    private final String name;
    private final byte[] packed;
    private final ArchiveLimits limits;
    private final EntryCollector collector;

    private Archives(String name, byte[] packed, ArchiveLimits limits) {
        this.name = name;
        this.packed = packed;
        this.limits = limits;
        this.collector = new EntryCollector(limits, packed.length);
    }

    /**
     * @param name of the upload
     * @return the files by path, a single top directory removed, in the order of the archive
     */
    static Map<String, Buffer> unpack(String name, Buffer packed, ArchiveLimits limits) throws ArchiveRefusal {
        Format format = format(name)
                .orElseThrow(() -> ArchiveRefusal.forbidden(
                        null, "the file is no .zip, .rar, .tar, .tgz, .tbz, .gz, .bz2, .txz or .xz"));
        Archives archive = new Archives(name, packed.getBytes(), limits);
        try {
            archive.read(format);
        } catch (ArchiveRefusal refusal) {
            throw refusal;
        } catch (IOException | RuntimeException damaged) {
            // Decoders throw all kinds of RuntimeException at damaged bytes.
            throw refusal(damaged);
        }
        return EntryPath.withoutSingleTop(archive.collector.files());
    }

    /** @return whether {@link #unpack} knows what a file of that name is */
    static boolean accepts(String name) {
        return format(name).isPresent();
    }

    private static Optional<Format> format(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return ENDINGS.stream()
                .filter(ending -> lower.endsWith(ending.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** A decoder may have wrapped what a bounded stream threw. */
    private static ArchiveRefusal refusal(Throwable damaged) {
        for (Throwable cause = damaged; cause != null; cause = cause.getCause()) {
            if (cause instanceof ArchiveRefusal refusal) {
                return refusal;
            }
            if (cause instanceof MemoryLimitException) {
                return ArchiveRefusal.forbidden(
                        null, "it needs a dictionary of more than 16 MiB: pack it with xz -7 or less");
            }
        }
        return ArchiveRefusal.unreadable("the archive is damaged, or is not what its name says");
    }

    private void read(Format format) throws IOException {
        switch (format) {
            case ZIP -> readZip();
            case RAR -> RarArchive.read(packed, collector);
            case TAR -> readTar(bounded(stream()));
            case GZIP ->
                readCompressed(GzipCompressorInputStream.builder()
                        .setInputStream(stream())
                        .setDecompressConcatenated(true)
                        .get());
            case BZIP2 -> readCompressed(new BZip2CompressorInputStream(stream(), true));
            case XZ ->
                readCompressed(XZCompressorInputStream.builder()
                        .setInputStream(stream())
                        .setDecompressConcatenated(true)
                        .setMemoryLimitKiB(MAX_DECODER_KIB)
                        .get());
        }
    }

    private InputStream stream() {
        return new ByteArrayInputStream(packed);
    }

    private void readZip() throws IOException {
        try (ZipFile zip = ZipFile.builder()
                .setSeekableByteChannel(new SeekableInMemoryByteChannel(packed))
                .get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
                String path = path(entry);
                int type = entry.getUnixMode() & UNIX_TYPE;
                if (entry.isDirectory() || type == UNIX_DIRECTORY) {
                    collector.directory(path);
                } else if (type != 0 && type != UNIX_FILE) {
                    collector.special(path);
                } else if (!zip.canReadEntryData(entry)
                        || !ZIP_METHODS.contains(ZipMethod.getMethodByCode(entry.getMethod()))) {
                    throw ArchiveRefusal.unreadable("an entry is encrypted, or packed in an unknown way");
                } else {
                    try (InputStream content = new ChecksummedStream(zip.getInputStream(entry), entry.getCrc())) {
                        collector.file(path, content);
                    }
                }
            }
        }
    }

    private static String path(ZipArchiveEntry entry) {
        byte[] raw = entry.getRawName();
        return entry.getNameSource() != ZipArchiveEntry.NameSource.NAME || raw == null
                ? entry.getName()
                : EntryName.decode(raw);
    }

    /** A tar archive where the first block is the header of one, else a single file. */
    private void readCompressed(InputStream decoder) throws IOException {
        try (InputStream content = bounded(decoder)) {
            byte[] start = content.readNBytes(TAR_HEADER_BYTES);
            InputStream whole = new SequenceInputStream(new ByteArrayInputStream(start), content);
            boolean named = name.toLowerCase(Locale.ROOT).matches(".*\\.(tgz|tbz|txz|tar\\.[a-z0-9]+)");
            if (named || start.length == TAR_HEADER_BYTES && TarUtils.verifyCheckSum(start)) {
                readTar(whole);
            } else {
                String path = name.replace('\\', '/');
                collector.file(path.substring(path.lastIndexOf('/') + 1, path.lastIndexOf('.')), whole);
            }
        }
    }

    private void readTar(InputStream content) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(content)) {
            boolean empty = true;
            for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; empty = false) {
                if (!entry.isCheckSumOK()) {
                    throw new IOException("no header of tar");
                } else if (entry.isDirectory()) {
                    collector.directory(entry.getName());
                } else if (!TAR_FILES.contains(entry.getLinkFlag()) || entry.isSparse()) {
                    collector.special(entry.getName());
                } else {
                    collector.file(entry.getName(), tar);
                }
            }
            if (empty && tar.getBytesRead() < TAR_HEADER_BYTES) {
                throw new IOException("no tar archive");
            }
        }
    }

    /** Padding and headers of a tar archive are bytes too, of which a few can become as many as one likes. */
    private InputStream bounded(InputStream content) {
        long most = collector.maxBytes() + (long) limits.maxFiles() * TAR_OVERHEAD_BYTES + (1 << 20);
        return new FilterInputStream(content) {
            private long read;

            @Override
            public int read() throws IOException {
                return counted(super.read(), 1);
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int count = super.read(target, offset, length);
                return counted(count, count);
            }

            @Override
            public long skip(long count) throws IOException {
                long skipped = super.skip(count);
                counted(0, skipped);
                return skipped;
            }

            private int counted(int result, long count) throws IOException {
                read += Math.max(0, count);
                if (read > most) {
                    throw collector.tooLarge(null);
                }
                return result;
            }
        };
    }
}
