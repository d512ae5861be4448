package lyceum.gateway.recipe;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import lyceum.gateway.route.JsonDocument;
import lyceum.gateway.route.Offload;
import lyceum.platform.Loop;
import lyceum.stream.Document;
import lyceum.stream.DocumentPage;

/**
 * Writes all documents of a kind as they are read, a page at a time: the next one is asked for when the client has taken
 * the last one. A short list is one write with its length.
 */
final class DocumentList {

    private final RoutingContext ctx;
    private final LongFunction<Future<? extends DocumentPage>> pages;

    private String separator = "";
    private long last;

    /** @param pages gives the page behind a place, 0 for the first one */
    DocumentList(RoutingContext ctx, LongFunction<Future<? extends DocumentPage>> pages) {
        this.ctx = ctx;
        this.pages = pages;
    }

    /** Answers the request, or fails it. */
    void send() {
        pages.apply(last).compose(this::write).onFailure(ctx::fail);
    }

    private Future<Void> write(DocumentPage first) {
        HttpServerResponse response = JsonDocument.begin(ctx);
        Future<Buffer> begin = take(first).map(json -> Buffer.buffer("[").appendBuffer(json));
        if (!first.more()) {
            return begin.compose(json -> response.end(json.appendString("]")));
        }
        response.setChunked(true);
        return begin.compose(response::write)
                .compose(written -> Loop.whileTrue(() -> writeNext(response)))
                .compose(written -> response.end("]"));
    }

    /** @return whether there is another page */
    private Future<Boolean> writeNext(HttpServerResponse response) {
        return pages.apply(last)
                .compose(page -> take(page).compose(response::write).map(written -> page.more()));
    }

    /** A page may turn out to be empty: its documents have been removed meanwhile. */
    private Future<Buffer> take(DocumentPage page) {
        last = page.last();
        if (page.items().isEmpty()) {
            return Future.succeededFuture(Buffer.buffer());
        }
        String start = separator;
        separator = ",";
        long characters = page.items().stream().mapToLong(Document::characters).sum();
        return Offload.work(ctx.vertx(), characters, () -> json(page, start));
    }

    private static Buffer json(DocumentPage page, String start) {
        return Buffer.buffer(page.items().stream()
                .map(document -> document.json().encode())
                .collect(Collectors.joining(",", start, "")));
    }
}
