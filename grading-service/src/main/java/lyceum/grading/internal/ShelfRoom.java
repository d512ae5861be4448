package lyceum.grading.internal;

/** Room for homework in the memory of this process. For one thread at a time. */
final class ShelfRoom {

    private final long limitBytes;
    private long takenBytes;

    /** @param takenBytes what is on the shelf already */
    ShelfRoom(long limitBytes, long takenBytes) {
        this.limitBytes = limitBytes;
        this.takenBytes = takenBytes;
    }

    long takenBytes() {
        return takenBytes;
    }

    boolean fits(long bytes) {
        return bytes <= limitBytes - takenBytes;
    }

    /** Puts homework of that length on the shelf, or tells that it cannot be there. */
    void take(long bytes) throws BrokenHomework {
        if (!fits(bytes)) {
            throw new BrokenHomework(
                    "there is no room for its %d bytes beside other homework, all together may have %d (LYCEUM_GRADING_SHELF_LIMIT)"
                            .formatted(bytes, limitBytes));
        }
        takenBytes += bytes;
    }
}
