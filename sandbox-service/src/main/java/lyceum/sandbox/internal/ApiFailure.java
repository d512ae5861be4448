package lyceum.sandbox.internal;

/** An answer of an HTTP API that says no. */
final class ApiFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    static final int NOT_FOUND = 404;

    private final int status;

    /** @param what was asked and what was said to it, in one line */
    ApiFailure(int status, String what) {
        super(what, null, false, false);
        this.status = status;
    }

    /** @return the HTTP status */
    int status() {
        return status;
    }

    /** @return whether what was asked for is not there */
    static boolean isNotFound(Throwable error) {
        return error instanceof ApiFailure failure && failure.status() == NOT_FOUND;
    }
}
