package lyceum.gateway.social;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import lyceum.gateway.route.Refusal;
import lyceum.platform.Loop;

/**
 * Answers with a list in JSON, as it is read: the next page is asked for when the client has taken the last one. A list of
 * one page is one write with its length.
 *
 * @param <T> an item
 */
final class PagedList<T> {

    private final HttpServerResponse response;
    private final Duration stallLimit;
    private final int most;
    private final Pages<T> pages;
    private final Function<T, JsonObject> json;

    private int count;
    private T last;

    /** Where the items come from. */
    @FunctionalInterface
    interface Pages<T> {

        /**
         * @param last item of the page before, null at first
         * @param count of items, if there are so many; fewer are the last ones
         */
        Future<List<T>> read(T last, int count);
    }

    /**
     * @param stallLimit how long the client may take for one page
     * @param most items; those behind them are left out
     */
    PagedList(RoutingContext ctx, Duration stallLimit, int most, Pages<T> pages, Function<T, JsonObject> json) {
        this.response = ctx.response();
        this.stallLimit = stallLimit;
        this.most = most;
        this.pages = pages;
        this.json = json;
    }

    /** @return done when all is written; fails where the client does not read, or a page cannot be read */
    Future<Void> write(int pageItems) {
        return Loop.whileTrue(() -> writePage(Math.min(pageItems, most - count)));
    }

    /** @return whether there is more to write */
    private Future<Boolean> writePage(int items) {
        return pages.read(last, items).compose(page -> {
            Buffer text = text(page);
            if (page.size() == items && count < most) {
                return take(text).map(true);
            }
            return response.end(text.appendString("]")).map(false);
        });
    }

    private Buffer text(List<T> page) {
        Buffer text = Buffer.buffer();
        for (T item : page) {
            text.appendString(count == 0 ? "[" : ",")
                    .appendBuffer(json.apply(item).toBuffer());
            count++;
            last = item;
        }
        return count == 0 ? text.appendString("[") : text;
    }

    private Future<Void> take(Buffer text) {
        if (!response.headWritten()) {
            response.setChunked(true);
        }
        return response.write(text)
                .timeout(stallLimit.toMillis(), TimeUnit.MILLISECONDS)
                .recover(error -> Future.failedFuture(
                        error instanceof TimeoutException ? new Refusal(408, "the client does not read") : error));
    }
}
