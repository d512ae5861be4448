package lyceum.gateway.form;

/** A body or a field is longer than it may be. */
public final class FormTooLarge extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param limitBytes a length that is already too much
     * @param actualBytes what had been read when that was noticed
     */
    public FormTooLarge(long limitBytes, long actualBytes) {
        super(
                "Maximum request body size %d exceeded, actual body size %d".formatted(limitBytes, actualBytes),
                null,
                false,
                false);
    }
}
