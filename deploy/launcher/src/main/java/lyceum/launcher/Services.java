package lyceum.launcher;

import java.util.List;
import lyceum.account.internal.AccountConfig;
import lyceum.account.internal.AccountVerticle;
import lyceum.elicast.internal.ElicastConfig;
import lyceum.elicast.internal.ElicastRetentionStore;
import lyceum.elicast.internal.ElicastVerticle;
import lyceum.gateway.GatewayConfig;
import lyceum.gateway.GatewayVerticle;
import lyceum.gateway.rate.RateConfig;
import lyceum.grading.internal.GradingConfig;
import lyceum.grading.internal.GradingRetentionStore;
import lyceum.grading.internal.GradingVerticle;
import lyceum.media.internal.MediaConfig;
import lyceum.media.internal.MediaVerticle;
import lyceum.media.internal.live.LiveConfig;
import lyceum.media.internal.live.LiveRecordingSweep;
import lyceum.sandbox.internal.SandboxConfig;
import lyceum.sandbox.internal.SandboxVerticle;
import lyceum.social.internal.SocialConfig;
import lyceum.social.internal.SocialRetentionStore;
import lyceum.social.internal.SocialVerticle;
import lyceum.stream.internal.RecordingSweep;
import lyceum.stream.internal.StreamConfig;
import lyceum.stream.internal.StreamVerticle;

/** Every service there is, one line each, in the order in which they start. */
final class Services {

    static final List<ServiceEntry<?>> ALL = List.of(
            ServiceEntry.of(
                            "sandbox",
                            (settings, parts) -> new SandboxVerticle(
                                    SandboxConfig.from(settings, parts.postgresUrl()),
                                    parts.readiness(),
                                    parts.meters()))
                    .needing(Store.POSTGRES),
            ServiceEntry.of(
                            "media",
                            (settings, parts) -> new MediaVerticle(
                                    MediaConfig.from(settings),
                                    LiveConfig.from(settings, parts.redisUrl()),
                                    parts.readiness(),
                                    parts.meters()))
                    .sweeping((settings, parts) -> List.of(LiveRecordingSweep.from(settings)))
                    .needing(Store.REDIS),
            ServiceEntry.of(
                            "account",
                            (settings, parts) -> new AccountVerticle(
                                    AccountConfig.from(settings, parts.postgresUrl()),
                                    parts.readiness(),
                                    parts.meters()))
                    .needing(Store.POSTGRES),
            ServiceEntry.of(
                            "elicast",
                            (settings, parts) -> new ElicastVerticle(
                                    ElicastConfig.from(settings, parts.postgresUrl()),
                                    parts.readiness(),
                                    parts.meters()))
                    .sweeping((settings, parts) -> ElicastRetentionStore.sweeps(settings, parts.postgresUrl()))
                    .needing(Store.POSTGRES),
            ServiceEntry.of(
                            "stream",
                            (settings, parts) -> new StreamVerticle(
                                    StreamConfig.from(settings, parts.redisUrl(), parts.postgresUrl()),
                                    parts.readiness(),
                                    parts.meters()))
                    .sweeping((settings, parts) -> List.of(RecordingSweep.from(settings)))
                    .needing(Store.REDIS, Store.POSTGRES),
            ServiceEntry.of(
                            "social",
                            (settings, parts) -> new SocialVerticle(
                                    SocialConfig.from(settings, parts.postgresUrl()),
                                    parts.readiness(),
                                    parts.meters()))
                    .sweeping((settings, parts) -> SocialRetentionStore.sweeps(settings, parts.postgresUrl()))
                    .needing(Store.POSTGRES),
            ServiceEntry.of(
                            "grading",
                            (settings, parts) -> new GradingVerticle(
                                    GradingConfig.from(settings, parts.postgresUrl()),
                                    parts.readiness(),
                                    parts.meters()))
                    .sweeping((settings, parts) -> GradingRetentionStore.sweeps(settings, parts.postgresUrl()))
                    .needing(Store.POSTGRES),
            ServiceEntry.of(
                            "gateway",
                            (settings, parts) -> new GatewayVerticle(
                                    GatewayConfig.from(settings, parts.redisUrl()), parts.readiness(), parts.meters()))
                    .needingWhere(RateConfig::isShared, Store.REDIS)
                    .listening(GatewayVerticle::httpPort));

    private Services() {}

    /** @return their names in that order */
    static List<String> names(List<ServiceEntry<?>> services) {
        return services.stream().map(ServiceEntry::name).toList();
    }
}
