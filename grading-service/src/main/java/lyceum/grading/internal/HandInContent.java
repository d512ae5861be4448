package lyceum.grading.internal;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import lyceum.grading.internal.ArchiveRefusal.Kind;
import lyceum.platform.Failure;

/** What is handed in, as far as it can be checked before anything is stored (contracts/grading.md, section 3.5). */
final class HandInContent {

    private static final int MOST_NAME_CHARACTERS = 255;

    /** Host names without a dot are addresses too. */
    private static final Pattern ADDRESS =
            Pattern.compile("(?i)[a-z][a-z0-9+.-]*://([^/:?#\\s\\[\\]@]+|\\[[0-9a-f:.]+])(:\\d{1,5})?([/?#]\\S*)?");

    private static final Map<String, String> TYPES = types();

    private HandInContent() {}

    private static Map<String, String> types() {
        Map<String, String> types = new LinkedHashMap<>();
        types.put(".zip", "application/zip");
        types.put(".rar", "application/vnd.rar");
        types.put(".7z", "application/x-7z-compressed");
        types.put(".tar", "application/x-tar");
        types.put(".gz", "application/gzip");
        types.put(".tgz", "application/gzip");
        types.put(".bz2", "application/x-bzip2");
        types.put(".tbz", "application/x-bzip2");
        types.put(".xz", "application/x-xz");
        types.put(".txz", "application/x-xz");
        return types;
    }

    /**
     * @param fileName of an archive, else null
     * @return done; or INVALID where it is not what the package asks for, UNPROCESSABLE where an archive breaks a rule,
     *     BUSY where too many are unpacked. An archive that is damaged is no such one: it can be handed in, and will be
     *     rejected
     */
    static Future<Void> check(CodePackage codePackage, String fileName, Buffer content, UnpackingRoom room) {
        return switch (codePackage.form()) {
            case ARCHIVE -> checkArchive(fileName, content, room);
            case ADDRESS ->
                checked(fileName == null && ADDRESS.matcher(text(content)).matches(), "url is no URL");
            case CSV -> checked(fileName == null && !text(content).isBlank(), "csv is empty");
        };
    }

    private static Future<Void> checkArchive(String fileName, Buffer content, UnpackingRoom room) {
        if (fileName == null || fileName.isEmpty() || fileName.length() > MOST_NAME_CHARACTERS) {
            throw Failure.invalid("an archive with a name of at most %d characters must be handed in for this package"
                    .formatted(MOST_NAME_CHARACTERS));
        }
        return room.work(() -> {
                    try {
                        return Archives.unpack(fileName, content, ArchiveLimits.OF_HAND_IN);
                    } catch (ArchiveRefusal refusal) {
                        if (refusal.kind() == Kind.FORBIDDEN) {
                            throw new Failure(Failure.Kind.UNPROCESSABLE, refusal.getMessage());
                        }
                        return Map.of();
                    }
                })
                .mapEmpty();
    }

    private static Future<Void> checked(boolean isFine, String otherwise) {
        if (!isFine) {
            throw Failure.invalid(otherwise);
        }
        return Future.succeededFuture();
    }

    private static String text(Buffer content) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content.getBytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Failure.invalid("the text is not UTF-8");
        }
    }

    /** @return the name under which it is fetched again */
    static String fileName(String codePackage, String fileName) {
        if (fileName != null) {
            return fileName;
        }
        return CodePackage.form(codePackage)
                .filter(form -> form == CodePackage.Form.ADDRESS)
                .map(address -> "url.txt")
                .orElse("data.csv");
    }

    /** @return media type of what is fetched again */
    static String type(String codePackage, String fileName) {
        if (fileName == null) {
            return fileName(codePackage, null).equals("url.txt") ? "text/plain" : "text/csv";
        }
        String lower = fileName.toLowerCase(Locale.ROOT);
        return TYPES.entrySet().stream()
                .filter(type -> lower.endsWith(type.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("application/octet-stream");
    }
}
