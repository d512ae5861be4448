package lyceum.sandbox.judge0;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;

/** How far a submission is and how it ended, with Judge0's ids from 1 on. */
public enum Status {
    IN_QUEUE("In Queue"),
    PROCESSING("Processing"),
    ACCEPTED("Accepted"),
    WRONG_ANSWER("Wrong Answer"),
    TIME_LIMIT_EXCEEDED("Time Limit Exceeded"),
    COMPILATION_ERROR("Compilation Error"),
    SIGSEGV("Runtime Error (SIGSEGV)"),
    SIGXFSZ("Runtime Error (SIGXFSZ)"),
    SIGFPE("Runtime Error (SIGFPE)"),
    SIGABRT("Runtime Error (SIGABRT)"),
    NZEC("Runtime Error (NZEC)"),
    OTHER("Runtime Error (Other)"),
    INTERNAL_ERROR("Internal Error"),
    /** Known, but never told, as in Judge0 itself since a shell starts its programs. */
    EXEC_FORMAT_ERROR("Exec Format Error");

    private final String description;

    Status(String description) {
        this.description = description;
    }

    /** @return 1 to 14 */
    public int id() {
        return ordinal() + 1;
    }

    /** @return whether the submission is not over */
    public boolean isOpen() {
        return this == IN_QUEUE || this == PROCESSING;
    }

    /** @return {@code 1 (In Queue)} */
    @Override
    public String toString() {
        return "%d (%s)".formatted(id(), description);
    }

    /** @return of a program that a signal has ended */
    static Status ofSignal(int number) {
        return switch (number) {
            case 6 -> SIGABRT;
            case 8 -> SIGFPE;
            case 11 -> SIGSEGV;
            case 25 -> SIGXFSZ;
            default -> OTHER;
        };
    }

    JsonObject json() {
        return new JsonObject().put("id", id()).put("description", description);
    }

    /** @return every status, by id */
    public static JsonArray all() {
        List<JsonObject> rows = Arrays.stream(values()).map(Status::json).toList();
        return new JsonArray(rows);
    }
}
