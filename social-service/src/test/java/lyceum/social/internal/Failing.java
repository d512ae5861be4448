package lyceum.social.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What is expected of expected failures. */
final class Failing {

    private Failing() {}

    static void assertFails(Kind kind, String text, ThrowingCallable question) {
        assertThatThrownBy(question).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.getMessage()).isEqualTo(text);
            assertThat(failure.kind()).isEqualTo(kind);
        });
    }
}
