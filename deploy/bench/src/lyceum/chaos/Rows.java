package lyceum.chaos;

import java.util.List;

/** Tables as they lie in PostgreSQL. */
@FunctionalInterface
interface Rows {

    /** @return the first column */
    List<String> texts(String query) throws Exception;
}
