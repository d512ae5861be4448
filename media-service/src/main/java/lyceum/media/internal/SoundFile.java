package lyceum.media.internal;

import java.util.OptionalLong;

/**
 * A WebM file of a job.
 *
 * @param name relative to the job's directory
 * @param codec {@code opus} or {@code vorbis}; empty where that is not known
 * @param sizeBytes 0 where there is no such file, because what it should be made of is not sound
 * @param durationMicros as its header has it; empty where that is not known
 */
record SoundFile(String name, String codec, long sizeBytes, OptionalLong durationMicros) {

    static SoundFile unreadable(String name) {
        return new SoundFile(name, "", 0, OptionalLong.empty());
    }

    boolean readable() {
        return sizeBytes > 0;
    }
}
