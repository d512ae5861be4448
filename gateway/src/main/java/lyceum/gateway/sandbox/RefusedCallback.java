package lyceum.gateway.sandbox;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Function;
import lyceum.gateway.route.JsonAnswer;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;

/**
 * That the sandbox calls nobody at an address of a submission: only it knows whom it may call. Judge0's clients are told so
 * under the name of their attribute.
 *
 * @param reason what is wrong with the address
 */
record RefusedCallback(String reason) {

    /** How the sandbox begins when it speaks of it. */
    private static final String SUBJECT = "webhook ";

    /** @return 422 with what is told where the sandbox has refused that, else the same failure */
    static Future<JsonAnswer> answer(Throwable error, Function<RefusedCallback, Object> told) {
        return of(error)
                .map(refused -> Future.succeededFuture(new JsonAnswer(422, told.apply(refused))))
                .orElseGet(() -> Future.failedFuture(error));
    }

    private static Optional<RefusedCallback> of(Throwable error) {
        return Optional.of(error)
                .filter(each -> each instanceof Failure failure && failure.kind() == Kind.INVALID)
                .map(Throwable::getMessage)
                .filter(message -> message.startsWith(SUBJECT))
                .map(message -> new RefusedCallback(message.substring(SUBJECT.length())));
    }

    /** @return what is told of a submission that has it */
    JsonObject findings() {
        return new JsonObject().put("callback_url", new JsonArray().add(reason));
    }

    /** @return what is told of a submission of the same batch: none of them was created */
    JsonObject findings(Judge0Order order) {
        return order.form().callbackUrl().isEmpty()
                ? new JsonObject().put("base", new JsonArray().add("was not created, for a callback_url was refused"))
                : findings();
    }
}
