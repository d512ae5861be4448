package lyceum.grading.internal;

import io.vertx.core.VerticleBase;
import java.util.List;

/** grading-service: puts its parts together and opens it to the bus. */
public final class GradingVerticle extends VerticleBase {

    static final List<String> MIGRATIONS = List.of("V1__grading");
}
