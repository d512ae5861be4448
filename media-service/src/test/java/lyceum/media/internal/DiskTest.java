package lyceum.media.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DiskTest {

    private final Disk disk = new Disk(100);

    @Test
    void isSharedByAllJobs() {
        Disk.Share one = disk.share();
        Disk.Share other = disk.share();

        assertThat(one.grow(60)).isTrue();
        assertThat(other.grow(41)).isFalse();
        assertThat(other.grow(40)).isTrue();
        assertThat(disk.takenBytes()).isEqualTo(100);
    }

    @Test
    void getsBackWhatWasExpectedAndIsNotThere() {
        Disk.Share share = disk.share();
        share.grow(90);

        share.settle(20);

        assertThat(disk.takenBytes()).isEqualTo(20);
    }

    @Test
    void knowsNothingOfAJobThatIsClosed() {
        Disk.Share share = disk.share();
        share.grow(90);

        share.release();
        share.settle(20);
        share.release();

        assertThat(disk.takenBytes()).isZero();
    }
}
