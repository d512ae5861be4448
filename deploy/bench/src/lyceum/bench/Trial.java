package lyceum.bench;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** A program whose outcome can be judged. */
interface Trial {

    String name();

    /** @return the body of {@code POST /sandbox/runs} */
    JsonObject order();

    /** @return what is wrong with an outcome; nothing where it is as it should be */
    List<String> faults(JsonObject outcome);
}
