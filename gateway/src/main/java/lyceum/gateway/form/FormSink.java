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
     * A file begins.
     *
     * @param name as it was sent; a name may come again
     * @param fileName may be empty
     * @return where its content goes
     */
    default FieldSink file(String name, String fileName) {
        return field(name, true);
    }
}
