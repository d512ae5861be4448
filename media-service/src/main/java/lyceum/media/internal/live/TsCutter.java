package lyceum.media.internal.live;

import java.io.IOException;
import java.io.OutputStream;
import lyceum.media.internal.live.PartRuler.Stretch;

/**
 * Cuts an MPEG transport stream (ISO 13818-1) of one programme into segments while it comes. A segment ends before the
 * first key frame behind its length; where no key frame comes for longer, before another frame, so that viewers never wait
 * for a whole group of pictures. Every segment begins with the tables that a player needs, and so does every part of one,
 * where there are parts.
 *
 * <p>Expects what ffmpeg's muxer makes: PIDs as it numbers them, tables of one packet each.
 */
final class TsCutter {

    /** Where segments go. */
    interface Segments {

        /** @return where the next segment is to be written */
        OutputStream begin() throws IOException;

        /**
         * The segment that was begun is whole, and its stream closed.
         *
         * @param isApart whether its time line does not continue the one of the segment before
         */
        void end(long millis, long bytes, boolean isApart);

        /**
         * A part of the segment that was begun is written.
         *
         * @param isApart as of its segment
         * @param isLast whether the segment ends with it, as is told next
         */
        void part(Stretch stretch, boolean isApart, boolean isLast);
    }

    static final int PACKET_BYTES = 188;

    private static final int SYNC = 0x47;
    private static final int PAT = 0;
    private static final int PMT = 0x1000;

    /** What lies below describes the stream (table 2-3; EN 300 468, table 1): names that no player shows. */
    private static final int FIRST_FREE_PID = 0x20;

    private static final int RANDOM_ACCESS = 0x40;

    private static final long TICKS_PER_MILLI = 90;
    private static final long WRAP = 1L << 33;

    /** A longer step is not time that passes, but another clock. */
    private static final long LONGEST_STEP = 10_000 * TICKS_PER_MILLI;

    /** Cameras are plugged in again now and then; this often before a segment is whole, it is no time line. */
    private static final int MOST_JUMPS = 20;

    /** A segment that no picture ends is ended by this: pictures have stopped, or are very large. */
    private static final long MOST_BYTES = 64L << 20;

    /** Key frames that are farther apart are not waited for. */
    private static final long PATIENCE = 1_000 * TICKS_PER_MILLI;

    private final Segments segments;
    private final boolean hasVideo;
    private final long length;
    private final PartRuler parts;

    private final byte[] packet = new byte[PACKET_BYTES];
    private final byte[] pat = new byte[PACKET_BYTES];
    private final byte[] pmt = new byte[PACKET_BYTES];
    private int filled;
    private int patCounter;
    private int pmtCounter;

    private OutputStream present;
    private long presentBytes;
    private boolean isApart = true;
    private long start = -1;
    private long last;
    private long lastStep;
    private long lastKey;
    private int jumps;

    /**
     * @param hasVideo whether pictures decide where to cut, or sound
     * @param lengthMillis least length of a segment
     * @param partMillis length of a part; 0 for no parts
     */
    TsCutter(Segments segments, boolean hasVideo, long lengthMillis, long partMillis) {
        this.segments = segments;
        this.hasVideo = hasVideo;
        this.length = lengthMillis * TICKS_PER_MILLI;
        this.parts = new PartRuler(partMillis);
    }

    /** Takes what comes next. */
    void feed(byte[] bytes, int count) throws IOException {
        int position = 0;
        while (position < count) {
            int taken = Math.min(PACKET_BYTES - filled, count - position);
            System.arraycopy(bytes, position, packet, filled, taken);
            filled += taken;
            position += taken;
            if (filled == PACKET_BYTES) {
                filled = 0;
                take();
            }
        }
    }

    /** Nothing more comes: what there is is the last segment. */
    void end() throws IOException {
        if (present != null) {
            close();
        }
    }

    private void take() throws IOException {
        if ((packet[0] & 0xFF) != SYNC) {
            throw new IOException("not a transport stream");
        }
        int pid = (packet[1] & 0x1F) << 8 | packet[2] & 0xFF;
        if (pid == PAT) {
            System.arraycopy(packet, 0, pat, 0, PACKET_BYTES);
        } else if (pid == PMT) {
            System.arraycopy(packet, 0, pmt, 0, PACKET_BYTES);
        } else if (pid >= FIRST_FREE_PID) {
            int payload = payload();
            boolean isPicture = isStart() && isPicture(payload);
            if (isStart() && hasTime(payload)) {
                if (isPicture == hasVideo) {
                    pass(time(payload), isPicture && isRandomAccess());
                } else {
                    passBeside(time(payload));
                }
            }
            write(packet);
        }
    }

    private void pass(long now, boolean isKey) throws IOException {
        boolean isIndependent = isKey || !hasVideo;
        if (start < 0) {
            start = now;
            lastKey = now;
            parts.begin(isIndependent);
        } else {
            long step = since(last, now);
            if (step < 0 || step > LONGEST_STEP) {
                countJump();
                close();
                isApart = true;
                start = now;
                lastKey = now;
                parts.begin(isIndependent);
            } else {
                lastStep = step;
                if (isDue(now, isKey)) {
                    last = now;
                    lastStep = 0;
                    close();
                    lastStep = step;
                    start = now;
                    parts.begin(isIndependent);
                } else if (parts.isDue(since(start, now), step, isKey)) {
                    endPart(since(start, now));
                    parts.goOn(since(start, now), presentBytes, isIndependent);
                    writeTables();
                }
            }
        }
        last = now;
        if (isKey) {
            lastKey = now;
        }
    }

    /** Each makes a segment, however short it is, and whoever watches asks for all of them. */
    private void countJump() throws IOException {
        jumps++;
        if (jumps > MOST_JUMPS) {
            throw new IOException("its time jumps again and again");
        }
    }

    /** Where pictures have stopped, sound goes on. */
    private void passBeside(long now) throws IOException {
        if (start >= 0 && since(last, now) > LONGEST_STEP) {
            last = now;
            lastStep = 0;
            close();
            start = now;
        } else if (presentBytes > MOST_BYTES) {
            close();
            // What comes next has not been as long already.
            start = last;
        }
    }

    private boolean isDue(long now, boolean isKey) {
        if (since(start, now) >= length && (isKey || !hasVideo || since(lastKey, now) > length + PATIENCE)) {
            jumps = 0;
            return true;
        }
        return presentBytes > MOST_BYTES;
    }

    /** @return from -2^32 on, as clocks of 33 bits wrap */
    private static long since(long earlier, long later) {
        long difference = later - earlier & WRAP - 1;
        return difference < WRAP / 2 ? difference : difference - WRAP;
    }

    private void write(byte[] next) throws IOException {
        if (present == null) {
            present = segments.begin();
            presentBytes = 0;
            writeTables();
        }
        present.write(next);
        presentBytes += PACKET_BYTES;
    }

    private void writeTables() throws IOException {
        pat[3] = counted(pat[3], patCounter++);
        pmt[3] = counted(pmt[3], pmtCounter++);
        present.write(pat);
        present.write(pmt);
        presentBytes += 2 * PACKET_BYTES;
    }

    private void endPart(long elapsed) throws IOException {
        present.flush();
        segments.part(parts.stretch(elapsed / TICKS_PER_MILLI, presentBytes), isApart, false);
    }

    private static byte counted(byte flags, int counter) {
        return (byte) (flags & 0xF0 | counter & 0x0F);
    }

    private void close() throws IOException {
        if (present == null) {
            return;
        }
        present.close();
        present = null;
        long ticks = start < 0 ? 0 : since(start, last) + lastStep;
        long millis = Math.max(1, ticks / TICKS_PER_MILLI);
        if (parts.isOn()) {
            segments.part(parts.stretch(millis, presentBytes), isApart, true);
        }
        segments.end(millis, presentBytes, isApart);
        isApart = false;
        parts.begin(!hasVideo);
    }

    private boolean isStart() {
        return (packet[1] & 0x40) != 0;
    }

    private boolean hasAdaptation() {
        return (packet[3] & 0x20) != 0;
    }

    private boolean isRandomAccess() {
        return hasAdaptation() && packet[4] != 0 && (packet[5] & RANDOM_ACCESS) != 0;
    }

    private int payload() {
        return hasAdaptation() ? 5 + (packet[4] & 0xFF) : 4;
    }

    private int at(int index) {
        return index < PACKET_BYTES ? packet[index] & 0xFF : 0;
    }

    /** Whether an elementary stream of pictures: ids 0xE0 to 0xEF (table 2-22). */
    private boolean isPicture(int payload) {
        return (at(payload + 3) & 0xF0) == 0xE0;
    }

    private boolean hasTime(int payload) {
        return at(payload) == 0 && at(payload + 1) == 0 && at(payload + 2) == 1 && (at(payload + 7) & 0x80) != 0;
    }

    /** @return when it is decoded, where that is told; else when it is shown */
    private long time(int payload) {
        boolean hasDecodingTime = (at(payload + 7) & 0x40) != 0;
        int at = payload + (hasDecodingTime ? 14 : 9);
        return (long) (at(at) >> 1 & 7) << 30
                | (long) at(at + 1) << 22
                | (long) (at(at + 2) >> 1) << 15
                | (long) at(at + 3) << 7
                | at(at + 4) >> 1;
    }
}
