package lyceum.grading.internal;

/**
 * What an archive may come to when it is unpacked.
 *
 * @param maxFiles directories do not count
 * @param maxUnpackedBytes of all files together
 * @param maxRatio how many times its own size; 1 MiB is always fine
 * @param maxDepth parts of a path
 */
record ArchiveLimits(int maxFiles, long maxUnpackedBytes, int maxRatio, int maxDepth) {

    /** For hand-ins: the original's number of files; 64 times the largest upload; text shrinks to a tenth. */
    static final ArchiveLimits OF_HAND_IN = new ArchiveLimits(100, 16L << 20, 100, 16);

    /** For homework: pictures and data of a teacher. */
    static final ArchiveLimits OF_HOMEWORK = new ArchiveLimits(2000, 64L << 20, 100, 16);

    private static final long ALWAYS_FINE_BYTES = 1L << 20;

    /** @return how many bytes an archive of that size may come to */
    long unpackedBytes(long packedBytes) {
        return Math.min(maxUnpackedBytes, Math.max(ALWAYS_FINE_BYTES, packedBytes * maxRatio));
    }
}
