package lyceum.media;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import lyceum.media.LiveService.Channel;
import lyceum.media.LiveService.LiveRecording;
import lyceum.media.LiveService.OpenPublish;
import lyceum.media.LiveService.Publish;
import lyceum.media.MediaService.Done;

/** The channels of one instance of media-service: how bytes get into them, and out as files of HLS and DASH. */
public interface LiveChannel {

    /** A piece, in or out, has at most this many bytes. */
    int PIECE_BYTES = 192 * 1024;

    /** So many pieces of a publisher may be without an answer. */
    int WINDOW_PIECES = 8;

    /** The longest piece of sound or picture that a publisher may bring, a tag of FLV without what stands around it. */
    int MESSAGE_BYTES = 4 * 1024 * 1024;

    /** The playlist of HLS among the files of a channel; segments are {@code 0.ts}, {@code 1.ts} and so on. */
    String PLAYLIST = "index.m3u8";

    /** The files of DASH are below this, {@code dash/index.mpd}. */
    String DASH = "dash/";

    /** As {@link LiveService#openPublish}, for an instance that has the channel already. */
    Future<Publish> openPublishHere(OpenPublish order);

    /**
     * Takes the next bytes of a publisher; the answer is the back-pressure. An empty piece shows that it is alive.
     *
     * @return when ffmpeg has them, whether somebody watches; or NOT_FOUND without such a session (any more), CONFLICT where it is not the next
     *     piece, INVALID where it is too long or cannot be played, BUSY beyond the window
     */
    Future<Pushed> pushMedia(PushMedia order);

    /** Ends a session; what it brought can be watched to its end. An unknown one is left alone. */
    Future<Done> endPublish(EndPublish order);

    /**
     * @return a stretch of a file, at most {@link #PIECE_BYTES}; of the playlist all, after a wait for its first segment
     *     where the channel has just begun; of the part that comes next, after a wait for it; or NOT_FOUND, BUSY where too
     *     many wait
     */
    Future<FilePiece> readChannelFile(ReadChannelFile question);

    /**
     * A blocking reload of Low-Latency HLS (draft-pantos-hls-rfc8216bis, 6.2.5.2).
     *
     * @return the playlist once it has come so far, at once where it has no parts; or INVALID where that is no place or one
     *     too far ahead, NOT_FOUND, BUSY where too many wait, UNAVAILABLE where it did not come so far in three target
     *     durations
     */
    Future<AwaitedPlaylist> awaitPlaylist(AwaitPlaylist question);

    /** @return the channels of this instance */
    Future<ChannelsHere> describeChannels(DescribeChannels question);

    /** Throws the publisher out. @return done; or NOT_FOUND where nobody publishes such a channel */
    Future<Done> kickPublisher(KickPublisher order);

    /**
     * Records what comes, from the next key frame on, until that is stopped or nothing comes any more.
     *
     * @return the file that will be there when it is over, the present one where it is recorded already; or NOT_FOUND
     *     where nobody publishes such a channel, CONFLICT where it consists of pictures of a stream (record that one)
     */
    Future<RecordingFile> startLiveRecording(StartLiveRecording order);

    /** @return the file that will be there in a moment; or NOT_FOUND where nothing is recorded, or came that could be */
    Future<RecordingFile> stopLiveRecording(StopLiveRecording order);

    /** @return the recordings that can be read here */
    Future<RecordingsHere> describeLiveRecordings(DescribeLiveRecordings question);

    /** @return a stretch of a recording, at most {@link #PIECE_BYTES}; or NOT_FOUND */
    Future<FilePiece> readLiveRecording(ReadLiveRecording question);

    /** @param number from 0, one more for each piece of the session */
    record PushMedia(String id, long number, Buffer bytes) {}

    /** @param unwatchedMillis how long nobody has asked for the playlist */
    record Pushed(long unwatchedMillis) {}

    /** Gives up a session. */
    record EndPublish(String id) {}

    /** @param epoch as it was found; files of another one are not found */
    record ReadChannelFile(String name, long epoch, String file, long offsetBytes) {}

    /** @param sizeBytes of the whole file */
    record FilePiece(Buffer bytes, long sizeBytes) {}

    /**
     * @param epoch as it was found
     * @param segment value of {@code _HLS_msn}, empty for none
     * @param part value of {@code _HLS_part}, empty for none
     * @param waitedMillis how long was waited for the same before
     */
    record AwaitPlaylist(String name, long epoch, String segment, String part, long waitedMillis) {}

    /** @param text the playlist; empty where it has not come so far yet, and may be asked for again */
    record AwaitedPlaylist(Buffer text) {}

    /** Asks for channels. */
    record DescribeChannels() {}

    /** @param channels in no order */
    record ChannelsHere(List<Channel> channels) {}

    /** Throws out who publishes. */
    record KickPublisher(String name) {}

    /** Begins a recording. */
    record StartLiveRecording(String name) {}

    /** Ends a recording. */
    record StopLiveRecording(String name) {}

    /** @param file name of the recording when it is whole */
    record RecordingFile(String file) {}

    /** Asks for recordings. */
    record DescribeLiveRecordings() {}

    /** @param recordings in no order */
    record RecordingsHere(List<LiveRecording> recordings) {}

    /** Asks for bytes of a recording. */
    record ReadLiveRecording(String file, long offsetBytes) {}
}
