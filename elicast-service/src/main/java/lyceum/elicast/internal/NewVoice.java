package lyceum.elicast.internal;

import lyceum.elicast.Lesson;
import lyceum.platform.Failure;

/**
 * A recording that is to take the place of another one, in a draft that has nothing else.
 *
 * @param voice index of the recording, from 0
 * @param pieces how many it has
 */
record NewVoice(long draftId, int voice, int pieces) {

    /** @return the part of a content */
    int part() {
        return voice + 1;
    }

    /** @return the lesson; fails with NOT_FOUND where it has no such recording */
    static Lesson checkIndex(Lesson lesson, long voice) {
        if (voice < 0 || voice >= lesson.voices()) {
            throw Failure.notFound("chunk_idx -- Invalid chunk index");
        }
        return lesson;
    }
}
