package lyceum.gateway.grading;

import io.vertx.core.http.HttpServerResponse;
import lyceum.grading.HandInDetail;
import lyceum.grading.HandInService;
import lyceum.grading.HandInService.FindHandIn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client that watches a hand-in being graded, by server-sent events (the WHATWG's HTML, section 9.2): {@code progress}
 * whenever something has changed, and in the end {@code scored}. Who reads too slowly misses steps, not the end.
 */
final class HandInWatch {

    private static final Logger LOG = LoggerFactory.getLogger(HandInWatch.class);

    private final HandInFeed feed;
    private final HandInService handIns;
    private final FindHandIn question;
    private final HttpServerResponse response;

    private String told = "";
    private boolean isLooking;
    private boolean shallLookAgain;

    HandInWatch(HandInFeed feed, HandInService handIns, FindHandIn question, HttpServerResponse response) {
        this.feed = feed;
        this.handIns = handIns;
        this.question = question;
        this.response = response;
    }

    /** @param first how it stands; nothing is written where too many watch already, which is BUSY */
    void begin(HandInDetail first) {
        if (response.closed()) {
            // Who left while it was looked up: nothing tells of that any more.
            return;
        }
        if (!first.handIn().state().isFinal()) {
            feed.add(this);
        }
        response.putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                // nginx would hold events back until there are many.
                .putHeader("X-Accel-Buffering", "no")
                .setChunked(true)
                .closeHandler(gone -> feed.remove(this));
        response.exceptionHandler(error -> feed.remove(this));
        tell(first);
    }

    boolean isOf(String id) {
        return question.id().equals(id);
    }

    /** Something may have changed. */
    void look() {
        if (isLooking) {
            shallLookAgain = true;
            return;
        }
        isLooking = true;
        handIns.findHandIn(question)
                .onSuccess(this::tell)
                .onFailure(error -> LOG.debug("a watched hand-in cannot be read", error))
                .onComplete(looked -> {
                    isLooking = false;
                    if (shallLookAgain) {
                        shallLookAgain = false;
                        look();
                    }
                });
    }

    /** Shows proxies and the client that somebody is there. */
    void beat() {
        if (!response.writeQueueFull()) {
            write(":\n\n");
        }
    }

    /** The client comes back by itself, to another gateway where this one stops. */
    void end() {
        feed.remove(this);
        if (!response.ended() && !response.closed()) {
            response.end().onFailure(error -> LOG.debug("a watcher is gone", error));
        }
    }

    private void tell(HandInDetail detail) {
        if (response.ended() || response.closed()) {
            feed.remove(this);
            return;
        }
        String json = GradingJson.of(detail).encode();
        if (detail.handIn().state().isFinal()) {
            write("event: scored\nid: %s\ndata: %s\n\n".formatted(endId(detail), json));
            end();
        } else if (!json.equals(told) && !response.writeQueueFull()) {
            told = json;
            write("event: progress\ndata: " + json + "\n\n");
        }
    }

    /** @return what a client sends back that has seen the end */
    static String endId(HandInDetail detail) {
        return "scored-" + detail.handIn().attempt();
    }

    private void write(String text) {
        response.write(text).onFailure(error -> LOG.debug("a watcher is gone", error));
    }
}
