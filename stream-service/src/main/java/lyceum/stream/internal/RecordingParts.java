package lyceum.stream.internal;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import lyceum.platform.Bus;
import lyceum.stream.RecordingExportService;
import lyceum.stream.RecordingFileService;
import lyceum.stream.RecordingService;
import lyceum.stream.ReplaySession;
import lyceum.stream.StreamService;
import lyceum.stream.UploadSession;
import lyceum.stream.internal.RecordingConfig.RecorderConfig;
import lyceum.stream.internal.archive.LocalRecordings;
import lyceum.stream.internal.archive.RecordingStore;
import lyceum.stream.internal.archive.S3Recordings;
import lyceum.stream.internal.export.StreamExporter;

/** Puts together what records, keeps and replays streams, and opens it to the bus. */
final class RecordingParts {

    private final Vertx vertx;
    private final RecordingConfig settings;
    private final Bus bus;
    private final String instance;
    private final RecordingStore store;
    private final RecorderMetrics metrics;
    private final Recorder recorder;
    private final ReplaySessions replays;
    private final Recordings recordings;
    private final RecordingFiles files;
    private final Exporter exporter;
    private final Thumbnails thumbnails;
    private final RecordingExports exports;

    /** What it shares with the rest of the service. */
    record Shared(
            Vertx vertx,
            Bus bus,
            RedisLines redis,
            RangeReads reads,
            Tailer tailer,
            Appender appender,
            Announcer announcer,
            MeterRegistry meters) {}

    /**
     * @param instance where sessions are served
     * @param bounds told of those that may be open
     */
    RecordingParts(Shared shared, String instance, StreamConfig config, StreamBounds bounds) {
        this.bus = shared.bus();
        this.instance = instance;
        this.settings = config.recordings();
        RecorderConfig recording = settings.recorder();
        this.vertx = shared.vertx();
        store = settings.bucket()
                .<RecordingStore>map(bucket -> new S3Recordings(vertx, bucket, recording.writers()))
                .orElseGet(() -> new LocalRecordings(vertx, settings.directory(), recording.writers()));
        metrics = new RecorderMetrics(shared.meters(), recording.memoryBytes());
        Recorder.Sources sources = new Recorder.Sources(shared.redis(), shared.reads(), shared.tailer());
        recorder = new Recorder(vertx, bus, instance, sources, store, recording, metrics);
        int longestEntry = (int) Math.min(config.limits().messageBytes(), settings.replayBytes());
        ReplayedStream.Manner manner =
                new ReplayedStream.Manner(vertx, shared.appender(), new Budget(settings.replayBytes()), longestEntry);
        replays = new ReplaySessions(vertx, store, manner, ReplaySession.LEASE, settings.replays());
        RecordingTimes times = new RecordingTimes(settings.zone());
        Clock clock = Clock.systemUTC();
        RecordingInfos infos = new RecordingInfos(shared.redis(), store, times, clock);
        files = new RecordingFiles(vertx, instance, store, infos, settings.files(), UploadSession.LEASE);
        bounds.show("replaying", replays.sessions(), settings.replays());
        bounds.show("uploading", files.uploads(), settings.files().uploads());
        RecordingControl control = new RecordingControl(
                vertx, shared.redis(), shared.announcer(), config.redis().maxEntries());
        ExportLedger ledger = new ExportLedger(shared.redis());
        exporter = new Exporter(
                vertx,
                new Exporter.Parties(
                        bus,
                        store,
                        ledger,
                        new StreamExporter(
                                vertx, bus, store, config.converting().limits()),
                        infos,
                        recorder::isHolder),
                recording.exportPause());
        thumbnails = new Thumbnails(vertx, store, config.converting().limits());
        exports = new RecordingExports(control, store, ledger, exporter, thumbnails);
        recordings =
                new Recordings(instance, new Recordings.Parties(control, store, infos, times, replays, ledger, clock));
    }

    /** @return done when it can be reached; it records from then on */
    Future<Void> serve() {
        return makeDirectory()
                .compose(made -> bus.listen(StreamService.CREATED, fact -> recorder.created(fact.stream())))
                .compose(listening -> bus.serve(ReplaySession.class, replays, instance))
                .compose(reachable -> bus.serve(RecordingService.class, recordings))
                .compose(reachable -> bus.serve(UploadSession.class, files, instance))
                .compose(reachable -> bus.serve(RecordingFileService.class, files))
                .compose(reachable -> bus.serve(RecordingExportService.class, exports))
                .onSuccess(reachable -> {
                    recorder.start();
                    exporter.start();
                });
    }

    /** Who learns only from the first recording that there is no place for it has lost that one. */
    private Future<Void> makeDirectory() {
        if (settings.bucket().isPresent()) {
            return Future.succeededFuture();
        }
        return vertx.fileSystem()
                .mkdirs(settings.directory().toString())
                .recover(error -> Future.failedFuture(new IllegalStateException(
                        "LYCEUM_RECORDINGS_DIR: %s cannot be made: %s"
                                .formatted(settings.directory(), error.getMessage()),
                        error)));
    }

    /** A stream has been deleted, and its tail knows that already. */
    void restart(String stream) {
        recorder.restart(stream);
    }

    /** Stores what was recorded, while Redis and the tails are there still. */
    Future<Void> stop() {
        replays.stop();
        files.stop();
        return exporter.stop()
                .eventually(recorder::stop)
                .eventually(thumbnails::close)
                .eventually(store::close)
                .onComplete(closed -> metrics.close());
    }
}
