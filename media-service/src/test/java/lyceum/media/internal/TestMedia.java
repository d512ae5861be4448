package lyceum.media.internal;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lyceum.media.MediaService;
import lyceum.media.MediaService.Append;
import lyceum.media.MediaService.CloseJob;
import lyceum.media.MediaService.Job;
import lyceum.media.MediaService.OpenJob;
import lyceum.media.MediaService.Outputs;
import lyceum.media.MediaService.Piece;
import lyceum.media.MediaService.Priority;
import lyceum.media.MediaService.Read;
import lyceum.media.MediaService.Repair;
import lyceum.media.MediaService.Segment;
import lyceum.media.MediaService.Split;
import lyceum.media.MediaWorkService;
import lyceum.media.MediaWorkService.AwaitWork;
import lyceum.media.MediaWorkService.WorkState;
import lyceum.media.internal.live.LiveConfig;
import lyceum.platform.Bus;
import lyceum.platform.Readiness;
import lyceum.platform.Settings;
import lyceum.platform.TestPostgres;

/** A running media-service, asked over the bus as others ask it. */
final class TestMedia implements AutoCloseable {

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(60);

    private final Vertx vertx;
    private final String deployment;
    private final Bus bus;
    private final Path data;
    final MeterRegistry registry = new SimpleMeterRegistry();
    private final Readiness readiness = new Readiness();

    private TestMedia(Vertx vertx, Path data, Map<String, String> settings) {
        this.vertx = vertx;
        this.data = data;
        this.bus = new Bus(vertx, LONGEST_ANSWER);
        Map<String, String> all = new HashMap<>(settings);
        all.put("LYCEUM_DATA_DIR", data.toString());
        MediaConfig config = MediaConfig.from(new Settings(all));
        // Nobody asks for live video: its registry is never looked for.
        LiveConfig live = LiveConfig.from(new Settings(all), "redis://127.0.0.1:1");
        this.deployment = vertx.deployVerticle(new MediaVerticle(config, live, readiness, registry))
                .await();
    }

    /** @param settings beside the data directory, as pairs of key and value */
    static TestMedia start(Vertx vertx, Path data, String... settings) {
        Map<String, String> values = new HashMap<>();
        // Unpacked once for all tests, and not for each of them.
        values.put("LYCEUM_PROGRAM_DIR", TestPostgres.programs().toString());
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        return new TestMedia(vertx, data, values);
    }

    MediaService anyone() {
        return bus.proxy(MediaService.class);
    }

    MediaService at(Job job) {
        return bus.proxy(MediaService.class, LONGEST_ANSWER, job.instance());
    }

    MediaWorkService worksAt(Job job) {
        return bus.proxy(MediaWorkService.class, LONGEST_ANSWER, job.instance());
    }

    /** @return a job in the background with one input */
    Job openInBackground(byte[] input) {
        Job job = anyone().openJob(new OpenJob(Priority.BACKGROUND, "")).await();
        append(job, 0, input);
        return job;
    }

    /** @return where it stands */
    WorkState state(Job job) {
        return worksAt(job).awaitWork(new AwaitWork(job.id(), 0)).await();
    }

    void close(Job job) {
        at(job).closeJob(new CloseJob(job.id())).await();
    }

    /** @return how its work has ended */
    WorkState end(Job job) {
        WorkState state = state(job);
        while (!state.phase().isEnd()) {
            state = worksAt(job)
                    .awaitWork(new AwaitWork(job.id(), state.version()))
                    .await();
        }
        return state;
    }

    /** @return all bytes of one output */
    byte[] output(Job job, int output) {
        Buffer whole = Buffer.buffer();
        Piece piece = at(job).read(new Read(job.id(), output, 0)).await();
        while (piece.bytes().length() > 0) {
            whole.appendBuffer(piece.bytes());
            piece = at(job).read(new Read(job.id(), output, whole.length())).await();
        }
        return whole.getBytes();
    }

    Readiness readiness() {
        return readiness;
    }

    Path workDirectory() {
        return data.resolve("media");
    }

    /** @return a job with these inputs */
    Job open(byte[]... inputs) {
        Job job = anyone().openJob(OpenJob.interactive()).await();
        for (int i = 0; i < inputs.length; i++) {
            append(job, i, inputs[i]);
        }
        return job;
    }

    private void append(Job job, int input, byte[] bytes) {
        Buffer all = Buffer.buffer(bytes);
        int sent = 0;
        do {
            int end = Math.min(all.length(), sent + MediaService.PIECE_BYTES);
            at(job).append(new Append(job.id(), input, all.slice(sent, end))).await();
            sent = end;
        } while (sent < all.length());
    }

    /** @return the outputs of a job that is opened for it and closed after it */
    List<byte[]> split(List<byte[]> inputs, Segment... segments) {
        Job job = open(inputs.toArray(byte[][]::new));
        try {
            return outputs(
                    job, at(job).split(new Split(job.id(), List.of(segments))).await());
        } finally {
            at(job).closeJob(new CloseJob(job.id())).await();
        }
    }

    /** @return the outputs of a job that is opened for it and closed after it */
    List<byte[]> repair(byte[]... inputs) {
        Job job = open(inputs);
        try {
            return outputs(job, at(job).repair(new Repair(job.id())).await());
        } finally {
            at(job).closeJob(new CloseJob(job.id())).await();
        }
    }

    private List<byte[]> outputs(Job job, Outputs outputs) {
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < outputs.sizesBytes().size(); i++) {
            all.add(output(job, i));
        }
        return all;
    }

    @Override
    public void close() {
        vertx.undeploy(deployment).await();
    }
}
