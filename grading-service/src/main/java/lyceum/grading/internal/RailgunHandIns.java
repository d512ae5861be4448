package lyceum.grading.internal;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import lyceum.grading.internal.HandInImportStore.Verdict;
import lyceum.platform.Failure;
import lyceum.platform.ImportReport;
import lyceum.platform.Migrations;

/**
 * Takes over what students have handed in to Railgun: who, what for, when, the verdict and the score (contract, section 3.1),
 * from which best scores follow. What was handed in, and what partial scores say, Railgun keeps as pickles of Python, which run
 * code when they are read: they stay behind, so such a hand-in cannot be graded again.
 *
 * <p>Blocks: for the command line.
 */
public final class RailgunHandIns {

    private static final int ROWS_AT_ONCE = 200;

    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final Set<String> STATES = Set.of("Pending", "Running", "Rejected", "Accepted");
    private static final Set<String> OPEN = Set.of("Pending", "Running");

    private static final String ACCEPTED = "{\"text\":\"Your submission is accepted.\",\"kwargs\":{}}";
    private static final String DISCARDED = "{\"text\":\"Submission discarded by admin.\",\"kwargs\":{}}";

    private final HandInImportStore store;
    private final ImportReport report;
    private final List<Verdict> page = new ArrayList<>();
    private long open;

    private RailgunHandIns(HandInImportStore store, ImportReport report) {
        this.store = store;
        this.report = report;
    }

    /**
     * As the rows of the original say it; null where they say nothing.
     *
     * @param id its number, in the order of arrival
     */
    public record OldHandIn(
            String id,
            String uuid,
            String createdAt,
            String homework,
            String codePackage,
            String state,
            String score,
            String scale,
            String exitCode,
            String stdout,
            String stderr,
            String student,
            boolean isStaff) {}

    /** Gives all hand-ins, in whatever order. */
    public interface Source {
        void each(Sink sink) throws IOException;
    }

    /** Gets one after the other. */
    public interface Sink {
        void take(OldHandIn handIn);
    }

    /** @param isDry whether nothing is written in the end */
    public static void take(Vertx vertx, GradingConfig config, Source source, boolean isDry, ImportReport report)
            throws IOException {
        new Migrations(config.database(), GradingVerticle.MIGRATIONS).run(vertx).await();
        report.imported("hand-in", 0);
        HandInImportStore.inOneGo(vertx, config.database(), isDry, store -> {
            RailgunHandIns intake = new RailgunHandIns(store, report);
            source.each(intake::take);
            intake.flush();
            store.finish();
            if (intake.open > 0) {
                report.remark("%d hand-ins were still open and are rejected".formatted(intake.open));
            }
        });
        report.remark("files of hand-ins and partial scores are pickles of Python, and stay behind");
    }

    private void take(OldHandIn old) {
        try {
            page.add(verdict(old));
        } catch (Failure e) {
            report.refused("hand-in", String.valueOf(old.uuid()), e.getMessage());
        }
        if (page.size() == ROWS_AT_ONCE) {
            flush();
        }
    }

    private void flush() {
        Set<String> there = store.there(page.stream().map(Verdict::id).toList());
        List<Verdict> fresh = new ArrayList<>();
        for (Verdict verdict : page) {
            if (there.add(verdict.id())) {
                fresh.add(verdict);
            }
        }
        store.addAll(fresh);
        report.imported("hand-in", fresh.size());
        report.present("hand-in", page.size() - fresh.size());
        page.clear();
    }

    private Verdict verdict(OldHandIn old) {
        if (old.uuid() == null || !ID.matcher(old.uuid()).matches()) {
            throw Failure.invalid("its uuid is none");
        }
        if (old.student() == null) {
            throw Failure.invalid("its user is not there");
        }
        if (old.homework() == null || old.homework().isBlank() || old.codePackage() == null) {
            throw Failure.invalid("no homework, or no package");
        }
        if (!STATES.contains(String.valueOf(old.state()))) {
            throw Failure.invalid("no such state: " + old.state());
        }
        boolean isOpen = OPEN.contains(old.state());
        Verdict verdict = new Verdict(
                number(old.id()),
                old.uuid(),
                old.student(),
                old.isStaff(),
                old.homework(),
                old.codePackage(),
                time(old.createdAt()),
                isOpen ? "Rejected" : old.state(),
                number("scale", old.scale()),
                number("score", old.score()),
                isOpen ? DISCARDED : old.state().equals("Accepted") ? ACCEPTED : null,
                exitCode(old.exitCode()),
                storable(old.stdout()),
                storable(old.stderr()));
        open += isOpen ? 1 : 0;
        return verdict;
    }

    private static long number(String id) {
        try {
            return Long.parseLong(String.valueOf(id).strip());
        } catch (NumberFormatException e) {
            throw Failure.invalid("its id is no number");
        }
    }

    /** UTC without a zone, as SQLAlchemy writes it. */
    private static OffsetDateTime time(String text) {
        try {
            return LocalDateTime.parse(String.valueOf(text).strip().replace(' ', 'T'))
                    .atOffset(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw Failure.invalid("no such time: " + text);
        }
    }

    private static double number(String column, String text) {
        try {
            double number = Double.parseDouble(String.valueOf(text));
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, as what is not finite.
        }
        throw Failure.invalid("its %s is no number".formatted(column));
    }

    private static Integer exitCode(String text) {
        return text != null && text.matches("-?\\d{1,9}") ? Integer.valueOf(text) : null;
    }

    /** PostgreSQL cannot store U+0000. */
    private static String storable(String text) {
        return text == null ? null : text.replace('\0', '\uFFFD');
    }
}
