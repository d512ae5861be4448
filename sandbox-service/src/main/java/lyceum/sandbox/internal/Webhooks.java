package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import lyceum.platform.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers outcomes to webhooks, a few at once, each up to {@link Delivery#MOST_ATTEMPTS} times, by whichever instance
 * comes first. What was to be delivered when an instance died is delivered by another one; so a webhook may hear the same
 * outcome twice. Lives on one context.
 */
final class Webhooks {

    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);

    /** Each may hold both outputs of a run three times over. */
    private static final int MOST_AT_ONCE = 4;

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);
    /** A call that has not been settled after so many timeouts is of an instance that died. */
    private static final int TIMEOUTS_HELD = 4;

    private final Vertx vertx;
    private final WebhookConfig config;
    private final WebhookStore store;
    private final WebhookCall call;
    private final Rounds rounds;

    private int busy;

    /** @param signature of the body, empty for none */
    private record Letter(DeliveryForm form, Buffer body, String signature) {}

    Webhooks(Vertx vertx, WebhookConfig config, WebhookStore store, WebhookCall call) {
        this.vertx = vertx;
        this.config = config;
        this.store = store;
        this.call = call;
        this.rounds = new Rounds(vertx, "to call webhooks", SHORTEST_PAUSE, LONGEST_PAUSE, this::round);
    }

    /** Looks for something to deliver now. */
    void wake() {
        rounds.wake();
    }

    /**
     * Begins no other call.
     *
     * @return done when none is being begun
     */
    Future<Void> stop() {
        return rounds.stop();
    }

    private Future<Boolean> round() {
        if (busy == MOST_AT_ONCE) {
            return Future.succeededFuture(false);
        }
        Duration hold = config.timeout().multipliedBy(TIMEOUTS_HELD);
        return store.take(MOST_AT_ONCE - busy, hold).map(due -> {
            due.forEach(this::begin);
            return !due.isEmpty();
        });
    }

    private void begin(Delivery delivery) {
        busy++;
        deliver(delivery)
                .onFailure(error -> LOG.warn("the webhook of {} will be called again", delivery.token(), error))
                .onComplete(over -> {
                    busy--;
                    rounds.wake();
                });
    }

    private Future<Void> deliver(Delivery delivery) {
        if (delivery.attempt() > Delivery.MOST_ATTEMPTS) {
            return giveUp(delivery, "the last call was not seen to its end");
        }
        return write(delivery)
                .compose(letter -> call.send(
                        letter.form().method(), WebhookUrl.of(delivery.webhook()), letter.body(), letter.signature()))
                .compose(arrived -> store.done(delivery), error -> failed(delivery, error));
    }

    /** Encoding and signing some megabytes takes longer than an event loop should be held. */
    private Future<Letter> write(Delivery delivery) {
        return vertx.executeBlocking(
                () -> {
                    DeliveryForm form = DeliveryForm.of(delivery.submission());
                    Buffer body = form.body(delivery.submission());
                    return new Letter(
                            form,
                            body,
                            config.secret()
                                    .map(key -> new Signature(key).of(body))
                                    .orElse(""));
                },
                false);
    }

    private Future<Void> failed(Delivery delivery, Throwable error) {
        String note = String.valueOf(error.getMessage());
        if (error instanceof Failure || delivery.isLastAttempt()) {
            return giveUp(delivery, note);
        }
        Duration pause = config.pause().multipliedBy(1L << (delivery.attempt() - 1));
        return store.again(delivery, pause, note);
    }

    private Future<Void> giveUp(Delivery delivery, String note) {
        LOG.info("gave up the webhook of {} after attempts={}: {}", delivery.token(), delivery.attempt(), note);
        return store.failed(delivery, note);
    }
}
