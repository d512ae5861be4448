package lyceum.social.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.ZoneOffset;
import lyceum.platform.Failure.Kind;
import lyceum.social.Act;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Classes whose names somebody has made up. */
class UnusedClassesTest {

    private static final int MOST_CLASSES = 3;

    private TestSocial social;

    @BeforeEach
    void start() {
        social = new TestSocial();
        SocialConfig usual = social.config(ZoneOffset.UTC, MOST_CLASSES, 1 << 20);
        SocialConfig forgetful = new SocialConfig(
                usual.database(),
                usual.zone(),
                usual.mostClasses(),
                usual.heldLimitBytes(),
                Duration.ofMillis(50),
                usual.replyTimeout());
        social.deploy(forgetful, TestSocial.PACE);
    }

    @AfterEach
    void stop() {
        social.close();
    }

    @Test
    void areForgottenAndMakeRoomForOthers() {
        social.member("member", "used")
                .send(Act.connect(1), Act.click(1, "Anna", null, null), Act.leave(1))
                .await();
        social.member("member", "made-up").send(Act.connect(1), Act.leave(1)).await();

        await().untilAsserted(
                        () -> Failing.assertFails(Kind.NOT_FOUND, "no such class", () -> social.state("made-up")));

        assertThat(social.state("used").stats().clicksTotal()).isEqualTo(1);
        assertThat(social.state().userCount()).isZero();
        social.member("member", "another").send(Act.connect(1)).await();
        assertThat(social.state("another").userCount()).isEqualTo(1);
    }

    /** The member, a gateway, may live for months. */
    @Test
    void takeWithThemWhatWasNotedOfTheirMembers() {
        social.member("member", "used")
                .send(Act.connect(1), Act.click(1, "Anna", null, null))
                .await();
        social.member("member", "made-up").send(Act.connect(1), Act.leave(1)).await();

        await().until(() ->
                social.rows("SELECT FROM class WHERE name = 'made-up'").isEmpty());

        assertThat(social.rows("SELECT FROM member_batch WHERE class = 'made-up'"))
                .isEmpty();
        assertThat(social.rows("SELECT FROM member_batch WHERE class = 'used'")).hasSize(1);
    }

    @Test
    void areKeptWhileSomebodyIsThere() {
        social.member("member", "entered").send(Act.connect(1)).await();
        social.member("member", "made-up").send(Act.connect(1), Act.leave(1)).await();

        await().untilAsserted(
                        () -> Failing.assertFails(Kind.NOT_FOUND, "no such class", () -> social.state("made-up")));

        assertThat(social.state("entered").userCount()).isEqualTo(1);
    }
}
