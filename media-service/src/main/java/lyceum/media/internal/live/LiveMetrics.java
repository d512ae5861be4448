package lyceum.media.internal.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import lyceum.platform.Meters;

/**
 * What the operator sees of live video, {@code lyceum.live.*}:
 *
 * <ul>
 *   <li>{@code channels} and {@code encodes}: how many there are on this instance, each with its limit;
 *   <li>{@code publishing}: who publishes now, {@code published}: how often somebody began;
 *   <li>{@code refused} by {@code bound}: publishers who were sent away because of channels or encodes;
 *   <li>{@code bytes}: what was published;
 *   <li>{@code lost}: channels that another instance has taken over, because this one was not heard for too long.
 * </ul>
 */
final class LiveMetrics implements AutoCloseable {

    final Counter published;
    final Counter tooManyChannels;
    final Counter tooManyEncodes;
    final Counter bytes;
    final Counter lost;

    private final Meters meters;

    LiveMetrics(MeterRegistry registry) {
        meters = new Meters(registry, "lyceum.live.");
        published = meters.counter("published");
        tooManyChannels = meters.counter("refused", "bound", "channels");
        tooManyEncodes = meters.counter("refused", "bound", "encodes");
        bytes = meters.counter("bytes");
        lost = meters.counter("lost");
    }

    /** Shows what there is. */
    void show(LiveConfig config, HeldChannels channels, LiveProcesses processes, PublishSessions sessions) {
        meters.bound("channels", channels::count, config.channels())
                .bound("encodes", processes::encodes, config.encodes())
                .gauge("publishing", sessions::count);
    }

    @Override
    public void close() {
        meters.close();
    }
}
