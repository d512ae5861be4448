package lyceum.launcher.elicast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import lyceum.launcher.wire.Answer;
import lyceum.launcher.wire.Request;
import lyceum.launcher.wire.RunningSuite;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator's routes that protect a lesson and open it again (contract, section 13, 9). */
class LessonProtectionIT {

    private static RunningSuite suite;
    private static LessonCalls lessons;
    private static String admin;

    private long id;

    @BeforeAll
    static void start() {
        suite = RunningSuite.start(Map.of());
        lessons = new LessonCalls(suite.client());
        admin = Operator.token(suite.client(), "admin");
    }

    @AfterAll
    static void stop() {
        suite.close();
    }

    @BeforeEach
    void createALesson() {
        id = lessons.id(lessons.put("title=one&ots=[]&voice_blobs=[]"));
    }

    @Test
    void protectsALessonAndOpensItAgain() {
        Answer protect = lessons.send(protection("PUT", id).with("Authorization", "Bearer " + admin));

        assertThat(protect.status()).isEqualTo(204);
        assertThat(isProtected()).isTrue();
        Expectation.plainText(404, "elicast -- Not exist").check(modify());

        Answer open = lessons.send(protection("DELETE", id).with("Authorization", "Bearer " + admin));

        assertThat(open.status()).isEqualTo(204);
        assertThat(isProtected()).isFalse();
        assertThat(modify().status()).isEqualTo(200);
    }

    @Test
    void mayBeOrderedTwice() {
        Request protect = protection("PUT", id).with("Authorization", "Bearer " + admin);

        assertThat(lessons.send(protect).status()).isEqualTo(204);
        assertThat(lessons.send(protect).status()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE"})
    void needsAToken(String method) {
        assertThat(lessons.send(protection(method, id)).status()).isEqualTo(401);
        assertThat(lessons.send(protection(method, id).with("Authorization", "Bearer no.token.atall"))
                        .status())
                .isEqualTo(401);
        assertThat(isProtected()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE"})
    void needsTheRoleAdmin(String method) {
        String teacher = Operator.token(suite.client(), "teacher,student");

        assertThat(lessons.send(protection(method, id).with("Authorization", "Bearer " + teacher))
                        .status())
                .isEqualTo(403);
        assertThat(isProtected()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE"})
    void findsNoUnknownAndNoDeletedLesson(String method) {
        lessons.send(Request.of("DELETE", "/elicast/" + id));

        for (long missing : new long[] {id, 999_999}) {
            assertThat(lessons.send(protection(method, missing).with("Authorization", "Bearer " + admin))
                            .status())
                    .isEqualTo(404);
        }
    }

    private static Request protection(String method, long lesson) {
        return Request.of(method, "/elicast/%d/protection".formatted(lesson));
    }

    private boolean isProtected() {
        return lessons.read(id).json().at("/elicast/is_protected").asBoolean();
    }

    private Answer modify() {
        return lessons.send(Request.form("POST", "/elicast/" + id, "title=two&ots=[]&voice_blobs=[]"));
    }
}
