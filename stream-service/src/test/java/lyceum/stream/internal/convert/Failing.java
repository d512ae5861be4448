package lyceum.stream.internal.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What is expected of expected failures. */
final class Failing {

    private Failing() {}

    static void assertInvalid(ThrowingCallable conversion) {
        assertThatThrownBy(conversion).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(Kind.INVALID);
            assertThat(failure.getMessage()).isNotBlank().doesNotContain("\n");
        });
    }

    static void assertInvalid(String text, ThrowingCallable conversion) {
        assertThatThrownBy(conversion).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(Kind.INVALID);
            assertThat(failure.getMessage()).isEqualTo(text);
        });
    }
}
