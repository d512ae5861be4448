package lyceum.media.internal.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.util.List;
import java.util.Optional;
import lyceum.media.LiveService.Kind;
import lyceum.media.LiveService.Place;
import lyceum.media.internal.live.ChannelRegistry.Held;
import lyceum.platform.Failure;
import lyceum.platform.TestRedis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who has which channel. */
class ChannelRegistryTest {

    private final Vertx vertx = Vertx.vertx();
    private final String url = TestRedis.freshDatabase(vertx);
    private final ChannelRegistry one = new ChannelRegistry(vertx, url, "one");
    private final ChannelRegistry two = new ChannelRegistry(vertx, url, "two");

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void givesANameToOneInstanceUntilItIsReleased() {
        Place place = one.claim("cam1", Kind.FLV, Optional.empty()).await();
        assertThat(place.instance()).isEqualTo("one");
        assertThat(two.claim("cam1", Kind.PICTURES, Optional.empty()).await()).isEqualTo(place);
        assertThat(two.find("cam1").await()).isEqualTo(place);
        two.release("cam1", new Place("two", place.epoch(), Kind.FLV)).await();
        assertThat(two.find("cam1").await()).isEqualTo(place);
        one.release("cam1", place).await();

        assertThatThrownBy(() -> two.find("cam1").await()).hasMessage("no such channel");
        Place next = two.claim("cam1", Kind.PICTURES, Optional.empty()).await();
        assertThat(next.instance()).isEqualTo("two");
        assertThat(next.epoch()).isGreaterThan(place.epoch());
        assertThat(next.kind()).isEqualTo(Kind.PICTURES);
    }

    @Test
    void tellsWhatAnotherHasByNowAndWhoThereIs() {
        Place mine = one.claim("cam1", Kind.FLV, Optional.empty()).await();
        Redis redis = Redis.createClient(vertx, url);
        assertThat(redis.send(Request.cmd(Command.PTTL).arg("lyceum:live:channel:cam1"))
                        .await()
                        .toLong())
                .isBetween(10_000L, 15_000L);
        redis.send(Request.cmd(Command.DEL).arg("lyceum:live:channel:cam1")).await();
        assertThat(one.renew(List.of(new Held("cam1", mine))).await())
                .as("it is free")
                .isEmpty();
        one.release("cam1", mine).await();
        two.claim("cam1", Kind.FLV, Optional.empty()).await();

        assertThat(one.renew(List.of(new Held("cam1", mine))).await()).containsExactly("cam1");
        two.renew(List.of()).await();
        assertThat(one.instances().await()).containsExactlyInAnyOrder("one", "two");
        two.leave().await();
        assertThat(one.instances().await()).containsExactly("one");
    }

    /** Gateways keep the files of a place for a while, and would take those of the one before for its own. */
    @Test
    void givesNoPlaceTwiceWhereRedisHasLostAll() {
        Place place = one.claim("cam1", Kind.FLV, Optional.empty()).await();
        Redis redis = Redis.createClient(vertx, url);
        redis.send(Request.cmd(Command.FLUSHDB)).await();

        Place next = one.claim("cam1", Kind.FLV, Optional.empty()).await();
        assertThat(next.epoch()).isGreaterThan(place.epoch());
        assertThat(one.find("cam1").await()).isEqualTo(next);
    }

    /** A clock that is set back, or another server with another clock. */
    @Test
    void countsOnFromTheLastPlaceWhereTheClockIsBehind() {
        Redis redis = Redis.createClient(vertx, url);
        long late = 1L << 52;
        redis.send(Request.cmd(Command.SET).arg("lyceum:live:last-epoch").arg(late))
                .await();

        assertThat(one.claim("cam1", Kind.FLV, Optional.empty()).await().epoch())
                .isEqualTo(late + 1);
        assertThat(one.claim("cam2", Kind.FLV, Optional.empty()).await().epoch())
                .isEqualTo(late + 2);
    }

    @Test
    void goesOnWhereANameWasHeldUnlessAnotherHasItByNow() {
        Place mine = one.claim("cam1", Kind.FLV, Optional.empty()).await();
        one.release("cam1", mine).await();
        assertThat(one.claim("cam1", Kind.PICTURES, Optional.of(mine)).await()).isEqualTo(mine);

        one.release("cam1", mine).await();
        Place others = two.claim("cam1", Kind.FLV, Optional.empty()).await();
        assertThat(one.claim("cam1", Kind.FLV, Optional.of(mine)).await()).isEqualTo(others);
    }

    @Test
    void tellsThatRedisIsNotThere() {
        ChannelRegistry lost = new ChannelRegistry(vertx, "redis://127.0.0.1:1", "lost");

        assertThatThrownBy(() -> lost.find("cam1").await())
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.UNAVAILABLE));
    }
}
