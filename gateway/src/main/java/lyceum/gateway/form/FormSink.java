package lyceum.gateway.form;

/** Takes the fields of a form as they arrive. */
public interface FormSink {

    /**
     * A field begins.
     *
     * @param name as it was sent; a name may come again
     * @param isFile whether it is the content of a file
     * @return where its value goes
     */
    FieldSink field(String name, boolean isFile);

    /**
     * Tells what a part with a file name is. A browser sends an empty name where no file was chosen, and aiohttp, for which
     * the clients of elicast were written, takes such a part for a text.
     *
     * @param fileName may be empty
     * @return whether it is a file
     */
    default boolean isFile(String fileName) {
        return !fileName.isEmpty();
    }

    /**
     * A file begins.
     *
     * @param name as it was sent; a name may come again
     * @param fileName empty only where {@link #isFile} takes that
     * @return where its content goes
     */
    default FieldSink file(String name, String fileName) {
        return field(name, true);
    }
}
