package lyceum.gateway.stream;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.platform.Loop;
import lyceum.stream.StreamService;
import lyceum.stream.StreamService.ListStreams;
import lyceum.stream.StreamService.StreamNames;

/** The names of all streams, page by page. */
final class StreamListing {

    /** Names of some ten bytes make an answer of a few MiB. */
    static final int MOST_CHARACTERS = 4 << 20;

    private final StreamService streams;
    private final List<String> names = new ArrayList<>();
    private long characters;

    StreamListing(StreamService streams) {
        this.streams = streams;
    }

    /** @return all names by code point; or UNAVAILABLE where they are too many for one answer */
    Future<List<String>> names() {
        return Loop.whileTrue(() -> {
                    String after = names.isEmpty() ? "" : names.get(names.size() - 1);
                    return streams.listStreams(new ListStreams(after)).map(this::take);
                })
                .map(all -> names);
    }

    /** @return whether there are more */
    private boolean take(StreamNames page) {
        names.addAll(page.items());
        characters += page.items().stream().mapToLong(String::length).sum();
        if (characters > MOST_CHARACTERS) {
            throw new Failure(Kind.UNAVAILABLE, "there are more streams than one answer can list");
        }
        return page.more() && !page.items().isEmpty();
    }
}
