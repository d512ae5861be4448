package lyceum.stream.internal;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.DoubleSupplier;
import lyceum.platform.Meters;
import lyceum.stream.internal.StreamConfig.Limits;

/**
 * What the operator sees of the limits of streams, {@code lyceum.stream.*}, each with its {@code .limit}: {@code pushing},
 * {@code pulling}, {@code replaying} and {@code uploading} sessions, {@code bundles} of those that are pulled, streams that
 * are {@code followed}, bytes that are {@code held} for clients and in {@code rings}, entries that are {@code converting};
 * and who was {@code refused} because of one of them, by {@code bound}.
 */
final class StreamBounds implements AutoCloseable {

    private final Meters meters;

    StreamBounds(MeterRegistry registry) {
        meters = new Meters(registry, "lyceum.stream.");
    }

    /** @param unfinished of the budget */
    void show(Limits limits, Budget budget, Budget unfinished, Tailer tailer) {
        meters.bound("held", budget::taken, limits.heldBytes())
                .bound("unfinished", unfinished::taken, unfinished.limit())
                .bound("followed", tailer::followed, limits.tails())
                .bound("rings", tailer::ringsBytes, limits.ringsBytes());
        refused("held", budget::refused);
        refused("followed", tailer::refused);
    }

    /** @param name of what they do */
    void show(String name, Sessions<?> sessions, int limit) {
        meters.bound(name, sessions::count, limit);
        refused(name, sessions::refused);
    }

    /** Those that are refused are counted among conversions. */
    void show(Conversions conversions, int limit) {
        meters.bound("converting", conversions::underWay, limit);
    }

    private void refused(String bound, DoubleSupplier count) {
        meters.count("refused", count, "bound", bound);
    }

    @Override
    public void close() {
        meters.close();
    }
}
