package lyceum.grading.internal;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.function.BiFunction;
import lyceum.grading.Text;
import lyceum.platform.Failure;

/** Grades a hand-in in this house: finds its homework, unpacks it, has it judged (contracts/grading.md, section 6). */
final class Assignments {

    private final Library library;
    private final UnpackingRoom room;
    private final RemoteAddress addresses;
    private final BiFunction<Assignment, Future<Void>, Future<Judged>> judge;

    /**
     * @param room where archives are unpacked
     * @param addresses decides which ones may be reached
     * @param judge as {@link Judge#judge}
     */
    Assignments(
            Library library,
            UnpackingRoom room,
            RemoteAddress addresses,
            BiFunction<Assignment, Future<Void>, Future<Judged>> judge) {
        this.library = library;
        this.room = room;
        this.addresses = addresses;
        this.judge = judge;
    }

    /** As {@link Grader.Work}; NOT_FOUND where there is no such homework, which may be so for a moment. */
    Future<Course> grade(Job job, Future<Void> recalled) {
        return homework(job.key().homework()).compose(homework -> grade(job, homework, recalled));
    }

    /** That a homework is new here may not have been told yet; who takes the hand-in again may know it, too. */
    private Future<Homework> homework(String uuid) {
        return library.shelf()
                .byUuid(uuid)
                .map(Future::succeededFuture)
                .orElseGet(() -> library.reload()
                        .map(shelf -> shelf.byUuid(uuid)
                                .orElseThrow(() -> Failure.notFound("there is no homework " + uuid))));
    }

    private Future<Course> grade(Job job, Homework homework, Future<Void> recalled) {
        CodePackage codePackage = homework.packages().get(job.codePackage());
        if (codePackage == null) {
            return rejected(Verdict.rejected(
                    new Text("Language \"%(lang)s\" is not provided.", Map.of("lang", job.codePackage()))));
        }
        return switch (codePackage.form()) {
            case ARCHIVE -> gradeArchive(job, homework, codePackage, recalled);
            case ADDRESS -> gradeAddress(job, codePackage, recalled);
            case CSV ->
                judge(job, codePackage, new Given(Map.of(), job.content().toString(), null), recalled);
        };
    }

    /**
     * What is judged.
     *
     * @param files of the student
     * @param data CSV, or null
     * @param remote what is asked over the network, or null
     */
    private record Given(Map<String, Buffer> files, String data, Assignment.Remote remote) {}

    private Future<Course> gradeArchive(Job job, Homework homework, CodePackage codePackage, Future<Void> recalled) {
        if (codePackage.name().equals("java")) {
            // The original has a form for it, and nobody who could run it.
            return rejected(Verdict.rejected(Text.lazy("Could not commit to run queue.")));
        }
        return room.work(() -> unpack(job, homework, codePackage))
                .compose(files -> files.rejection() == null
                        ? judge(job, codePackage, new Given(files.taken(), null, null), recalled)
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

    private Future<Course> gradeAddress(Job job, CodePackage codePackage, Future<Void> recalled) {
        return addresses
                .check(job.content().toString(), rule(codePackage.url()), rule(codePackage.ip()))
                .compose(checked -> checked.complaint() == null
                        ? judge(job, codePackage, new Given(Map.of(), null, checked.remote()), recalled)
                        : rejected(Verdict.rejected(RemoteAddress.REJECTED, checked.complaint())));
    }

    private static String rule(AnchoredPattern pattern) {
        return pattern == null ? null : pattern.source();
    }

    private Future<Course> judge(Job job, CodePackage codePackage, Given given, Future<Void> recalled) {
        Assignment assignment = new Assignment(
                job.key().id(),
                job.key().homework(),
                codePackage.entry(),
                codePackage.timeout(),
                codePackage.files(),
                codePackage.sharedFiles(),
                given.files(),
                given.data(),
                given.remote());
        return judge.apply(assignment, recalled).map(Course::of);
    }

    private static Future<Course> rejected(Verdict verdict) {
        return Future.succeededFuture(Course.without(verdict));
    }
}
