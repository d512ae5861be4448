package lyceum.launcher.elicast;

import com.fasterxml.jackson.databind.JsonNode;
import lyceum.launcher.wire.Answer;
import lyceum.launcher.wire.Excerpt;
import lyceum.launcher.wire.Json;
import org.assertj.core.api.SoftAssertions;

/** Properties that were recorded in place of a large body, each under its own name. */
record Summary(Step step, RecordedIds ids) implements Expectation {

    @Override
    public void check(Answer answer) {
        SoftAssertions soft = new SoftAssertions();
        step.summary().fields().forEachRemaining(property -> {
            if (step.volatileIn("response_summary/" + property.getKey()).isEmpty()) {
                check(property.getKey(), property.getValue(), answer, soft);
            }
        });
        soft.assertAll();
    }

    private void check(String name, JsonNode recorded, Answer answer, SoftAssertions soft) {
        switch (name) {
            case "text" -> soft.assertThat(answer.text()).as(name).isEqualTo(recorded.asText());
            case "outputs" -> SoundProperties.checkAll(recorded, answer.json().path("outputs"), soft);
            case "entries" -> TarOfSound.checkEntries(recorded, answer, soft);
            case "tar_bytes" -> TarOfSound.checkLength(answer, soft);
            case "exit_code",
                    "output_length_chars",
                    "output_length_below",
                    "replacement_chars",
                    "starts_with",
                    "ends_with" -> runProperty(name, recorded, answer.json(), soft);
            default -> lessonProperty(name, recorded, answer.json().path("elicast"), soft);
        }
    }

    private static void runProperty(String name, JsonNode recorded, JsonNode run, SoftAssertions soft) {
        String output = run.path("output").asText();
        int characters = output.codePointCount(0, output.length());
        switch (name) {
            case "exit_code" -> soft.assertThat(run.path(name)).as(name).isEqualTo(recorded);
            case "output_length_chars" -> soft.assertThat(characters).as(name).isEqualTo(recorded.asInt());
            case "output_length_below" -> soft.assertThat(characters).as(name).isLessThan(recorded.asInt());
            case "replacement_chars" ->
                soft.assertThat(output.chars().filter(c -> c == '\uFFFD').count())
                        .as(name)
                        .isEqualTo(recorded.asLong());
            case "starts_with" -> soft.assertThat(Excerpt.head(output)).as(name).startsWith(recorded.asText());
            default -> soft.assertThat(Excerpt.tail(output)).as(name).endsWith(recorded.asText());
        }
    }

    private void lessonProperty(String name, JsonNode recorded, JsonNode lesson, SoftAssertions soft) {
        JsonNode voices = lesson.path("voice_blobs");
        switch (name) {
            case "id" -> soft.assertThat(lesson.path(name).asLong()).as(name).isEqualTo(ids.lesson(recorded.asLong()));
            case "keys" ->
                soft.assertThat(lesson.fieldNames())
                        .toIterable()
                        .as(name)
                        .containsExactlyInAnyOrderElementsOf(Json.texts(recorded));
            case "ots_count" ->
                soft.assertThat(lesson.path("ots").size()).as(name).isEqualTo(recorded.asInt());
            case "voice_blobs_count" -> soft.assertThat(voices.size()).as(name).isEqualTo(recorded.asInt());
            case "blob_chars" ->
                soft.assertThat(voices.path(0).asText().length()).as(name).isEqualTo(recorded.asInt());
            case "voice_blobs" -> SoundProperties.checkAll(recorded, voices, soft);
            case "voice_blob_0" -> SoundProperties.check(name, recorded, voices.path(0), soft);
            case "title", "teacher", "is_protected" ->
                soft.assertThat(lesson.path(name)).as(name).isEqualTo(recorded);
            default -> throw new IllegalArgumentException("unknown property " + name);
        }
    }
}
