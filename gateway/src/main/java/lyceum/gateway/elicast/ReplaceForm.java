package lyceum.gateway.elicast;

import io.vertx.core.Future;
import io.vertx.core.streams.ReadStream;
import java.math.BigInteger;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lyceum.gateway.form.FieldSink;
import lyceum.gateway.form.FormSink;
import lyceum.gateway.form.PieceBuffer;
import lyceum.gateway.form.ShortText;
import lyceum.gateway.form.WantedFields;
import lyceum.gateway.media.JobWriter;
import lyceum.gateway.media.MediaAccess;
import lyceum.media.MediaService;
import lyceum.media.MediaService.Job;
import lyceum.media.MediaService.OpenJob;
import lyceum.platform.Failure;

/** The form that replaces one recording by a file, which goes to a media job while it arrives (contract, section 2.8). */
final class ReplaceForm implements FormSink {

    private static final int INDEX_DIGITS = 100;
    private static final Pattern INTEGER = Pattern.compile("\\s*[+-]?\\d{1," + INDEX_DIGITS + "}\\s*");
    /** Whatever is beyond this is no recording either. */
    private static final BigInteger FARTHEST = BigInteger.valueOf(Long.MAX_VALUE);

    private final JobWriter job;
    private final ShortText index = ShortText.cutBeyond(INDEX_DIGITS);
    private final FieldSink file = new ToJob();
    private final WantedFields fields = new WantedFields(Map.of("chunk_idx", index), Map.of("voice_file", file));

    /**
     * @param owner whom the job counts for
     * @param sender is paused while too much of it is on its way
     */
    ReplaceForm(MediaAccess media, String owner, ReadStream<?> sender) {
        this.job = new JobWriter(media, OpenJob.interactive(owner), sender);
    }

    private final class ToJob implements FieldSink {
        private final PieceBuffer pieces = new PieceBuffer(MediaService.PIECE_BYTES, piece -> job.write(0, piece));

        @Override
        public void write(byte[] bytes, int from, int to) {
            pieces.write(bytes, from, to);
        }

        @Override
        public void end() {
            pieces.flush();
        }
    }

    @Override
    public FieldSink field(String name, boolean isFile) {
        return fields.field(name, isFile);
    }

    /** @return the index of the recording; fails where a field is missing or wrong */
    long index() {
        if (!Stream.of("chunk_idx", "voice_file").allMatch(fields::hasCome)
                || !INTEGER.matcher(index.text()).matches()) {
            throw ElicastForms.bad();
        }
        if (!fields.isFile("voice_file")) {
            throw Failure.notFound("voice_file -- Shoule be a file");
        }
        return new BigInteger(index.text().strip())
                .min(FARTHEST)
                .max(FARTHEST.negate())
                .longValue();
    }

    /** @return the job with the file as its only input */
    Future<Job> finish() {
        return job.finish();
    }

    /** Gives up the job. */
    void close() {
        job.close();
    }
}
