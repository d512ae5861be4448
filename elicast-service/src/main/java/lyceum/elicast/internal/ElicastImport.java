package lyceum.elicast.internal;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import lyceum.elicast.ElicastService;
import lyceum.elicast.internal.OriginalElicastStore.OldEntry;
import lyceum.elicast.internal.OriginalElicastStore.OldLesson;
import lyceum.elicast.internal.OriginalElicastStore.OldRun;
import lyceum.elicast.internal.OriginalElicastStore.OldTicket;
import lyceum.platform.Failure;
import lyceum.platform.ImportReport;
import lyceum.platform.Migrations;
import lyceum.platform.Settings.WrongSetting;

/**
 * Takes over what elicast-server has stored, each row with its id, because clients and log entries know it by that: all in
 * one transaction. A row that is here already, with the same id and time, stays as it is here. One whose id belongs to
 * another row here is refused, so an import comes before the first lesson.
 *
 * <p>Blocks, and has one lesson at a time in memory, a few times: for the command line, while no elicast-service runs.
 */
public final class ElicastImport {

    private static final int ROWS_AT_ONCE = 200;
    private static final long LATEST_MILLIS =
            Instant.parse("9999-12-31T23:59:59Z").toEpochMilli();

    private final OriginalElicastStore original;
    private final ElicastImportStore store;
    private final ImportReport report;
    /** What refers to one of them must not be added to another that has its id here. */
    private final Set<Long> refusedLessons = new HashSet<>();

    private final Set<Long> refusedTickets = new HashSet<>();

    private ElicastImport(OriginalElicastStore original, ElicastImportStore store, ImportReport report) {
        this.original = original;
        this.store = store;
        this.report = report;
    }

    /**
     * @param file the database of the original server
     * @param isDry whether nothing is written in the end
     * @return what came of it
     * @throws WrongSetting where the file is none of that server
     */
    public static ImportReport take(Vertx vertx, ElicastConfig config, Path file, boolean isDry) {
        new Migrations(config.database(), ElicastVerticle.MIGRATIONS).run(vertx).await();
        ImportReport report = new ImportReport();
        try (OriginalElicastStore original = new OriginalElicastStore(file)) {
            ElicastImportStore.inOneGo(vertx, config.database(), isDry, store -> {
                ElicastImport intake = new ElicastImport(original, store, report);
                intake.takeAll();
                if (!isDry) {
                    intake.goOn();
                }
            });
            return report;
        } catch (SQLException e) {
            throw new WrongSetting(
                    "--import=elicast: '%s' is not a database of elicast-server: %s".formatted(file, e.getMessage()));
        }
    }

    private void takeAll() throws SQLException {
        takeLessons();
        each("code_run", original::runs, OldRun::id, OldRun::created, this::flawOfRun, store::addRuns);
        each(
                "code_run_exercise",
                original::answers,
                OldRun::id,
                OldRun::created,
                this::flawOfAnswer,
                store::addAnswers);
        each("log_ticket", original::tickets, OldTicket::id, OldTicket::created, this::flawOfTicket, store::addTickets);
        each("log_entry", original::entries, OldEntry::id, OldEntry::created, this::flawOfEntry, store::addEntries);
    }

    private void goOn() {
        List.of("lesson", "code_run", "code_run_exercise", "log_ticket", "log_entry")
                .forEach(store::goOn);
    }

    private void takeLessons() throws SQLException {
        report.imported("lesson", 0);
        List<OldLesson> next = original.lessons(0, 1);
        while (!next.isEmpty()) {
            OldLesson lesson = next.get(0);
            take(lesson);
            next = original.lessons(lesson.id(), 1);
        }
    }

    private void take(OldLesson lesson) {
        Map<Long, Long> there = store.there("lesson", List.of(lesson.id()));
        if (there.containsKey(lesson.id())) {
            if (there.get(lesson.id()) == lesson.created()) {
                report.present("lesson");
            } else {
                refuse(lesson, "another lesson has this id here");
            }
            return;
        }
        try {
            if (lesson.title() == null || !isTime(lesson.created())) {
                throw Failure.invalid("no title, or no time");
            }
            ElicastService.TITLE.check(lesson.title());
            ElicastService.TEACHER.checkUnlessNull(lesson.teacher());
            store.add(lesson, OldContent.of(lesson.ots(), lesson.voiceBlobs()));
            report.imported("lesson");
        } catch (Failure e) {
            refuse(lesson, e.getMessage());
        }
    }

    private void refuse(OldLesson lesson, String reason) {
        refusedLessons.add(lesson.id());
        report.refused("lesson", Long.toString(lesson.id()), reason);
    }

    private interface Pages<T> {
        List<T> next(long after, int count) throws SQLException;
    }

    /** Says what is wrong with each of some rows, null where nothing is. */
    private interface Judge<T> {
        List<String> flaws(List<T> rows);
    }

    private <T> void each(
            String table,
            Pages<T> pages,
            ToLongFunction<T> id,
            ToLongFunction<T> created,
            Judge<T> judge,
            Consumer<List<T>> sink)
            throws SQLException {
        report.imported(table, 0);
        List<T> page = pages.next(0, ROWS_AT_ONCE);
        while (!page.isEmpty()) {
            Map<Long, Long> there =
                    store.there(table, page.stream().map(id::applyAsLong).toList());
            List<T> fresh = new ArrayList<>();
            for (T row : page) {
                Long at = there.get(id.applyAsLong(row));
                if (at == null) {
                    fresh.add(row);
                } else if (at == created.applyAsLong(row)) {
                    report.present(table);
                } else {
                    refuse(table, id.applyAsLong(row), "another row has this id here");
                }
            }
            List<String> flaws = judge.flaws(fresh);
            List<T> sound = new ArrayList<>();
            for (int i = 0; i < fresh.size(); i++) {
                T row = fresh.get(i);
                String flaw = isTime(created.applyAsLong(row)) ? flaws.get(i) : "no time that can be";
                if (flaw == null) {
                    sound.add(row);
                } else {
                    refuse(table, id.applyAsLong(row), flaw);
                }
            }
            sink.accept(sound);
            report.imported(table, sound.size());
            page = pages.next(id.applyAsLong(page.get(page.size() - 1)), ROWS_AT_ONCE);
        }
    }

    private void refuse(String table, long id, String reason) {
        if (table.equals("log_ticket")) {
            refusedTickets.add(id);
        }
        report.refused(table, Long.toString(id), reason);
    }

    private static boolean isTime(long millis) {
        return millis >= 0 && millis <= LATEST_MILLIS;
    }

    private List<String> flawOfRun(List<OldRun> runs) {
        return flaws(runs, run -> run.code() == null || run.output() == null ? "no code or no output" : null);
    }

    private List<String> flawOfAnswer(List<OldRun> answers) {
        Map<Long, Long> lessons =
                store.there("lesson", answers.stream().map(OldRun::lesson).toList());
        return flaws(answers, answer -> {
            if (answer.exercise() == null) {
                return "its ex_id is no number";
            }
            if (!lessons.containsKey(answer.lesson()) || refusedLessons.contains(answer.lesson())) {
                return "its lesson %d was not taken".formatted(answer.lesson());
            }
            return answer.code() == null || answer.output() == null || answer.solveOts() == null
                    ? "no code, no output or no OTs"
                    : null;
        });
    }

    private List<String> flawOfTicket(List<OldTicket> tickets) {
        Set<String> taken = store.takenTickets(tickets.stream()
                .map(OldTicket::ticket)
                .filter(ticket -> ticket != null)
                .toList());
        return flaws(tickets, ticket -> {
            if (ticket.ticket() == null || ticket.name() == null || ticket.ip() == null) {
                return "no ticket, no name or no address";
            }
            if (!taken.add(ticket.ticket())) {
                return "another row has this ticket";
            }
            try {
                ElicastService.TICKET.check(ticket.ticket());
                ElicastService.TICKET_NAME.check(ticket.name());
            } catch (Failure e) {
                return e.getMessage();
            }
            return ticket.userAgent() == null || ticket.referer() == null ? "no user agent or no referer" : null;
        });
    }

    private List<String> flawOfEntry(List<OldEntry> entries) {
        Map<Long, Long> tickets =
                store.there("log_ticket", entries.stream().map(OldEntry::ticket).toList());
        return flaws(entries, entry -> {
            if (!tickets.containsKey(entry.ticket()) || refusedTickets.contains(entry.ticket())) {
                return "its ticket %d was not taken".formatted(entry.ticket());
            }
            return entry.data() == null ? "no data" : null;
        });
    }

    private static <T> List<String> flaws(List<T> rows, Function<T, String> flaw) {
        List<String> flaws = new ArrayList<>();
        rows.forEach(row -> flaws.add(flaw.apply(row)));
        return flaws;
    }
}
