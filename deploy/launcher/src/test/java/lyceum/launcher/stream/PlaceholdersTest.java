package lyceum.launcher.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PlaceholdersTest {

    private final Placeholders placeholders = new Placeholders();

    @Test
    void takesWhatHasTheShape() {
        assertThat(placeholders.matches("a {{id:1}}.", "a 17-0.")).isTrue();
        assertThat(placeholders.matches("a {{id:2}}.", "a 17.")).isFalse();
        assertThat(placeholders.matches("{{epoch_s}}{{epoch_s}}", "17000000001700000001"))
                .isTrue();
        assertThat(placeholders.matches("{{datetime}}", "2024-10-08T01:02:03.000004"))
                .isTrue();
        assertThat(placeholders.matches("{{datetime}}", "2024-10-08 01:02:03")).isFalse();
        assertThat(placeholders.matches("{{any}}", "")).isFalse();
    }

    @Test
    void takesPlainTextToTheLetter() {
        assertThat(placeholders.matches("a.c", "a.c")).isTrue();
        assertThat(placeholders.matches("a.c", "abc")).isFalse();
    }

    @Test
    void bindsOnFirstUse() {
        assertThat(placeholders.matches("{{id:1}},{{id:2}}", "1-0,2-0")).isTrue();

        assertThat(placeholders.matches("{{id:2}}", "2-0")).isTrue();
        assertThat(placeholders.matches("{{id:2}}", "1-0")).isFalse();
        assertThat(placeholders.fill("{{id:1}}+{{id:2}}")).isEqualTo("1-0+2-0");
    }

    @Test
    void bindsInsideOneText() {
        assertThat(placeholders.matches("{{id:1}} {{id:1}}", "1-0 2-0")).isFalse();
        assertThat(placeholders.matches("{{id:1}} {{id:1}}", "1-0 1-0")).isTrue();
    }

    @Test
    void bindsNothingWhereTheTextDiffers() {
        assertThat(placeholders.matches("{{id:1}} a", "1-0 b")).isFalse();

        assertThat(placeholders.matches("{{id:1}}", "2-0")).isTrue();
    }

    @Test
    void forgetsEntryIdsAndNothingElse() {
        placeholders.bind("{{jwt}}", "token");
        placeholders.matches("{{oid:1}} {{id:1}}", "0123456789abcdef01234567 1-0");

        placeholders.forgetEntryIds();

        assertThat(placeholders.fill("{{jwt}}")).isEqualTo("token");
        assertThat(placeholders.matches("{{oid:1}}", "1123456789abcdef01234567"))
                .isFalse();
        assertThat(placeholders.matches("{{id:1}}", "2-0")).isTrue();
    }

    @Test
    void refusesToFillWhatIsNotKnown() {
        assertThatThrownBy(() -> placeholders.fill("{{id:1}}")).hasMessageContaining("{{id:1}}");
    }
}
