package lyceum.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.DoubleSupplier;
import lyceum.gateway.access.AddressFailures;
import lyceum.gateway.grading.HandInFeed;
import lyceum.gateway.live.LiveServer;
import lyceum.gateway.media.MediaJobRoutes;
import lyceum.gateway.mjpeg.MjpegShows;
import lyceum.gateway.rtmp.RtmpServer;
import lyceum.gateway.sandbox.SandboxSessionRoutes;
import lyceum.gateway.social.SocialDoor;
import lyceum.gateway.stream.HeldBytes;
import lyceum.gateway.stream.StreamSockets;
import lyceum.gateway.video.BlockingReloads;
import lyceum.gateway.video.ChannelCache;
import lyceum.platform.Meters;

/**
 * What the operator sees of the limits of this gateway, {@code lyceum.gateway.*}, each with its {@code .limit}:
 *
 * <ul>
 *   <li>{@code watchers} of hand-ins, {@code media.watchers} of media jobs, {@code rtmp.connections} and {@code rtmp.held} bytes of encoders, {@code
 *       sandbox.sessions}, {@code runners.held} bytes of outside runners, {@code
 *       forms.held} bytes of programs, answers and logs, {@code social.waiting} messages and {@code
 *       social.held} bytes of classes, {@code hls.cache} bytes of segments;
 *   <li>{@code stream.open}, {@code live.open} and {@code mjpeg.admitted}: sockets and viewers as the limit counts them,
 *       those included that are about to be;
 *   <li>{@code hls.waiting}: viewers whose reload waits; the limit is that of one channel;
 *   <li>{@code refused} by {@code bound}: who was sent away because of one of these, or because of failed {@code logins}.
 * </ul>
 */
final class GatewayMeters implements AutoCloseable {

    private final Meters meters;

    GatewayMeters(MeterRegistry registry) {
        meters = new Meters(registry, "lyceum.gateway.");
    }

    void show(GatewayConfig config, RtmpServer rtmp, HandInFeed feed, MjpegShows shows) {
        meters.bound("rtmp.connections", rtmp::publishing, config.video().rtmp().publishers())
                .bound("rtmp.held", rtmp::heldBytes, config.video().rtmp().heldBytes())
                .bound("watchers", feed::watching, config.grading().watchers())
                .bound("mjpeg.admitted", shows::admitted, config.streams().mjpegViewers());
        refused("rtmp", rtmp::refused);
        refused("watchers", feed::refused);
        refused("mjpeg", shows::refused);
    }

    void show(GatewayConfig config, StreamSockets sockets, LiveServer live, SocialDoor door) {
        meters.bound("stream.open", sockets::open, config.streamSockets().sockets())
                .gauge("stream.held.limit", sockets.held()::limit)
                .bound(
                        "stream.headers",
                        sockets.heldHeaders()::taken,
                        sockets.heldHeaders().limit())
                .bound("live.open", live::connected, config.live().connections())
                .bound(
                        "social.waiting",
                        door::waitingActs,
                        config.social().limits().waitingActs())
                .bound(
                        "social.held",
                        door::waitingBytes,
                        config.social().limits().waitingBytes());
        refused("stream", sockets::refused);
        refused("live", live::refused);
    }

    void show(SandboxSessionRoutes sessions, int limit) {
        meters.bound("sandbox.sessions", sessions::open, limit);
        refused("sandbox", sessions::refused);
    }

    void show(MediaJobRoutes jobs, int limit) {
        meters.bound("media.watchers", jobs::watching, limit);
        refused("media", jobs::refused);
    }

    void showRunners(HeldBytes held) {
        meters.bound("runners.held", held::taken, held.limit());
        refused("runners", held::refused);
    }

    void showForms(HeldBytes held) {
        meters.bound("forms.held", held::taken, held.limit());
        refused("forms", held::refused);
    }

    void show(AddressFailures logins) {
        refused("logins", logins::refused);
    }

    void show(ChannelCache files, long limitBytes, BlockingReloads reloads) {
        meters.bound("hls.cache", files::heldBytes, limitBytes).gauge("hls.waiting", reloads::waiting);
        refused("hls", reloads::refused);
    }

    private void refused(String bound, DoubleSupplier count) {
        meters.count("refused", count, "bound", bound);
    }

    @Override
    public void close() {
        meters.close();
    }
}
