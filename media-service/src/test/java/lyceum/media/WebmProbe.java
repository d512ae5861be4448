package lyceum.media;

import java.util.List;
import java.util.Map;

/**
 * What is in a WebM file, as the recorded answers of the old server describe it (there measured with ffprobe): compare
 * packets ±2, seconds ±0.06, frequencies ±5 %, and a frequency only where both sides have one.
 *
 * <p>A file without packets has neither format nor stream, as ffprobe sees it.
 *
 * @param format {@code matroska,webm}, or null without packets
 * @param codec {@code opus}, {@code vorbis} or null without packets
 * @param sampleRateHertz as the header says, or null without packets
 * @param channels as the header says, or null without packets
 * @param containerDurationSeconds as the header says, or null where it says nothing
 * @param packets number of packets of sound
 * @param firstPtsSeconds time of the first packet less the codec's delay, or null without packets
 * @param lastPtsSeconds time of the last packet less the codec's delay, or null without packets
 * @param decodedSeconds length of what ffmpeg decodes, 0 without packets
 * @param freqStartHertz pitch of the first 0.2 s, or null where there is no steady tone
 * @param freqEndHertz pitch of the last 0.2 s, or null where there is no steady tone
 */
public record WebmProbe(
        String format,
        String codec,
        Integer sampleRateHertz,
        Integer channels,
        Double containerDurationSeconds,
        int packets,
        Double firstPtsSeconds,
        Double lastPtsSeconds,
        double decodedSeconds,
        Double freqStartHertz,
        Double freqEndHertz) {

    private static final Map<String, String> CODECS = Map.of("A_OPUS", "opus", "A_VORBIS", "vorbis");

    /**
     * @param file a whole file
     * @throws IllegalArgumentException where it is not WebM
     */
    public static WebmProbe of(byte[] file) {
        EbmlReader webm = EbmlReader.read(file);
        List<Double> packets = webm.packetSeconds();
        if (packets.isEmpty()) {
            return new WebmProbe(null, null, null, null, webm.durationSeconds(), 0, null, null, 0, null, null);
        }
        DecodedSound sound = DecodedSound.of(file);
        return new WebmProbe(
                "matroska,webm",
                CODECS.getOrDefault(webm.codec(), webm.codec()),
                webm.sampleRateHertz(),
                webm.channels(),
                webm.durationSeconds(),
                packets.size(),
                packets.get(0),
                packets.get(packets.size() - 1),
                sound.seconds(),
                sound.startHertz(),
                sound.endHertz());
    }
}
