package lyceum.elicast.internal;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import lyceum.elicast.ElicastService;
import lyceum.elicast.ElicastService.Piece;
import lyceum.elicast.ElicastService.RepairVoice;
import lyceum.elicast.ElicastService.RepairedVoice;
import lyceum.elicast.ElicastService.ReplaceVoice;
import lyceum.elicast.Lesson;
import lyceum.media.MediaService;
import lyceum.media.MediaService.CloseJob;
import lyceum.media.MediaService.Job;
import lyceum.media.MediaService.OpenJob;
import lyceum.media.MediaService.Outputs;
import lyceum.media.MediaService.Read;
import lyceum.media.MediaService.Repair;
import lyceum.platform.Failure;
import lyceum.platform.Loop;

/** Recordings of lessons on their way to media-service and back. */
final class Voices {

    private final LessonStore lessons;
    private final ContentStore contents;
    private final Lessons rules;
    private final MediaService anyMedia;
    private final Function<String, MediaService> mediaAt;
    private final ElicastMetrics metrics;
    private final Clock clock;

    /** @param mediaAt gives media-service as one instance serves it */
    Voices(
            LessonStore lessons,
            ContentStore contents,
            Lessons rules,
            MediaService anyMedia,
            Function<String, MediaService> mediaAt,
            ElicastMetrics metrics,
            Clock clock) {
        this.lessons = lessons;
        this.contents = contents;
        this.rules = rules;
        this.anyMedia = anyMedia;
        this.mediaAt = mediaAt;
        this.metrics = metrics;
        this.clock = clock;
    }

    Future<RepairedVoice> repair(RepairVoice question) {
        return lessons.find(question.id())
                .compose(lesson -> anyMedia.openJob(OpenJob.interactive(question.caller()))
                        .compose(job -> bringAll(lesson, job)
                                .recover(error -> close(job).transform(closed -> Future.failedFuture(error)))));
    }

    private Future<RepairedVoice> bringAll(Lesson lesson, Job job) {
        MediaService media = mediaAt.apply(job.instance());
        return new VoiceFeed(contents, lesson, media, job.id())
                .bringAll()
                .compose(brought -> metrics.repair(media.repair(new Repair(job.id()))))
                .map(outputs -> new RepairedVoice(job.id(), job.instance(), outputs.sizesBytes()));
    }

    Future<Lesson> replace(ReplaceVoice order) {
        MediaService media = mediaAt.apply(order.instance());
        return lessons.find(order.id())
                .map(lesson -> replaceable(lesson, order.voice()))
                .compose(lesson -> metrics.repair(media.repair(new Repair(order.jobId())))
                        .map(Voices::onlyOutput)
                        .compose(sizeBytes -> contents.open(clock.instant().atOffset(ZoneOffset.UTC)))
                        .onSuccess(draftId -> metrics.opened())
                        .compose(draftId -> replace(media, order, draftId)));
    }

    private static Lesson replaceable(Lesson lesson, long voice) {
        if (lesson.isProtected()) {
            throw LessonStore.notThere();
        }
        return NewVoice.checkIndex(lesson, voice);
    }

    /** An empty file never begins an input, so there may be no output at all. */
    private static long onlyOutput(Outputs outputs) {
        return outputs.sizesBytes().stream()
                .findFirst()
                .filter(sizeBytes -> sizeBytes > 0)
                .orElseThrow(() -> Failure.invalid("voice_file -- could not be decoded"));
    }

    private Future<Lesson> replace(MediaService media, ReplaceVoice order, long draftId) {
        int voice = (int) order.voice();
        return fetch(media, order.jobId(), draftId, voice + 1)
                .compose(fetched -> rules.replaceVoice(order.id(), new NewVoice(draftId, voice, fetched)))
                .recover(error -> contents.discard(draftId)
                        .onSuccess(discarded -> metrics.discarded())
                        .transform(discarded -> Future.failedFuture(error)));
    }

    /** @return the number of pieces of the output, all of them appended to the draft */
    private Future<Integer> fetch(MediaService media, String jobId, long draftId, int part) {
        AtomicInteger position = new AtomicInteger();
        return Loop.whileTrue(() -> media.read(new Read(jobId, 0, (long) position.get() * ElicastService.PIECE_BYTES))
                        .compose(read -> append(draftId, part, position, read.bytes())))
                .map(fetched -> position.get());
    }

    /** @return whether there may be more */
    private Future<Boolean> append(long draftId, int part, AtomicInteger position, Buffer bytes) {
        if (bytes.length() == 0) {
            return Future.succeededFuture(false);
        }
        Piece piece = new Piece(part, position.getAndIncrement(), false, bytes);
        return contents.append(draftId, List.of(piece)).map(true);
    }

    private Future<?> close(Job job) {
        return mediaAt.apply(job.instance()).closeJob(new CloseJob(job.id()));
    }
}
