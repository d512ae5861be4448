package lyceum.grading.internal;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import lyceum.grading.Text;

/** Grades a hand-in in this house: finds its homework, unpacks it, has it judged (contracts/grading.md, section 6). */
final class Assignments {

    private final Library library;
    private final RemoteAddress addresses;
    private final Function<Assignment, Future<Judged>> judge;

    /** @param addresses decides which ones may be reached */
    Assignments(Library library, RemoteAddress addresses, Function<Assignment, Future<Judged>> judge) {
        this.library = library;
        this.addresses = addresses;
        this.judge = judge;
    }

    /** @return how it went; fails with BUSY or UNAVAILABLE where it shall be tried later */
    Future<Course> grade(Job job) {
        Optional<Homework> homework = library.shelf().byUuid(job.key().homework());
        if (homework.isEmpty()) {
            return rejected(Verdict.BROKEN);
        }
        CodePackage codePackage = homework.get().packages().get(job.codePackage());
        if (codePackage == null) {
            return rejected(Verdict.rejected(
                    new Text("Language \"%(lang)s\" is not provided.", Map.of("lang", job.codePackage()))));
        }
        return switch (codePackage.form()) {
            case ARCHIVE -> gradeArchive(job, homework.get(), codePackage);
            case ADDRESS -> gradeAddress(job, codePackage);
            case CSV -> judge(job, codePackage, Map.of(), job.content().toString(), null);
        };
    }

    private Future<Course> gradeArchive(Job job, Homework homework, CodePackage codePackage) {
        if (codePackage.name().equals("java")) {
            // The original has a form for it, and nobody who could run it.
            return rejected(Verdict.rejected(Text.lazy("Could not commit to run queue.")));
        }
        return library.work(() -> unpack(job, homework, codePackage))
                .compose(files -> files.rejection() == null
                        ? judge(job, codePackage, files.taken(), null, null)
                        : rejected(Verdict.rejected(files.rejection())));
    }

    private static HandInFiles unpack(Job job, Homework homework, CodePackage codePackage) {
        try {
            Map<String, Buffer> files = Archives.unpack(job.fileName(), job.content(), ArchiveLimits.OF_HAND_IN);
            return HandInFiles.take(files, homework, codePackage);
        } catch (ArchiveRefusal refusal) {
            return new HandInFiles(Map.of(), refusal.rejection());
        }
    }

    private Future<Course> gradeAddress(Job job, CodePackage codePackage) {
        return addresses
                .check(job.content().toString(), rule(codePackage.url()), rule(codePackage.ip()))
                .compose(checked -> checked.complaint() == null
                        ? judge(job, codePackage, Map.of(), null, checked.remote())
                        : rejected(Verdict.rejected(RemoteAddress.REJECTED, checked.complaint())));
    }

    private static String rule(AnchoredPattern pattern) {
        return pattern == null ? null : pattern.source();
    }

    private Future<Course> judge(
            Job job, CodePackage codePackage, Map<String, Buffer> studentFiles, String data, Assignment.Remote remote) {
        return judge.apply(new Assignment(
                        job.key().id(),
                        job.key().homework(),
                        codePackage.entry(),
                        codePackage.timeout(),
                        codePackage.files(),
                        codePackage.sharedFiles(),
                        studentFiles,
                        data,
                        remote))
                .map(Course::of);
    }

    private static Future<Course> rejected(Verdict verdict) {
        return Future.succeededFuture(Course.without(verdict));
    }
}
