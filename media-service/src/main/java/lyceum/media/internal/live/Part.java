package lyceum.media.internal.live;

/**
 * A stretch of a segment that can be watched before the segment is whole (draft-pantos-hls-rfc8216bis, 4.4.4.9). Its file is
 * {@code <segment>.<index>.ts}, and has bytes of the segment's.
 *
 * @param segment number of the segment
 * @param index from 0 on in each segment
 * @param offset of its first byte in the segment
 * @param isIndependent whether it begins with a key frame
 * @param isApart whether its segment does not continue the time line of the one before
 */
record Part(long segment, int index, long millis, long offset, long bytes, boolean isIndependent, boolean isApart) {

    String file() {
        return segment + "." + index + ".ts";
    }
}
