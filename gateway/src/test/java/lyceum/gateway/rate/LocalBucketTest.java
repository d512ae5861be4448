package lyceum.gateway.rate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalBucketTest {

    private static final long SECOND = 1_000_000;

    @Test
    void givesABurstAtOnceAndThenAsOftenAsTheRateSays() {
        LocalBucket bucket = new LocalBucket(new Rate(10, 5), 0);

        assertThat(taken(bucket, 0, 20)).isEqualTo(5);
        assertThat(bucket.take(0)).isEqualTo(Verdict.refused(101));
        assertThat(bucket.take(SECOND / 10)).isEqualTo(Verdict.ADMITTED);
        assertThat(bucket.take(SECOND / 10).isAdmitted()).isFalse();
    }

    @Test
    void holdsNoMoreThanItsBurstHoweverLongNobodyCame() {
        LocalBucket bucket = new LocalBucket(new Rate(10, 5), 0);

        assertThat(taken(bucket, 3600 * SECOND, 20)).isEqualTo(5);
    }

    @Test
    void admitsWhoeverComesWhenItWasToldTo() {
        LocalBucket bucket = new LocalBucket(new Rate(3, 1), 0);
        bucket.take(0);
        long retryAfterMillis = bucket.take(0).retryAfterMillis();

        assertThat(bucket.take(1_000 * retryAfterMillis).isAdmitted()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"50, 200, 10, 4", "500, 2000, 50, 4", "1, 1, 1, 1", "3, 10, 1, 4", "1000000, 1000000, 50, 1"})
    void leasesATwentiethOfABurst(int perSecond, int burst, int lease, long windowSeconds) {
        Rate rate = new Rate(perSecond, burst);

        assertThat(rate.lease()).isEqualTo(lease);
        assertThat(rate.windowSeconds()).isEqualTo(windowSeconds);
    }

    private static long taken(LocalBucket bucket, long nowMicros, int times) {
        return LongStream.range(0, times)
                .filter(i -> bucket.take(nowMicros).isAdmitted())
                .count();
    }
}
