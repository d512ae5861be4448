package lyceum.sandbox.judge0;

/** Bytes that are no UTF-8 are to be told as a text: only base64 can tell them. */
public final class NotText extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotText(Throwable cause) {
        super(cause);
    }
}
