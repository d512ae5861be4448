package lyceum.social.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lyceum.social.Act;
import lyceum.social.SocialService;
import lyceum.social.SocialService.Hour;
import lyceum.social.SocialService.HourRolled;
import lyceum.social.Stats;
import lyceum.social.Turn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Hours, days and restarts as they were recorded of the original server ({@code lifecycle.json}). */
@TestInstance(Lifecycle.PER_CLASS)
class LifecycleTest {

    /** 23:15 in India, 17:45 in UTC, 18:45 in Berlin. */
    private static final Instant EVENING = Instant.parse("2026-03-10T17:45:00Z");

    private JsonObject recorded;
    private final TestSocial social = new TestSocial();
    private List<Turn> turns;

    @BeforeEach
    void read() throws IOException {
        try (var file = Objects.requireNonNull(getClass().getResourceAsStream("/social/lifecycle.json"))) {
            recorded = new JsonObject(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        }
        turns = social.heard(SocialService.turns(SocialService.MAIN_CLASS));
    }

    @AfterEach
    void reset() {
        social.reset();
    }

    @AfterAll
    void close() {
        social.close();
    }

    @Test
    void endsHoursAndDaysAsTheOriginalDid() {
        List<HourRolled> rolled = social.heard(SocialService.HOUR_ROLLED);
        JsonArray boundaries = recorded.getJsonArray("boundaries");
        List<Instant> starts = Stream.of("2026-03-10T21:59:52Z", "2026-03-10T23:59:52Z", "2026-03-11T22:59:52Z")
                .map(Instant::parse)
                .toList();

        for (int i = 0; i < starts.size(); i++) {
            JsonObject boundary = boundaries.getJsonObject(i);
            social.clock.set(starts.get(i));
            social.deploy();
            TestMember member = social.member("member " + i);
            member.act(Act.connect(1), click(), click(), click());
            member.act(Act.event(1, "Anna", "sas"), Act.event(1, "Anna", "rickroll"));
            assertThat(state()).isEqualTo(boundary.getJsonObject("before"));

            Hour ended = social.hours().get(social.hours().size() - 1);
            turns.clear();
            social.clock.pass(Duration.ofSeconds(8));
            await().until(() -> !turns.isEmpty());
            assertThat(state()).isEqualTo(boundary.getJsonObject("after"));
            assertThat(turns)
                    .singleElement()
                    .satisfies(turn -> assertThat(turn.steps())
                            .singleElement()
                            .satisfies(step -> assertThat(List.of(step.kind(), json(step.stats())))
                                    .containsExactly(Turn.Kind.HOUR, broadcast(boundary))));
            assertThat(rolled).last().isEqualTo(new HourRolled(SocialService.MAIN_CLASS, ended));

            member.act(click());
            assertThat(state()).isEqualTo(boundary.getJsonObject("after_one_more_click"));
            member.act(Act.leave(1));
            social.undeploy();
        }
    }

    /** But for a crash, after which the original counts from zero. */
    @Test
    void goesOnAfterRestartsAsTheOriginalDidAndAfterACrash() {
        social.clock.set(Instant.parse("2026-03-10T14:20:00Z"));
        social.deploy();
        TestMember first = social.member("first");
        first.act(Act.connect(1), click(), click(), click(), click(), click(), Act.event(1, "Anna", "sas"));
        assertThat(state()).isEqualTo(recordedState("first run: 5 clicks, 1 event"));

        social.undeploy().deploy();
        assertThat(state()).isEqualTo(recordedState("restart in the same hour"));

        first.act(click(), click());
        social.undeploy().deploy();
        assertThat(state()).isEqualTo(recordedState("2 more clicks"));

        first.act(Act.leave(1));
        restartAt("2026-03-10T17:20:00Z");
        assertThat(stats()).isEqualTo(new Stats(7, 7, 0, 1, 1, 0));
        assertThat(times())
                .isEqualTo(recordedTimes("restart three hours later (no rows for the hours that were missed)"));
        restartAt("2026-03-12T08:20:00Z");
        assertThat(stats()).isEqualTo(new Stats(7, 0, 0, 1, 0, 0));
        assertThat(times()).isEqualTo(recordedTimes("restart two days later"));
        restartAt("2026-03-18T08:20:00Z");
        assertThat(stats()).isEqualTo(new Stats(7, 0, 0, 1, 0, 0));
        assertThat(times())
                .isEqualTo(recordedTimes("restart eight days after the first day (the week window has moved on)"));
        assertThat(social.clicks()).isEmpty();
        assertThat(social.users()).extracting(SocialService.User::clicks).containsExactly(7L);
    }

    @Test
    void endsTheHourBeforeABatchOfTheNextOne() {
        // So rarely that nobody else does it.
        social.deploy(new Pace(TestSocial.LONG, Duration.ofHours(1), Duration.ofHours(1), TestSocial.PATIENCE));
        TestMember member = social.member("member");
        member.act(Act.connect(1), click());
        social.clock.pass(Duration.ofHours(1));

        Turn next = member.act(click(), Act.connect(2));

        assertThat(next.number()).isEqualTo(3);
        assertThat(next.steps().get(1).stats()).isEqualTo(new Stats(2, 2, 1, 0, 0, 0));
        assertThat(social.turns(SocialService.MAIN_CLASS, 1).get(0).steps().get(0))
                .isEqualTo(
                        new Turn.Step(Turn.Kind.HOUR, 0, null, null, null, null, 0, 0, 1, new Stats(1, 1, 0, 0, 0, 0)));
    }

    @Test
    void endsTheHourOfClassesInUseOnly() {
        social.deploy();
        social.member("member", "used").act(Act.connect(1));
        TestMember left = social.member("member", "left");
        left.act(Act.connect(1), click(), Act.leave(1));

        social.clock.pass(Duration.ofHours(3));
        await().until(() -> social.state("used").turn() == 2 && social.state().turn() == 1);

        assertThat(social.state("left").turn()).isEqualTo(1);
        assertThat(social.state("left").stats()).isEqualTo(new Stats(1, 1, 0, 0, 0, 0));
        long noon = TestSocial.NOON.getEpochSecond();
        assertThat(social.service
                        .listHours(new SocialService.FindClass("left"))
                        .await()
                        .hours())
                .containsExactly(new Hour(noon, 1, 0, 1, 0), new Hour(noon + 3 * 3600, 0, 0, 1, 0));
        social.clock.pass(Duration.ofDays(1));
        assertThat(social.state("left").stats()).isEqualTo(new Stats(1, 0, 0, 0, 0, 0));
    }

    @Test
    void endsTheHourOfClassesBehindThoseThatFail() {
        social.deploy(1000, 1 << 20, Duration.ofMillis(200));
        List.of("a", "b", "c", "d", "e")
                .forEach(name -> social.member("member", name).act(Act.connect(1)));
        var holder = social.pool().getConnection().await();
        holder.query("BEGIN; SELECT FROM class WHERE name IN ('a', 'b', 'c', 'd') FOR UPDATE")
                .execute()
                .await();

        social.clock.pass(Duration.ofHours(1));

        await().until(() -> social.state("e").turn() == 2);
        assertThat(social.state("a").turn()).isEqualTo(1);
        holder.query("ROLLBACK").execute().eventually(holder::close).await();
        await().until(() -> social.state("a").turn() == 2);
    }

    @Test
    void listsTheRunningHourOfAClassThatNobodyHasEntered() {
        social.deploy(ZoneId.of("Pacific/Marquesas"));

        assertThat(social.service
                        .listHours(new SocialService.FindClass("nobody"))
                        .await()
                        .hours())
                .containsExactly(new Hour(TestSocial.NOON.getEpochSecond() - 1800, 0, 0, 0, 0));
    }

    @Test
    void listsQuietHoursOfAWeekAndNoMore() {
        social.deploy();
        social.clock.set(Instant.parse("2026-11-25T00:00:00Z"));
        await().until(() -> social.hours().size() == 2);
        social.rows(
                "INSERT INTO hour SELECT '', h, 0, 0, 0, 0 FROM generate_series($1::bigint, $2::bigint, 3600) AS h"
                        + " ON CONFLICT DO NOTHING",
                Instant.parse("2026-11-10T00:00:00Z").getEpochSecond(),
                Instant.parse("2026-11-24T23:00:00Z").getEpochSecond());

        assertThat(social.hours()).hasSize(6 * 24 + 1);

        social.clock.set(Instant.parse("2026-11-25T23:00:00Z"));
        social.rows(
                "INSERT INTO hour SELECT '', h, 0, 0, 0, 0 FROM generate_series($1::bigint, $2::bigint, 3600) AS h"
                        + " ON CONFLICT DO NOTHING",
                Instant.parse("2026-11-25T01:00:00Z").getEpochSecond(),
                Instant.parse("2026-11-25T22:00:00Z").getEpochSecond());
        assertThat(social.hours()).hasSize(168);
        assertThat(times(social.hours()))
                .startsWith(Instant.parse("2026-11-19T00:00:00Z").getEpochSecond());
    }

    @Test
    void beginsHoursAndDaysWhereTheClassIs() {
        social.clock.set(EVENING);
        social.deploy(ZoneId.of("Asia/Kolkata"));
        TestMember member = social.member("member");
        member.act(Act.connect(1), click(), click());
        assertThat(times())
                .containsExactly(Instant.parse("2026-03-10T17:30:00Z").getEpochSecond());

        social.clock.pass(Duration.ofMinutes(30));
        member.act(click());
        assertThat(stats()).isEqualTo(new Stats(3, 3, 3, 0, 0, 0));

        social.clock.pass(Duration.ofMinutes(15));
        member.act(click());
        assertThat(stats()).isEqualTo(new Stats(4, 1, 1, 0, 0, 0));
        assertThat(social.clicks()).hasSize(1);
        assertThat(times())
                .last()
                .isEqualTo(Instant.parse("2026-03-10T18:30:00Z").getEpochSecond());
    }

    /** One whose clock is slow counts in the hour that another one has begun. */
    @Test
    void doesNotGoBackToAnHourThatIsOver() {
        social.deploy();
        TestMember member = social.member("member");
        member.act(Act.connect(1), click());
        social.clock.set(Instant.parse("2026-11-25T00:00:00.100Z"));
        member.act(click());
        social.clock.set(Instant.parse("2026-11-24T23:59:59.900Z"));

        Turn slow = member.act(click());

        assertThat(slow.steps().get(0).timestampSeconds())
                .isEqualTo(Instant.parse("2026-11-25T00:00:00Z").getEpochSecond());
        assertThat(stats()).isEqualTo(new Stats(3, 2, 2, 0, 0, 0));
        social.clock.set(Instant.parse("2026-11-25T00:00:01Z"));
        assertThat(social.clicks()).hasSize(2);
    }

    private void restartAt(String time) {
        social.undeploy();
        social.clock.set(Instant.parse(time));
        social.deploy();
    }

    private static Act click() {
        return Act.click(1, "Anna", null, null);
    }

    private Stats stats() {
        return social.state().stats();
    }

    private List<Long> times() {
        return times(social.hours());
    }

    private static List<Long> times(List<Hour> hours) {
        return hours.stream().map(Hour::timestampSeconds).toList();
    }

    private JsonObject recordedState(String step) {
        JsonArray restarts = recorded.getJsonArray("restarts");
        return IntStream.range(0, restarts.size())
                .mapToObj(restarts::getJsonObject)
                .filter(restart -> restart.getString("step").equals(step))
                .findFirst()
                .orElseThrow()
                .getJsonObject("state");
    }

    private List<Long> recordedTimes(String step) {
        JsonArray hours = recordedState(step).getJsonArray("latest_hours");
        return IntStream.range(0, hours.size())
                .mapToObj(i -> hours.getJsonObject(i).getLong("timestamp"))
                .toList();
    }

    private static JsonObject broadcast(JsonObject boundary) {
        return boundary.getJsonArray("broadcast_at_boundary").getJsonArray(0).getJsonObject(1);
    }

    /** @return what the original's routes would say */
    private JsonObject state() {
        JsonArray hours = new JsonArray();
        social.hours()
                .forEach(hour -> hours.add(new JsonObject()
                        .put("timestamp", hour.timestampSeconds())
                        .put("click_count", hour.clicks())
                        .put("event_count", hour.events())
                        .put("click_count_total", hour.clicksTotal())
                        .put("event_count_total", hour.eventsTotal())));
        JsonArray users = new JsonArray();
        social.users()
                .forEach(user -> users.add(new JsonObject()
                        .put("name", user.name())
                        .put("click_count", user.clicks())
                        .put("event_count", user.events())));
        return new JsonObject()
                .put("current_stats", json(stats()))
                .put("latest_hours", hours)
                .put("users", users)
                .put("latest_clicks", social.clicks().size())
                .put("latest_events", social.events().size());
    }

    private static JsonObject json(Stats stats) {
        return new JsonObject()
                .put("click_count_total", stats.clicksTotal())
                .put("click_count_today", stats.clicksToday())
                .put("click_count_hour", stats.clicksHour())
                .put("event_count_total", stats.eventsTotal())
                .put("event_count_today", stats.eventsToday())
                .put("event_count_hour", stats.eventsHour());
    }
}
