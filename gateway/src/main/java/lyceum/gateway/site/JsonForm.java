package lyceum.gateway.site;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** A document of the class path that is written in YAML, as JSON. It is turned into that once, by whoever asks first. */
final class JsonForm {

    /** Documents are ours, and short for themselves by aliases. */
    private static final int MOST_ALIASES = 1_000;

    private final Vertx vertx;
    private final String path;
    private Future<Buffer> content;

    JsonForm(Vertx vertx, String path) {
        this.vertx = vertx;
        this.path = path;
    }

    Future<Buffer> content() {
        if (content == null || content.failed()) {
            content = vertx.executeBlocking(this::read, false);
        }
        return content;
    }

    private Buffer read() throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(MOST_ALIASES);
        options.setAllowDuplicateKeys(false);
        try (InputStream document = JsonForm.class.getResourceAsStream(path)) {
            Map<String, Object> members = new Yaml(options).load(document);
            return new JsonObject(members).toBuffer();
        }
    }
}
