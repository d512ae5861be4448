package lyceum.launcher.grading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;

/** What a scorer of the original came to, as reports have it. */
record RecordedPartial(JsonNode expected) {

    private static final double TOLERANCE = 1e-9;

    /** @param stored as grading-service keeps it */
    void assertLike(JsonNode stored) {
        assertThat(stored.path("typeName")).isEqualTo(expected.path("typeName"));
        assertNumbers(stored.path("score"), expected.path("score"));
        if (expected.has("weight")) {
            assertNumbers(stored.path("weight"), expected.path("weight"));
        }
        assertThat(stored.path("time").isNull())
                .isEqualTo(expected.path("time_is_null").asBoolean());
        assertTexts(stored.path("name"), expected.path("name"));
        assertTexts(stored.path("brief"), expected.path("brief"));
        assertThat(stored.path("detail")).hasSameSizeAs(expected.path("detail"));
        for (int i = 0; i < expected.path("detail").size(); i++) {
            assertTexts(stored.path("detail").get(i), expected.path("detail").get(i));
        }
    }

    private static void assertNumbers(JsonNode stored, JsonNode expected) {
        assertThat(stored.asDouble()).isEqualTo(expected.asDouble(), within(TOLERANCE));
    }

    /** A plain text is sent wrapped, as the compiled client of the original does (section 4.5). */
    private static void assertTexts(JsonNode stored, JsonNode expected) {
        if (expected.isTextual()) {
            assertThat(stored.path("text").asText()).isEqualTo("%(RAW_MESSAGE)s");
            assertThat(stored.path("kwargs").path("RAW_MESSAGE")).isEqualTo(expected);
            return;
        }
        assertThat(stored.path("text")).isEqualTo(expected.path("text"));
        assertThat(stored.path("kwargs")).hasSameSizeAs(expected.path("kwargs"));
        expected.path("kwargs").properties().forEach(argument -> {
            JsonNode value = stored.path("kwargs").path(argument.getKey());
            if (argument.getValue().isNumber()) {
                assertNumbers(value, argument.getValue());
            } else {
                assertThat(value).isEqualTo(argument.getValue());
            }
        });
    }
}
