package lyceum.sandbox.internal;

import lyceum.platform.Settings;

/**
 * Where programs are kept.
 *
 * @param engine how an engine of containers is reached, where that is the one
 * @param pods how a cluster is reached, where that is the one
 */
record BackendConfig(Backend backend, EngineConfig engine, PodConfig pods) {

    /** Reads {@code LYCEUM_SANDBOX_BACKEND}, {@code LYCEUM_SANDBOX_ENGINE_*} and {@code LYCEUM_SANDBOX_KUBERNETES_*}. */
    static BackendConfig from(Settings settings) {
        return new BackendConfig(
                settings.choice("LYCEUM_SANDBOX_BACKEND", Backend.PROCESS, "Where programs are kept"),
                EngineConfig.from(settings),
                PodConfig.from(settings));
    }
}
