package lyceum.grading.internal;

import static lyceum.grading.internal.TestGrading.ADA;
import static lyceum.grading.internal.TestGrading.EVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import lyceum.grading.AttemptService.FindAttempt;
import lyceum.grading.AttemptService.ListAttempts;
import lyceum.grading.HandIn;
import lyceum.grading.HandInDetail;
import lyceum.grading.HandInService.HandInPage;
import lyceum.grading.HandInService.RerunHandIn;
import lyceum.grading.HandInState;
import lyceum.grading.Viewer;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What is kept of a hand-in that is graded again. */
@TestInstance(Lifecycle.PER_CLASS)
class AttemptsTest {

    private TestGrading grading;
    private String id;

    @BeforeAll
    void start() {
        grading = new TestGrading(Map.of());
    }

    @AfterAll
    void stop() {
        grading.close();
    }

    @BeforeEach
    void gradeThreeTimes() {
        grading.clear();
        id = grading.handIn("ada").id();
        for (int score : new int[] {80, 60, 40}) {
            grading.accept(id, score);
            if (score > 40) {
                grading.handIns.rerunHandIn(new RerunHandIn(EVE, id, true)).await();
            }
        }
    }

    private HandInPage list(Viewer viewer, int page, int count) {
        return grading.attempts
                .listAttempts(new ListAttempts(viewer, id, page, count))
                .await();
    }

    private static void assertFails(Future<?> future, Kind kind, String text) {
        assertThatThrownBy(future::await).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure).hasMessageContaining(text);
        });
    }

    @Test
    void listsTheLatestFirstInPages() {
        HandInPage all = list(ADA, 1, 10);

        assertThat(all.handIns()).extracting(HandIn::attempt).containsExactly(2, 1);
        assertThat(all.handIns()).extracting(HandIn::score).containsExactly(60.0, 80.0);
        assertThat(all.handIns()).extracting(HandIn::state).containsOnly(HandInState.ACCEPTED);
        assertThat(all.total()).isEqualTo(2);
        assertThat(list(EVE, 2, 1).handIns()).extracting(HandIn::attempt).containsExactly(1);
    }

    @Test
    void refusesPagesThatCannotBe() {
        assertFails(grading.attempts.listAttempts(new ListAttempts(ADA, id, 3, 1)), Kind.NOT_FOUND, "no such page");
        assertFails(grading.attempts.listAttempts(new ListAttempts(ADA, id, 0, 1)), Kind.NOT_FOUND, "no such page");
        for (int bad : new int[] {0, 101}) {
            assertFails(grading.attempts.listAttempts(new ListAttempts(ADA, id, 1, bad)), Kind.INVALID, "count");
        }
    }

    @Test
    void showsOneAsItsViewerMaySeeIt() {
        HandInDetail own =
                grading.attempts.findAttempt(new FindAttempt(ADA, id, 1)).await();
        HandInDetail all =
                grading.attempts.findAttempt(new FindAttempt(EVE, id, 1)).await();

        assertThat(own.handIn().finalScore()).isEqualTo(80.0);
        assertThat(own.stdout()).isNull();
        assertThat(own.partials().get(0).detail()).isEmpty();
        assertThat(all.stdout()).isEqualTo("out");
        assertThat(all.partials().get(0).detail()).containsExactly("secret");
    }

    @Test
    void tellsNobodyOfThoseOfOthersNorOfWhatIsNotThere() {
        Viewer bob = new Viewer("bob", false, null);

        assertFails(grading.attempts.listAttempts(new ListAttempts(bob, id, 1, 1)), Kind.NOT_FOUND, "Submission");
        assertFails(grading.attempts.findAttempt(new FindAttempt(bob, id, 1)), Kind.NOT_FOUND, "Submission");
        assertFails(grading.attempts.findAttempt(new FindAttempt(ADA, id, 3)), Kind.NOT_FOUND, "Submission");
        assertFails(grading.attempts.listAttempts(new ListAttempts(EVE, "\0", 1, 1)), Kind.NOT_FOUND, "Submission");
    }

    @Test
    void hasNoneOfWhatWasGradedOnce() {
        id = grading.handIn("bob").id();

        assertThat(list(EVE, 1, 10)).isEqualTo(new HandInPage(List.of(), 1, 10, 0));
    }
}
