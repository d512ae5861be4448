package lyceum.grading.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What is graded here, and by which homework. */
@TestInstance(Lifecycle.PER_CLASS)
class AssignmentsTest {

    private static final String UUID = "b".repeat(32);
    private static final Judged FAILED = new Judged(null, null, 3, "", "");

    private final TestStores stores = new TestStores();
    private final HomeworkStore homework = new HomeworkStore(stores.pool);
    private final Library library =
            new Library(stores.vertx, homework, new HomeworkReader(ZoneOffset.UTC), Optional.empty(), 64 << 20);
    private final Assignments assignments = new Assignments(
            library,
            new UnpackingRoom(stores.vertx),
            new RemoteAddress(stores.vertx, false),
            (assignment, recalled) -> Future.succeededFuture(FAILED));

    @AfterAll
    void stop() {
        stores.close();
    }

    @BeforeEach
    void clear() {
        homework.remove("late").await();
        library.refresh().await();
    }

    private Future<Course> grade() {
        Job job = new Job(new Job.Key(TestStores.newId(), "ada", UUID, 1), "input", null, Buffer.buffer("a,b\n"), 0);
        return assignments.grade(job, Promise.<Void>promise().future());
    }

    @Test
    void findsHomeworkThatItHasNotBeenToldOfYet() {
        homework.put("late", UUID, TestGrading.homework(UUID, "2030-01-01 00:00:00"), "eve")
                .await();
        assertThat(library.shelf().byUuid(UUID)).isEmpty();

        assertThat(grade().await().verdict().result().text()).isEqualTo("Exitcode %(exitcode)s != 0.");
    }

    @Test
    void leavesToOthersWhatItDoesNotKnow() {
        assertThatThrownBy(() -> grade().await()).hasMessageContaining("no homework " + UUID);
    }
}
