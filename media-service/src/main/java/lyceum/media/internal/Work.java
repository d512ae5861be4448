package lyceum.media.internal;

import io.vertx.core.Future;
import java.util.List;

/** What can be made of the one input of a job in the background. */
interface Work {

    /** @return what was made; UNPROCESSABLE where that cannot be made of this input */
    Future<List<Product>> make(Workplace place);
}
