package lyceum.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How long each of a number of requests took.
 *
 * @param sortedNanos the shortest first
 * @param wallNanos how long all of them took together
 */
record Times(long[] sortedNanos, long wallNanos) {

    static Times of(long[] nanos, long wallNanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Times(sorted, wallNanos);
    }

    /** @param percent 0..100; @return the time that so many of them did not exceed */
    double millis(double percent) {
        int index = (int) Math.ceil(sortedNanos.length * percent / 100) - 1;
        return sortedNanos[Math.max(index, 0)] / 1e6;
    }

    double perSecond() {
        return sortedNanos.length / (wallNanos / 1e9);
    }

    /** @return the figure of the middle one of some rounds */
    static double median(List<Times> rounds, ToDoubleFunction<Times> figure) {
        double[] figures = rounds.stream().mapToDouble(figure).sorted().toArray();
        return figures[figures.length / 2];
    }
}
