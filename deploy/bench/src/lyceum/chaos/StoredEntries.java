package lyceum.chaos;

import java.util.Map;

/** Streams as they lie in Redis. */
@FunctionalInterface
interface StoredEntries {

    /** @return what all entries hold, by their ids */
    Map<String, String> of(String stream) throws Exception;
}
