package lyceum.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogFormTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "two\nlines\r\nand a third",
                "she said \"no\", and \\ that was it",
                "\u0000\u0007\u001b[31mred\u001b[0m\u0085\u2028",
                "{\"forged\": true}\n{\"level\": \"ERROR\"}",
                "Übung 漢字 \uD83D\uDE00"
            })
    void writesOneLineOfJsonWhateverIsLogged(String text) {
        LoggerContext context = new LoggerContext();
        LoggingEvent event = new LoggingEvent(
                "test",
                context.getLogger("lyceum.Test"),
                Level.WARN,
                "{}",
                new IllegalStateException(text),
                new Object[] {text});
        event.setMDCPropertyMap(Map.of(LogQueue.REQUEST, "r-1"));

        String line = new String(LogForm.JSON.encoder(context).encode(event), StandardCharsets.UTF_8);

        assertThat(line.strip().lines()).hasSize(1);
        JsonObject json = new JsonObject(line);
        assertThat(json.getString("formattedMessage")).isEqualTo(text);
        assertThat(json.getJsonObject("throwable").getString("message")).isEqualTo(text);
        assertThat(json.getString("level")).isEqualTo("WARN");
        assertThat(json.getJsonObject("mdc").getString("request")).isEqualTo("r-1");
    }
}
