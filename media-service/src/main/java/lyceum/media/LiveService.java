package lyceum.media;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lyceum.platform.Topic;

/**
 * Live video: channels that somebody publishes and many watch, asked of whoever is free. A channel lives at one instance,
 * which {@link LiveChannel} is asked of: what was found here tells which.
 */
public interface LiveService {

    /** A channel is being published. */
    Topic<LiveFact> STARTED = new Topic<>("lyceum.live.started");

    /** A channel is not published any more; what was published last can still be watched for a while. */
    Topic<LiveFact> ENDED = new Topic<>("lyceum.live.ended");

    /** A publisher from whom nothing comes for so long is gone. */
    Duration LEASE = Duration.ofSeconds(15);

    /**
     * Begins to publish. The channel begins with it, or goes on where it was published before, with the same files.
     *
     * @return the session; or INVALID where the name is none, CONFLICT where somebody publishes it, BUSY where there are
     *     too many channels or too many are encoded, UNAVAILABLE where ffmpeg or the registry is missing
     */
    Future<Publish> openPublish(OpenPublish order);

    /** @return where a channel is; or NOT_FOUND, UNAVAILABLE where the registry does not answer */
    Future<Place> findChannel(FindChannel question);

    /** @return all channels of all instances that answer, by name */
    Future<ChannelList> listChannels(ListChannels question);

    /** @return all whole recordings of all instances that answer, the newest first */
    Future<LiveRecordingList> listLiveRecordings(ListLiveRecordings question);

    /** What a publisher sends. */
    enum Kind {
        /** FLV: a header, then tags, as RTMP brings them; sound and pictures of whatever codec FLV has. */
        FLV,
        /** Matroska of one track of JPEG pictures, as {@code PictureFilm} writes it. */
        PICTURES
    }

    /**
     * @param name of the channel, {@link ChannelName}
     * @param publisher who or what it is, for operators
     */
    record OpenPublish(String name, Kind kind, Publisher publisher) {}

    /**
     * @param user subject of the token, empty without one
     * @param address where it comes from, empty where that is inside of the house
     * @param program what it calls itself, {@code FMLE/3.0}
     */
    record Publisher(String user, String address, String program) {}

    /**
     * @param id names the session at the instance
     * @param instance where {@link LiveChannel} must be asked
     */
    record Publish(String id, String instance) {}

    /** Asks where a channel is. */
    record FindChannel(String name) {}

    /**
     * @param instance where it lives
     * @param epoch differs whenever the channel is made anew: its files are others then, whatever their names
     * @param kind of what is published there
     */
    record Place(String instance, long epoch, Kind kind) {}

    /** Asks for all channels. */
    record ListChannels() {}

    /** @param channels by name */
    record ChannelList(List<Channel> channels) {}

    /**
     * A channel as operators see it.
     *
     * @param published whether somebody publishes at present
     * @param publisher the present one, or the last one
     * @param since when the present or the last publish began
     * @param bytesIn all that was published since then
     * @param bytesOut all that has been read of its files, once for each gateway and not for each viewer
     * @param rates how much comes and goes at present
     * @param media what comes
     * @param recording file that is being recorded to, empty for none
     */
    record Channel(
            String name,
            String instance,
            boolean published,
            Publisher publisher,
            Instant since,
            long bytesIn,
            long bytesOut,
            Rates rates,
            MediaInfo media,
            String recording) {}

    /** Bits per second, over the last ten seconds. */
    record Rates(long in, long out, long audio, long video) {}

    /**
     * What a publisher sends, as far as it is known; empty texts and zeros for what is not.
     *
     * @param video codec, {@code H264}
     * @param profile and level of the pictures, {@code High}, {@code 4.0}
     * @param audio codec, {@code AAC}
     * @param encoded whether it has to be encoded anew for browsers
     */
    record MediaInfo(
            String video,
            String profile,
            String level,
            int width,
            int height,
            double frameRate,
            String audio,
            int channels,
            int sampleRate,
            boolean encoded) {

        /** Nothing is known yet. */
        public static final MediaInfo UNKNOWN = new MediaInfo("", "", "", 0, 0, 0, "", 0, 0, false);
    }

    /** Asks for all recordings of channels. */
    record ListLiveRecordings() {}

    /** @param recordings the newest first */
    record LiveRecordingList(List<LiveRecording> recordings) {}

    /**
     * A recorded channel: MP4 with index in front.
     *
     * @param file its name
     * @param instance where it can be read
     */
    record LiveRecording(String file, String instance, long sizeBytes, Instant modified) {}

    /** A channel, and who publishes it. */
    record LiveFact(String name, String user) {}
}
