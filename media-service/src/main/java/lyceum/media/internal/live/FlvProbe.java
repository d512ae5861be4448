package lyceum.media.internal.live;

import java.util.List;
import java.util.Map;
import java.util.Set;
import lyceum.media.LiveService.MediaInfo;
import lyceum.platform.Failure;

/**
 * Finds out what a publisher sends, by its first tags: ffmpeg must be told which tracks there are (otherwise it waits for
 * those that never come), and what browsers do not play has to be encoded.
 */
final class FlvProbe {

    static final Failure UNKNOWN_VIDEO = Failure.invalid("pictures of that codec cannot be read; publish H.264");

    /** Who sends one kind only for so long has no other. */
    private static final long PATIENCE_MILLIS = 1_000;

    private static final int AVC = 7;
    private static final int AAC = 10;

    /** Enhanced RTMP: a codec by its four letters. No ffmpeg before 6.1 knows it, and no browser plays most of them. */
    private static final int FOUR_LETTERS = 0x80;

    /** Baseline, main, extended and high: 8 bits, 4:2:0. Browsers play no other (ISO 14496-10, annex A.2). */
    private static final Set<Integer> PLAYED = Set.of(66, 77, 88, 100);

    private static final Map<Integer, String> PROFILES = Map.of(
            66,
            "Baseline",
            77,
            "Main",
            88,
            "Extended",
            100,
            "High",
            110,
            "High 10",
            122,
            "High 4:2:2",
            244,
            "High 4:4:4");
    private static final Map<Integer, String> VIDEO_CODECS =
            Map.of(2, "Sorenson H.263", 3, "ScreenVideo", 4, "VP6", 5, "VP6 alpha", 6, "ScreenVideo2", AVC, "H264");
    private static final List<String> AUDIO_CODECS = List.of(
            "PCM",
            "ADPCM",
            "MP3",
            "PCM",
            "Nellymoser",
            "Nellymoser",
            "Nellymoser",
            "G711A",
            "G711U",
            "",
            "AAC",
            "Speex",
            "",
            "",
            "MP3",
            "");
    private static final List<Integer> AAC_RATES =
            List.of(96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350);

    private final int mostBytes;
    private int videoCodec = -1;
    private int audioCodec = -1;
    private int profile;
    private int level;
    private int channels;
    private int sampleRate;
    private FlvMetadata metadata = new FlvMetadata(Map.of());
    private long firstMillis = -1;
    private long seenMillis;
    private int seenBytes;

    /** @param mostBytes after which it decides in any case */
    FlvProbe(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Fails with INVALID where it is of a codec that nobody reads. */
    void look(FlvTag tag) {
        seenBytes += tag.bytes().length();
        if (tag.isScript()) {
            metadata = FlvMetadata.of(tag.body());
            return;
        }
        if (firstMillis < 0) {
            firstMillis = tag.millis();
        }
        seenMillis = Math.max(seenMillis, Math.abs(tag.millis() - firstMillis));
        if (tag.isVideo()) {
            lookAtVideo(tag);
        } else if (tag.isAudio()) {
            lookAtAudio(tag);
        }
    }

    private void lookAtVideo(FlvTag tag) {
        if ((tag.body(0) & FOUR_LETTERS) != 0) {
            throw UNKNOWN_VIDEO;
        }
        int codec = tag.body(0) & 0x0F;
        boolean isConfiguration = codec == AVC && tag.body(1) == 0;
        if (isConfiguration) {
            profile = tag.body(6);
            level = tag.body(8);
        }
        if (codec != AVC || isConfiguration) {
            videoCodec = codec;
        }
    }

    private void lookAtAudio(FlvTag tag) {
        audioCodec = tag.body(0) >> 4;
        channels = 1 + (tag.body(0) & 1);
        if (audioCodec == AAC && tag.body(1) == 0) {
            int rate = (tag.body(2) & 7) << 1 | tag.body(3) >> 7;
            sampleRate = rate < AAC_RATES.size() ? AAC_RATES.get(rate) : 0;
            channels = tag.body(3) >> 3 & 0x0F;
        }
    }

    /** @return whether it is known which tracks there are */
    boolean isDecided() {
        return hasVideo() && hasAudio()
                || hasVideo() && metadata.has("videocodecid") && !metadata.has("audiocodecid")
                || hasAudio() && metadata.has("audiocodecid") && !metadata.has("videocodecid")
                || seenMillis >= PATIENCE_MILLIS
                || seenBytes >= mostBytes;
    }

    boolean hasVideo() {
        return videoCodec >= 0;
    }

    boolean hasAudio() {
        return audioCodec >= 0;
    }

    /** @return whether browsers would not play the pictures as they are */
    boolean encodesVideo() {
        return hasVideo() && (videoCodec != AVC || !PLAYED.contains(profile));
    }

    boolean encodesAudio() {
        return hasAudio() && audioCodec != AAC;
    }

    MediaInfo info() {
        return new MediaInfo(
                VIDEO_CODECS.getOrDefault(videoCodec, ""),
                PROFILES.getOrDefault(profile, ""),
                level == 0 ? "" : level / 10 + "." + level % 10,
                metadata.whole("width"),
                metadata.whole("height"),
                metadata.number("framerate"),
                hasAudio() ? AUDIO_CODECS.get(audioCodec) : "",
                hasAudio() ? channels : 0,
                sampleRate == 0 ? metadata.whole("audiosamplerate") : sampleRate,
                encodesVideo() || encodesAudio());
    }
}
