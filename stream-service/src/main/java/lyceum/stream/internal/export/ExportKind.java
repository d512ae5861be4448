package lyceum.stream.internal.export;

import java.util.List;
import java.util.Set;

/** What is made of a stream, and which streams it is made of by itself (contract, 4.4). */
public enum ExportKind {
    /** H.264, 24 pictures a second. */
    FILM(".mp4", Set.of("main", "gll", "glf", "grf", "grr", "depthlt")),
    /** A list of the samples of an IMU. */
    SAMPLES(".json", Set.of("imuaccel", "imugyro", "imumag")),
    /** PCM s16le. */
    SOUND(".wav", Set.of("mic0")),
    /** A list of decoded frames with their ids. */
    FRAMES(".json", Set.of("hand", "eye", "yolo3d:v1"));

    private static final String CALIBRATION = "Cal";

    private final String ending;
    private final Set<String> streams;

    ExportKind(String ending, Set<String> streams) {
        this.ending = ending;
        this.streams = streams;
    }

    /** @return the name of the file of a stream */
    public String file(String stream) {
        return stream + ending;
    }

    /** @return what may be made of a stream, the likeliest first: its name tells, or else its first entry must */
    public static List<ExportKind> of(String stream) {
        for (ExportKind kind : values()) {
            if (kind.streams.contains(stream)) {
                return List.of(kind);
            }
        }
        return stream.endsWith(CALIBRATION) ? List.of(FRAMES) : List.of(values());
    }

    /** @return whether something is made of the stream without an order */
    public static boolean isUsual(String stream) {
        return of(stream).size() == 1;
    }
}
