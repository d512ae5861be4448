package lyceum.media.internal;

import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;

/**
 * The bytes that all jobs of an instance have on the disk, or may come to have: each is bounded, and many of them together
 * would still fill it. One context uses it; how much is taken is for any thread.
 */
final class Disk {

    static final Failure FULL =
            new Failure(Kind.BUSY, "there is no room for more sound and film at present; try again later");

    private final long limitBytes;
    private volatile long takenBytes;

    Disk(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    long takenBytes() {
        return takenBytes;
    }

    /** @return the part of a job, which has nothing yet */
    Share share() {
        return new Share();
    }

    /** What one job has taken. */
    final class Share {

        private long bytes;
        private boolean isReleased;

        /** @return whether there was so much more */
        boolean grow(long moreBytes) {
            if (takenBytes + moreBytes > limitBytes) {
                return false;
            }
            change(bytes + moreBytes);
            return true;
        }

        /** Takes what the job really has, once it makes nothing any more. */
        void settle(long reallyBytes) {
            if (!isReleased) {
                change(reallyBytes);
            }
        }

        /** Gives everything back, for good. */
        void release() {
            change(0);
            isReleased = true;
        }

        private void change(long toBytes) {
            takenBytes += toBytes - bytes;
            bytes = toBytes;
        }
    }
}
