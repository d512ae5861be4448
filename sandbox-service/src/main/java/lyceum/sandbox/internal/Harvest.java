package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import lyceum.sandbox.SourceFile;

/** The files that a nursery brings back from one cell, one after the other. */
final class Harvest {

    private final List<SourceFile> files = new ArrayList<>();
    private final Promise<List<SourceFile>> all = Promise.promise();

    /** @return all of them, when the nursery has said that there are no more */
    Future<List<SourceFile>> all() {
        return all.future();
    }

    /** @param payload the name in a JSON array, a line feed, and the content */
    void add(Buffer payload) {
        int end = 0;
        while (payload.getByte(end) != '\n') {
            end++;
        }
        String name = new JsonArray(payload.getString(0, end, StandardCharsets.UTF_8.name())).getString(0);
        files.add(new SourceFile(name, payload.getBuffer(end + 1, payload.length())));
    }

    /** There are no more. */
    void end() {
        all.complete(List.copyOf(files));
    }

    /** There will not be more. */
    void fail(Throwable error) {
        all.tryFail(error);
    }
}
