package lyceum.stream.internal.convert;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** One named part of a frame. */
interface Member {

    /** Writes it as one JSON value; fails with INVALID where it has no such form. */
    void writeJson(JsonGenerator out) throws IOException;
}
