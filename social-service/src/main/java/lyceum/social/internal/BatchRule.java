package lyceum.social.internal;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;
import lyceum.platform.Failure;
import lyceum.social.Act;
import lyceum.social.SocialService;
import lyceum.social.SocialService.Batch;

/** What can be a class, a member, and a batch. Batches of several members share a transaction: one must not spoil it. */
final class BatchRule {

    private static final Pattern CLASS = Pattern.compile("[A-Za-z0-9_-]{0," + SocialService.CLASS_CHARACTERS + "}");

    private static final int MEMBER_CHARACTERS = 200;

    /** What an act takes in memory beside its texts, about. */
    private static final int ACT_BYTES = 64;

    private BatchRule() {}

    /** @return the name, or INVALID */
    static String className(String name) {
        if (name == null || !CLASS.matcher(name).matches()) {
            throw Failure.invalid("cannot be the name of a class");
        }
        return name;
    }

    /** @return the name, or INVALID */
    static String member(String name) {
        if (!isText(name) || name.length() > MEMBER_CHARACTERS) {
            throw Failure.invalid("cannot be the name of a member");
        }
        return name;
    }

    /** @return how many bytes it takes in memory, about; or INVALID */
    static long check(Batch batch) {
        className(batch.className());
        member(batch.member());
        if (batch.number() < 1) {
            throw Failure.invalid("batches are numbered from 1");
        }
        if (batch.acts() == null || batch.acts().isEmpty() || batch.acts().size() > SocialService.BATCH_ACTS) {
            throw Failure.invalid("a batch has 1 to %d acts".formatted(SocialService.BATCH_ACTS));
        }
        long bytes = batch.acts().stream().mapToLong(BatchRule::bytes).sum();
        if (bytes > SocialService.BATCH_BYTES) {
            throw Failure.invalid("the texts of a batch have at most %d bytes".formatted(SocialService.BATCH_BYTES));
        }
        return bytes + (long) ACT_BYTES * batch.acts().size();
    }

    private static long bytes(Act act) {
        if (act == null || act.kind() == null || act.session() < 1 || !hasItsTexts(act)) {
            throw Failure.invalid("an act that cannot be");
        }
        return bytes(act.user()) + bytes(act.text()) + bytes(act.style());
    }

    private static boolean hasItsTexts(Act act) {
        return switch (act.kind()) {
            case CONNECT, LEAVE -> act.user() == null && act.text() == null && act.style() == null;
            case NAME -> isText(act.user()) && act.text() == null && act.style() == null;
            case CLICK -> isText(act.user()) && isTextOrNull(act.text()) && isTextOrNull(act.style());
            case EVENT -> isText(act.user()) && isText(act.text()) && act.style() == null;
        };
    }

    private static boolean isTextOrNull(String text) {
        return text == null || isText(text);
    }

    /** PostgreSQL stores neither U+0000 nor a surrogate that has lost its other half. */
    private static boolean isText(String text) {
        return text != null
                && !text.isEmpty()
                && text.indexOf(0) < 0
                && text.codePoints().noneMatch(point -> Character.getType(point) == Character.SURROGATE);
    }

    private static long bytes(String text) {
        return Objects.requireNonNullElse(text, "").getBytes(StandardCharsets.UTF_8).length;
    }
}
