package lyceum.gateway.file;

import java.util.Locale;
import java.util.Map;

/** The media types of files, by what their names end with: what is made of recordings, and what people add to it. */
public final class FileTypes {

    /** What browsers keep and do not show. */
    private static final String UNKNOWN = "application/octet-stream";

    private static final Map<String, String> BY_ENDING = Map.ofEntries(
            Map.entry("mp4", "video/mp4"),
            Map.entry("m4v", "video/mp4"),
            Map.entry("webm", "video/webm"),
            Map.entry("mkv", "video/x-matroska"),
            Map.entry("mov", "video/quicktime"),
            Map.entry("wav", "audio/x-wav"),
            Map.entry("mp3", "audio/mpeg"),
            Map.entry("m4a", "audio/mp4"),
            Map.entry("ogg", "audio/ogg"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("png", "image/png"),
            Map.entry("gif", "image/gif"),
            Map.entry("webp", "image/webp"),
            Map.entry("json", "application/json"),
            Map.entry("zip", "application/zip"),
            Map.entry("pdf", "application/pdf"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("md", "text/markdown; charset=utf-8"),
            Map.entry("csv", "text/csv; charset=utf-8"),
            Map.entry("vtt", "text/vtt; charset=utf-8"),
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("htm", "text/html; charset=utf-8"));

    private FileTypes() {}

    /** @return what {@code Content-Type} says of a file of that name */
    public static String of(String file) {
        int dot = file.lastIndexOf('.');
        return dot < 0
                ? UNKNOWN
                : BY_ENDING.getOrDefault(file.substring(dot + 1).toLowerCase(Locale.ROOT), UNKNOWN);
    }
}
