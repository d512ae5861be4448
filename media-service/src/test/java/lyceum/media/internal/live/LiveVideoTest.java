package lyceum.media.internal.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import lyceum.media.LiveChannel;
import lyceum.media.LiveChannel.KickPublisher;
import lyceum.media.LiveChannel.PushMedia;
import lyceum.media.LiveChannel.StartLiveRecording;
import lyceum.media.LiveChannel.StopLiveRecording;
import lyceum.media.LiveService;
import lyceum.media.LiveService.Channel;
import lyceum.media.LiveService.FindChannel;
import lyceum.media.LiveService.Kind;
import lyceum.media.LiveService.ListChannels;
import lyceum.media.LiveService.ListLiveRecordings;
import lyceum.media.LiveService.LiveFact;
import lyceum.media.LiveService.LiveRecording;
import lyceum.media.LiveService.OpenPublish;
import lyceum.media.LiveService.Place;
import lyceum.media.LiveService.Publish;
import lyceum.platform.Bus;
import lyceum.platform.Failure;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What publishers bring, and what can be watched of it. */
class LiveVideoTest {

    /** As the fixture of nginx-rtmp shows it after 14 s (hls.json, playlist_after_publisher_left). */
    private static final String FIRST_14_SECONDS = """
            #EXTM3U
            #EXT-X-VERSION:3
            #EXT-X-MEDIA-SEQUENCE:0
            #EXT-X-TARGETDURATION:3
            #EXT-X-DISCONTINUITY
            #EXTINF:3.000,
            0.ts
            #EXTINF:3.000,
            1.ts
            #EXTINF:3.000,
            2.ts
            #EXTINF:3.000,
            3.ts
            #EXTINF:2.000,
            4.ts
            """;

    private static final Buffer FILM = TestLive.usualFilm(14);

    @TempDir
    Path data;

    private final Vertx vertx = Vertx.vertx();
    private TestLive live;

    @BeforeEach
    void start() {
        live = new TestLive(vertx, data, Map.of("LYCEUM_LIVE_CHANNELS", "2", "LYCEUM_LIVE_ENCODES", "0"));
    }

    @AfterEach
    void stop() {
        live.close();
        vertx.close().await();
    }

    @Test
    void listsSegmentsAsTheFixtureDoesAndGoesOnWithTheNextPublish() {
        live.start();
        live.publish("cam1", FILM);

        assertThat(live.playlist("cam1")).isEqualTo(FIRST_14_SECONDS);
        assertThat(TestLive.frames(live.read("cam1", "1.ts")))
                .as("45 pictures of 3 s, and sound")
                .filteredOn(line -> line.startsWith("0,"))
                .hasSize(45);

        live.publish("cam1", TestLive.usualFilm(4));
        assertThat(live.playlist("cam1"))
                .isEqualTo(FIRST_14_SECONDS + "#EXT-X-DISCONTINUITY\n#EXTINF:3.000,\n5.ts\n#EXTINF:1.000,\n6.ts\n");
    }

    @Test
    void hasDashBesideIt() {
        live.start();
        live.publish("cam1", FILM);

        assertThat(live.read("cam1", "dash/index.mpd").toString()).contains("<MPD", "0-init-$RepresentationID$.m4s");
        assertThat(live.read("cam1", "dash/0-init-0.m4s").length()).isPositive();
        assertThat(live.read("cam1", "dash/0-0-1.m4s").length()).isPositive();
    }

    @Test
    void servesNoFileThatIsNoneOfItsOwn() {
        live.start();
        live.publish("cam1", FILM);

        for (String file :
                List.of("9.ts", "01.ts", "../x", "dash/../0.ts", "dash/.x", "dash/", "", "index.mpd", "0.TS")) {
            assertFails(Failure.Kind.NOT_FOUND, () -> live.read("cam1", file));
        }
        assertFails(Failure.Kind.NOT_FOUND, () -> live.playlist("cam2"));
        assertFails(Failure.Kind.NOT_FOUND, () -> live.playlist("../cam1"));
    }

    @Test
    void servesOfDashWhatPlayersAskForAndNothingElse() throws Exception {
        String instance = live.start();
        Publish publish = live.open("cam1");
        live.push(publish, FILM);
        Path dash = data.resolve(instance).resolve("cam1@0").resolve("dash");
        await().until(() -> Files.exists(dash.resolve("0-0-1.m4s")));
        for (String file : List.of("mounts", "0-0-1.m4s.tmp", "notes.m4s", "index.mpd.tmp", "core")) {
            Files.writeString(dash.resolve(file), "not for everybody");
        }
        // As it is before the program has anything to write.
        Files.createFile(dash.resolve("1-init-0.m4s"));

        for (String file : List.of("mounts", "0-0-1.m4s.tmp", "notes.m4s", "index.mpd.tmp", "core", "1-init-0.m4s")) {
            assertFails(Failure.Kind.NOT_FOUND, () -> live.read("cam1", "dash/" + file));
        }
        assertThat(live.read("cam1", "dash/0-0-1.m4s").length()).isPositive();
    }

    @Test
    void letsOneAtATimePublishAName() {
        live.start();
        Publish first = live.open("cam1");
        live.push(first, FILM);

        assertFails(Failure.Kind.CONFLICT, () -> live.open("cam1"));
        live.end(first);
        live.end(live.open("cam1"));
    }

    @Test
    void refusesNamesThatAreNone() {
        live.start();
        for (String name : List.of("", ".a", "a/b", "a b", "a".repeat(65), "ä", "~x")) {
            assertFails(Failure.Kind.INVALID, () -> live.open(name));
        }
    }

    @Test
    void keepsItsBounds() {
        live.start();
        Publish one = live.open("one");
        live.open("two");

        assertFails(Failure.Kind.BUSY, () -> live.open("three"));
        LiveChannel at = live.at(one.instance());
        Buffer large = Buffer.buffer(new byte[LiveChannel.PIECE_BYTES + 1]);
        assertFails(
                Failure.Kind.INVALID,
                () -> at.pushMedia(new PushMedia(one.id(), 0, large)).await());
        assertFails(
                Failure.Kind.CONFLICT,
                () -> at.pushMedia(new PushMedia(one.id(), 1, Buffer.buffer())).await());
        assertFails(
                Failure.Kind.NOT_FOUND,
                () -> at.pushMedia(new PushMedia("other", 0, Buffer.buffer())).await());
    }

    @Test
    void endsWhatIsNoFlv() {
        live.start();
        Publish publish = live.open("cam1");

        assertFails(Failure.Kind.INVALID, () -> live.push(publish, Buffer.buffer("RIFF of another kind")));
        assertFails(Failure.Kind.NOT_FOUND, () -> live.push(publish, FILM));
    }

    @Test
    void refusesToEncodeWithoutAPlaceForIt() {
        live.start();
        Publish publish = live.open("cam1");
        Buffer planar = TestLive.film(2, "-c:v", "libx264", "-pix_fmt", "yuv444p", "-c:a", "aac");

        assertFails(Failure.Kind.BUSY, () -> live.push(publish, planar));
    }

    @Test
    void encodesWhatBrowsersDoNotPlay() {
        live = new TestLive(vertx, data, Map.of("LYCEUM_LIVE_ENCODES", "1"));
        live.start();
        live.publish("cam1", TestLive.film(4, "-c:v", "flv", "-ar", "22050", "-c:a", "libmp3lame"));

        assertThat(live.playlist("cam1")).contains("#EXTINF:3.000,\n0.ts", "1.ts");
        assertThat(TestLive.frames(live.read("cam1", "0.ts"))).hasSizeGreaterThan(60);
        await().untilAsserted(() -> assertThat(only().media().encoded()).isTrue());
    }

    @Test
    void cutsWhereKeyFramesAreFarApart() {
        live.start();
        live.publish(
                "cam1",
                TestLive.film(12, "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "1000"));

        assertThat(live.playlist("cam1").lines().filter(line -> line.endsWith(".ts")))
                .hasSizeGreaterThanOrEqualTo(3);
    }

    /** DASH of it could not be written before a key frame, and its ffmpeg keeps it all. */
    @Test
    void endsWhatHasNoKeyFramesForTooLong() {
        live = new TestLive(vertx, data, Map.of("LYCEUM_LIVE_CHANNEL_LIMIT", "4MiB"));
        live.start();
        live.publish("cam1", FILM);
        Publish publish = live.open("cam2");
        Buffer film =
                TestLive.film(60, "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "10000");

        assertThatThrownBy(() -> live.push(publish, film)).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(Failure.Kind.INVALID);
            assertThat(failure.getMessage()).contains("key frame");
        });
    }

    @Test
    void tellsWhatIsPublishedAndToWhom() {
        List<String> facts = new CopyOnWriteArrayList<>();
        Bus bus = new Bus(vertx, Duration.ofSeconds(5));
        bus.listen(LiveService.STARTED, (LiveFact fact) -> facts.add("started " + fact))
                .await();
        bus.listen(LiveService.ENDED, (LiveFact fact) -> facts.add("ended " + fact))
                .await();
        live.start();
        Publish publish = live.open("cam1");
        live.push(publish, FILM);

        Channel channel = only();
        assertThat(channel.published()).isTrue();
        assertThat(channel.publisher()).isEqualTo(TestLive.ADA);
        assertThat(channel.bytesIn()).isEqualTo(FILM.length());
        assertThat(channel.rates().in()).isPositive();
        assertThat(channel.media().video()).isEqualTo("H264");
        assertThat(channel.media().width()).isEqualTo(160);
        assertThat(channel.media().audio()).isEqualTo("AAC");
        assertThat(channel.media().sampleRate()).isEqualTo(44100);
        assertThat(channel.media().encoded()).isFalse();
        live.end(publish);
        assertThat(only().published()).isFalse();
        await().untilAsserted(() -> assertThat(facts)
                .containsExactly("started LiveFact[name=cam1, user=ada]", "ended LiveFact[name=cam1, user=ada]"));
    }

    private Channel only() {
        List<Channel> all =
                live.anyone().listChannels(new ListChannels()).await().channels();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    @Test
    void throwsPublishersOut() {
        String instance = live.start();
        Publish publish = live.open("cam1");
        long next = live.push(publish, FILM, 0);

        live.at(instance).kickPublisher(new KickPublisher("cam1")).await();
        assertFails(Failure.Kind.NOT_FOUND, () -> live.push(publish, FILM, next));
        assertFails(
                Failure.Kind.NOT_FOUND,
                () -> live.at(instance).kickPublisher(new KickPublisher("cam1")).await());
    }

    @Test
    void forgetsAChannelWhenItsPlaylistIsOver() {
        live = new TestLive(vertx, data, Map.of("LYCEUM_LIVE_PLAYLIST", "300ms", "LYCEUM_LIVE_FRAGMENT", "100ms"));
        live.start();
        live.publish("cam1", TestLive.usualFilm(1));

        await().until(() -> live.anyone()
                .findChannel(new FindChannel("cam1"))
                .map(found -> false)
                .otherwise(true)
                .await());
        assertThat(live.anyone().listChannels(new ListChannels()).await().channels())
                .isEmpty();
    }

    @Test
    void namesNoRecordingThatHasNotBegun() {
        LiveChannel channel = live.at(live.start());
        Publish publish = live.open("cam1");
        live.push(publish, FILM.slice(0, FILM.length() / 2), 0);
        channel.startLiveRecording(new StartLiveRecording("cam1")).await();

        assertFails(
                Failure.Kind.NOT_FOUND,
                () -> channel.stopLiveRecording(new StopLiveRecording("cam1")).await());
        assertThat(live.anyone()
                        .listLiveRecordings(new ListLiveRecordings())
                        .await()
                        .recordings())
                .isEmpty();
    }

    @Test
    void recordsFromAKeyFrameOn() {
        String instance = live.start();
        Publish publish = live.open("cam1");
        long next = live.push(publish, FILM.slice(0, FILM.length() / 2), 0);
        String file = live.at(instance)
                .startLiveRecording(new StartLiveRecording("cam1"))
                .await()
                .file();
        live.push(publish, FILM.slice(FILM.length() / 2, FILM.length()), next);
        live.at(instance).stopLiveRecording(new StopLiveRecording("cam1")).await();

        List<LiveRecording> recordings = live.anyone()
                .listLiveRecordings(new ListLiveRecordings())
                .await()
                .recordings();
        assertThat(recordings).extracting(LiveRecording::file).containsExactly(file);
        Buffer mp4 = live.at(instance)
                .readLiveRecording(new LiveChannel.ReadLiveRecording(file, 0))
                .await()
                .bytes();
        List<String> frames = TestLive.frames(mp4);
        assertThat(frames).hasSizeGreaterThan(150);
        assertThat(frames.get(0)).as("begins at once").startsWith("0,          0,");
    }

    @Test
    void finishesRecordingsThatACrashHasLeft() throws Exception {
        Path directory = data.resolve("live");
        Path left = Files.createDirectories(directory.resolve(".cam1-x"));
        // Cut in the middle of a tag.
        Files.write(left.resolve("growing.flv"), FILM.getBytes(0, FILM.length() - 100));
        // As the walls around ffmpeg leave one there.
        Files.createFile(left.resolve("mounts"));
        live.start();

        await().untilAsserted(() -> assertThat(live.anyone()
                        .listLiveRecordings(new ListLiveRecordings())
                        .await()
                        .recordings())
                .extracting(LiveRecording::file)
                .containsExactly("cam1-x.mp4"));
        assertThat(directory.toFile().list()).containsExactly("cam1-x.mp4");
    }

    @Test
    void goesOnAtTheSameInstanceWhoeverIsAsked() {
        live.start();
        live.start();
        live.publish("cam1", FILM);
        for (int i = 0; i < 4; i++) {
            live.publish("cam1", TestLive.usualFilm(1));
        }

        assertThat(live.playlist("cam1")).startsWith(FIRST_14_SECONDS).contains("\n8.ts\n");
        Publish publish = live.open("cam1");
        live.push(publish, FILM);
        for (int i = 0; i < 4; i++) {
            assertFails(Failure.Kind.CONFLICT, () -> live.open("cam1"));
        }
    }

    @Test
    void goesOnInTheSameFilesWhenTheRegistryHasLostTheName() {
        live.start();
        live.publish("cam1", FILM);
        Place place = live.anyone().findChannel(new FindChannel("cam1")).await();
        live.forget("cam1");
        live.open("cam1");

        assertThat(live.anyone().findChannel(new FindChannel("cam1")).await()).isEqualTo(place);
        assertThat(live.playlist("cam1")).startsWith(FIRST_14_SECONDS);
    }

    @Test
    void refusesWhatAnotherInstanceHas() {
        live.start();
        live.open("cam1");
        String another = live.start();
        OpenPublish order = new OpenPublish("cam1", Kind.FLV, TestLive.ADA);

        assertFails(
                Failure.Kind.CONFLICT,
                () -> live.at(another).openPublishHere(order).await());
    }

    @Test
    void leavesNamesToOthersWhenAnInstanceStops() {
        String first = live.start();
        live.publish("cam1", FILM);
        String second = live.start();
        live.stop(first);

        assertThat(live.open("cam1").instance()).isEqualTo(second);
    }

    @Test
    void filmsPictures() {
        live = new TestLive(vertx, data, Map.of());
        live.start();
        Publish publish = live.anyone()
                .openPublish(new OpenPublish("~" + "a".repeat(43), Kind.PICTURES, TestLive.ADA))
                .await();
        live.push(publish, TestPictures.film(30, 200));
        live.end(publish);

        String name = "~" + "a".repeat(43);
        assertThat(live.playlist(name)).contains("#EXTINF:3.000,\n0.ts", "1.ts");
        assertThat(TestLive.frames(live.read(name, "0.ts"))).hasSize(15);
    }

    @Test
    void tellsWhereThereIsNoFfmpeg() {
        live.start(List.of());

        assertFails(Failure.Kind.UNAVAILABLE, () -> live.open("cam1"));
    }

    @Test
    void endsThePublishOfAnFfmpegThatEnds() {
        live.start(List.of("sh", "-c", "exit 3", "ffmpeg"));
        Publish publish = live.open("cam1");

        assertThatThrownBy(() -> {
                    long next = 0;
                    for (int i = 0; i < 1000; i++) {
                        next = live.push(publish, FILM, next);
                    }
                })
                .isInstanceOf(Failure.class);
    }

    private static void assertFails(Failure.Kind kind, ThrowingCallable question) {
        assertThatThrownBy(question)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
