package lyceum.media.internal.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lyceum.media.LiveChannel.AwaitPlaylist;
import lyceum.media.LiveChannel.AwaitedPlaylist;
import lyceum.media.LiveChannel.FilePiece;
import lyceum.media.LiveChannel.ReadChannelFile;
import lyceum.media.LiveService.FindChannel;
import lyceum.media.LiveService.Kind;
import lyceum.media.LiveService.OpenPublish;
import lyceum.media.LiveService.Place;
import lyceum.media.LiveService.Publish;
import lyceum.platform.Failure;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Low-Latency HLS (draft-pantos-hls-rfc8216bis): parts of segments, and playlists that are waited for. */
class LowLatencyTest {

    private static final Buffer FILM = TestLive.usualFilm(14);

    private static final Pattern PART =
            Pattern.compile("#EXT-X-PART:DURATION=([\\d.]+),URI=\"((\\d+)\\.(\\d+)\\.ts)\"(,INDEPENDENT=YES)?");

    private static final double TARGET = 0.510;

    @TempDir
    Path data;

    private final Vertx vertx = Vertx.vertx();
    private TestLive live;

    @BeforeEach
    void start() {
        live = new TestLive(vertx, data, Map.of("LYCEUM_LIVE_LOW_LATENCY", "true"));
        live.start();
    }

    @AfterEach
    void stop() {
        live.close();
        vertx.close().await();
    }

    private record Told(double seconds, String file, long segment, boolean isIndependent) {}

    private static List<Told> parts(String playlist) {
        List<Told> all = new ArrayList<>();
        Matcher part = PART.matcher(playlist);
        while (part.find()) {
            all.add(new Told(
                    Double.parseDouble(part.group(1)),
                    part.group(2),
                    Long.parseLong(part.group(3)),
                    part.group(5) != null));
        }
        return all;
    }

    @Test
    void cutsSegmentsIntoPartsOfThatLength() {
        live.publish("cam1", FILM);
        String playlist = live.playlist("cam1");
        List<Told> all = parts(playlist);

        assertThat(playlist)
                .startsWith("#EXTM3U\n#EXT-X-VERSION:9\n")
                .contains("#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=1.530\n")
                .contains("#EXT-X-PART-INF:PART-TARGET=0.510\n", "\n0.ts\n", "\n4.ts\n")
                .endsWith("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"5.0.ts\"\n");
        assertThat(all)
                .extracting(Told::segment)
                .as("9 s from the end")
                .contains(1L)
                .doesNotContain(0L);
        for (long segment = 1; segment < 5; segment++) {
            long number = segment;
            List<Told> parts =
                    all.stream().filter(part -> part.segment() == number).toList();
            Buffer joined = Buffer.buffer();
            parts.forEach(part -> joined.appendBuffer(live.read("cam1", part.file())));
            assertThat(joined).isEqualTo(live.read("cam1", segment + ".ts"));
            assertThat(parts.stream().mapToDouble(Told::seconds).sum())
                    .isBetween(segment < 4 ? 2.999 : 1.999, segment < 4 ? 3.001 : 2.001);
            assertThat(parts).allSatisfy(part -> assertThat(part.seconds()).isLessThanOrEqualTo(TARGET));
            assertThat(parts.subList(0, parts.size() - 1))
                    .allSatisfy(part -> assertThat(part.seconds()).isGreaterThanOrEqualTo(0.85 * TARGET));
            assertThat(parts.get(0).isIndependent()).isTrue();
            assertThat(parts.get(1).isIndependent())
                    .as("a key frame each second")
                    .isFalse();
        }
        assertThat(TestLive.frames(live.read("cam1", "1.0.ts")))
                .as("7 pictures of a fifteenth, by themselves")
                .filteredOn(line -> line.startsWith("0,"))
                .hasSize(7);
        assertThat(live.read("cam1", "0.0.ts").length()).isPositive();
        for (String file : List.of("5.0.ts", "1.99.ts", "1.01.ts", "9.0.ts", "1.0.0.ts")) {
            assertFails(Failure.Kind.NOT_FOUND, () -> live.read("cam1", file));
        }
    }

    @Test
    void beginsPartsWithKeyFramesThatAreNear() {
        live.publish(
                "cam1",
                TestLive.film(
                        5, "-vf fps=20 -c:v libx264 -preset ultrafast -pix_fmt yuv420p -g 9 -c:a aac".split(" ")));

        assertThat(parts(live.playlist("cam1")))
                .hasSizeGreaterThan(6)
                .allSatisfy(part -> assertThat(part.isIndependent()).isTrue());
    }

    @Test
    void keepsPartsShortWherePicturesAreUneven() {
        live.publish("cam1", TestLive.film(5, "-r", "20", "-c:v", "flv", "-ar", "22050", "-c:a", "libmp3lame"));

        assertThat(parts(live.playlist("cam1")))
                .hasSizeGreaterThan(6)
                .allSatisfy(part -> assertThat(part.seconds()).isLessThanOrEqualTo(TARGET));
    }

    private Future<AwaitedPlaylist> ask(String segment, String part, long waitedMillis) {
        Place place = live.anyone().findChannel(new FindChannel("cam1")).await();
        return live.at(place.instance())
                .awaitPlaylist(new AwaitPlaylist("cam1", place.epoch(), segment, part, waitedMillis));
    }

    /** All but what ends the last segment. */
    private Publish publishAll() {
        Publish publish = live.open("cam1");
        live.push(publish, FILM);
        await().until(() -> live.playlist("cam1").contains("\"4.2.ts\",")
                || live.playlist("cam1").contains("\"4.2.ts\"\n"));
        return publish;
    }

    @Test
    void answersAReloadWhenItHasComeSoFar() {
        Publish publish = publishAll();

        assertThat(ask("4", "0", 0).await().text().toString()).contains("\"4.0.ts\"");
        assertThat(ask("3", "", 0).await().text().length()).isPositive();
        assertThat(ask("3", "50", 0).await().text().length())
                .as("the first of the next")
                .isPositive();
        Future<AwaitedPlaylist> whole = ask("4", "", 0);
        Place place = live.anyone().findChannel(new FindChannel("cam1")).await();
        String text = live.playlist("cam1");
        String next = text.substring(text.lastIndexOf("URI=\"") + 5, text.lastIndexOf('"'));
        Future<FilePiece> hinted =
                live.at(place.instance()).readChannelFile(new ReadChannelFile("cam1", place.epoch(), next, 0));
        assertThat(live.playlist("cam1")).doesNotContain("\n4.ts\n");
        assertThat(whole.isComplete()).isFalse();
        assertThat(hinted.isComplete()).isFalse();
        live.end(publish);

        assertThat(whole.await().text().toString()).contains("\n4.ts\n");
        assertThat(hinted.await().bytes().length()).isPositive();
    }

    @Test
    void refusesReloadsThatAreNoneAndThoseThatTakeTooLong() {
        publishAll();

        assertFails(Failure.Kind.INVALID, () -> ask("x", "", 0).await());
        assertFails(Failure.Kind.INVALID, () -> ask("", "1", 0).await());
        assertFails(Failure.Kind.INVALID, () -> ask("-1", "", 0).await());
        assertFails(Failure.Kind.INVALID, () -> ask("4", "x", 0).await());
        assertFails(Failure.Kind.INVALID, () -> ask("04", "", 0).await());
        assertFails(Failure.Kind.INVALID, () -> ask("1,2", "", 0).await());
        assertFails(Failure.Kind.INVALID, () -> ask("6", "", 0).await());
        assertFails(Failure.Kind.INVALID, () -> ask("4", "20", 0).await());

        assertThat(ask("5", "", 8_800).await().text().length()).as("not yet").isZero();
        assertFails(Failure.Kind.UNAVAILABLE, () -> ask("5", "", 9_000).await());
    }

    @Test
    void letsSoManyWait() {
        Publish publish = publishAll();
        List<Future<AwaitedPlaylist>> waiting = new ArrayList<>();
        for (int i = 0; i < Channel.MOST_WAITS; i++) {
            waiting.add(ask("4", "", 0));
        }

        assertFails(Failure.Kind.BUSY, () -> ask("4", "", 0).await());
        live.end(publish);
        Future.all(waiting).await();
        assertThat(ask("4", "", 0).await().text().length()).isPositive();
    }

    @Test
    void hasNoPartsOfPicturesAndSoNothingToWaitFor() {
        String name = "~" + "a".repeat(43);
        Publish publish = live.anyone()
                .openPublish(new OpenPublish(name, Kind.PICTURES, TestLive.ADA))
                .await();
        live.push(publish, TestPictures.film(30, 200));
        live.end(publish);

        Place place = live.anyone().findChannel(new FindChannel(name)).await();
        assertThat(live.playlist(name))
                .startsWith("#EXTM3U\n#EXT-X-VERSION:3\n")
                .doesNotContain("PART");
        assertThat(live.at(place.instance())
                        .awaitPlaylist(new AwaitPlaylist(name, place.epoch(), "x", "", 0))
                        .await()
                        .text()
                        .toString())
                .isEqualTo(live.playlist(name));
    }

    @Test
    void refusesPartsOfSuchALength() {
        for (String length : List.of("99ms", "4s")) {
            Settings settings = new Settings(Map.of("LYCEUM_LIVE_LOW_LATENCY", "true", "LYCEUM_LIVE_PART", length));
            assertThatThrownBy(() -> LiveConfig.from(settings, ""))
                    .isInstanceOf(WrongSetting.class)
                    .hasMessageContaining("LYCEUM_LIVE_PART");
        }
        assertThatThrownBy(() -> LiveConfig.from(new Settings(Map.of("LYCEUM_LIVE_PART", "99ms")), ""))
                .as("nor where there are none yet")
                .isInstanceOf(WrongSetting.class);
    }

    private static void assertFails(Failure.Kind kind, ThrowingCallable question) {
        assertThatThrownBy(question)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
