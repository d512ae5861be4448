package lyceum.media.internal.live;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import lyceum.media.LiveService.Kind;

/**
 * What is asked of the ffmpeg that works on live video. It has limits of the kernel like every other (memory, files, no core),
 * but none on its time: that is a watchdog's. It reads and writes pipes, and the files of DASH in its directory.
 */
final class LiveProgram {

    /** $1 largest file in blocks of 512 bytes, $2 address space in KiB. */
    private static final String LIMITED = "ulimit -c 0 && ulimit -n 64 && ulimit -f \"$1\" && ulimit -v \"$2\""
            + " && shift 2 && exec nice -n 5 \"$@\"";

    private static final int BLOCK_BYTES = 512;
    private static final long ADDRESS_SPACE_KIB = 3L << 20;

    /** Pictures of more pixels are not decoded: twice 4K. */
    private static final String MOST_PIXELS = Integer.toString(2 * 4096 * 2160);

    /** Readers that are needed for what FLV and our films may have in them. */
    private static final String DECODERS = "h264,aac,mp3,mp3float,flv,flashsv,flashsv2,vp6f,vp6a,nellymoser,speex,"
            + "libspeex,adpcm_swf,pcm_u8,pcm_s16le,pcm_alaw,pcm_mulaw,mjpeg";

    private static final int WINDOW_SEGMENTS = 20;
    private static final int LEAVING_SEGMENTS = 10;

    /** Segments of DASH that there are at once. */
    static final int SEGMENTS = WINDOW_SEGMENTS + LEAVING_SEGMENTS;

    private LiveProgram() {}

    /**
     * One publish: FLV or a film in, a transport stream out, and DASH beside it.
     *
     * @param encodes which of pictures and sound are encoded anew
     * @param prefix of the names of DASH's segments
     */
    static List<String> publish(Kind kind, Encodes encodes, int fragmentSeconds, String prefix) {
        List<String> all = new ArrayList<>(List.of("-nostdin", "-hide_banner", "-nostats", "-loglevel", "error"));
        all.addAll(List.of("-protocol_whitelist", "pipe,file", "-codec_whitelist", DECODERS));
        all.addAll(List.of("-max_pixels", MOST_PIXELS, "-threads", "2"));
        all.addAll(List.of("-analyzeduration", "1000000", "-fpsprobesize", "0"));
        all.addAll(List.of("-f", kind == Kind.FLV ? "flv" : "matroska", "-i", "pipe:0"));
        all.addAll(List.of("-map", "0:v:0?", "-map", "0:a:0?", "-map_metadata", "-1"));
        all.addAll(encodes.video() ? encodedVideo(fragmentSeconds) : List.of("-c:v", "copy"));
        all.addAll(encodes.audio() ? List.of("-c:a", "aac", "-b:a", "128k", "-ar", "44100") : List.of("-c:a", "copy"));
        // Who sends pictures and no sound for a while is not to wait for sound.
        all.addAll(List.of("-max_interleave_delta", "1000000", "-muxdelay", "0", "-muxpreload", "0"));
        all.addAll(List.of("-flags", "+global_header", "-f", "tee", outputs(fragmentSeconds, prefix)));
        return all;
    }

    /** @param audio whether sound is encoded anew */
    record Encodes(boolean video, boolean audio) {}

    /** Key frames where segments are to begin; 8 bits 4:2:0 and even sizes, which browsers can play. */
    private static List<String> encodedVideo(int fragmentSeconds) {
        return List.of(
                "-c:v",
                "libx264",
                "-preset",
                "veryfast",
                "-tune",
                "zerolatency",
                "-pix_fmt",
                "yuv420p",
                "-vf",
                "scale=trunc(iw/2)*2:trunc(ih/2)*2",
                "-vsync",
                "vfr",
                "-enc_time_base:v",
                "1:30",
                "-g",
                "600",
                "-threads:v",
                "2",
                "-force_key_frames",
                "expr:gte(t,n_forced*%d)".formatted(fragmentSeconds));
    }

    private static String outputs(int fragmentSeconds, String prefix) {
        String stream = "[f=mpegts:flush_packets=1:mpegts_flags=resend_headers]pipe\\:1";
        String dash = "[f=dash:onfail=ignore:seg_duration=%d:window_size=%d:extra_window_size=%d"
                        .formatted(fragmentSeconds, WINDOW_SEGMENTS, LEAVING_SEGMENTS)
                + ":use_template=1:use_timeline=1:init_seg_name=" + prefix + "-init-$RepresentationID$.m4s"
                + ":media_seg_name=" + prefix + "-$RepresentationID$-$Number$.m4s]index.mpd";
        return stream + '|' + dash;
    }

    /** Puts a recording into MP4, index in front, first time 0. */
    static List<String> remux(String recording, String result) {
        List<String> all = new ArrayList<>(List.of("-nostdin", "-hide_banner", "-nostats", "-loglevel", "error", "-y"));
        all.addAll(List.of("-protocol_whitelist", "file", "-codec_whitelist", DECODERS, "-f", "flv"));
        all.addAll(List.of("-i", "file:" + recording, "-map", "0:v:0?", "-map", "0:a:0?", "-c", "copy"));
        all.addAll(
                List.of("-avoid_negative_ts", "make_zero", "-movflags", "+faststart", "-f", "mp4", "file:" + result));
        return all;
    }

    /** Starts a child whose input and output are pipes. It blocks. */
    static Process start(Studio.Scene scene, List<String> arguments, Path directory, long largestFileBytes)
            throws IOException {
        return limited(scene, arguments, directory, largestFileBytes).start();
    }

    /** Starts a child that reads nothing and is not listened to. It blocks. */
    static Process startAlone(Studio.Scene scene, List<String> arguments, Path directory, long largestFileBytes)
            throws IOException {
        return limited(scene, arguments, directory, largestFileBytes)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start();
    }

    private static ProcessBuilder limited(
            Studio.Scene scene, List<String> arguments, Path directory, long largestFileBytes) {
        List<String> all = new ArrayList<>(List.of("/bin/sh", "-c", LIMITED, "limited"));
        all.add(Long.toString(largestFileBytes / BLOCK_BYTES + 1));
        all.add(Long.toString(ADDRESS_SPACE_KIB));
        all.addAll(scene.command());
        all.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(all).directory(directory.toFile());
        builder.environment().keySet().retainAll(Set.of("PATH"));
        return builder;
    }
}
