package lyceum.gateway.elicast;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lyceum.elicast.VoiceDecoder;
import lyceum.gateway.form.DataUris;
import lyceum.gateway.form.FieldSink;
import lyceum.gateway.form.FormSink;
import lyceum.gateway.form.ShortText;
import lyceum.gateway.form.WantedFields;
import lyceum.gateway.media.JobWriter;
import lyceum.gateway.media.MediaAccess;
import lyceum.media.MediaService;
import lyceum.media.MediaService.Job;
import lyceum.media.MediaService.OpenJob;
import lyceum.media.MediaService.Segment;

/**
 * The form that cuts recordings: sound goes to a media job while it arrives; what is wrong is told when all is there, in
 * the order of the contract (section 2.7).
 */
final class SplitForm implements FormSink {

    private static final int SEGMENTS_LIMIT_BYTES = 1024 * 1024;
    private static final int VOICE_LIMIT = 2_000;

    private final JobWriter job;
    private final ShortText segments = ShortText.refusedBeyond(SEGMENTS_LIMIT_BYTES);
    private final DataUris voices = new DataUris(MediaService.PIECE_BYTES, VOICE_LIMIT, new ToJob());
    private final WantedFields fields = new WantedFields(Map.of("segments", segments, "audio_blobs", voices), Map.of());

    private boolean isBroken;

    /**
     * @param owner whom the job counts for
     * @param sender is paused while too much of it is on its way
     */
    SplitForm(MediaAccess media, String owner, ReadStream<?> sender) {
        this.job = new JobWriter(media, OpenJob.interactive(owner), sender);
    }

    private final class ToJob implements DataUris.Voices {
        private VoiceDecoder decoder;

        @Override
        public void begin(int index) {
            decoder = new VoiceDecoder();
            job.write(index, Buffer.buffer());
        }

        @Override
        public void piece(int index, boolean isText, Buffer bytes) {
            Buffer sound = isBroken ? null : decoder.next(isText, bytes);
            if (sound == null) {
                isBroken = true;
            } else {
                job.write(index, sound);
            }
        }
    }

    @Override
    public FieldSink field(String name, boolean isFile) {
        return fields.field(name, isFile);
    }

    /** @return what to cut; fails where it is missing or wrong, or where the recordings are */
    List<Segment> segments() {
        if (!Stream.of("segments", "audio_blobs").allMatch(fields::hasCome)) {
            throw ElicastForms.bad();
        }
        List<Segment> parsed = Segments.parse(segments.text());
        VoiceFaults.check("audio_blobs", voices.fault());
        if (isBroken) {
            throw VoiceFaults.format("audio_blobs");
        }
        return parsed;
    }

    /** @return the job with all recordings as its inputs */
    Future<Job> finish() {
        return job.finish();
    }

    /** Gives up the job. */
    void close() {
        job.close();
    }
}
