package lyceum.gateway.form;

/** Where the value of one field goes, as it arrives. */
public interface FieldSink {

    /** For fields that nobody wants. */
    FieldSink IGNORED = new FieldSink() {
        @Override
        public void write(byte[] bytes, int from, int to) {
            // nobody wants it
        }

        @Override
        public void end() {
            // nobody wants it
        }
    };

    /**
     * Takes a stretch of the value; it must be used or copied before this returns.
     *
     * @param bytes UTF-8, or the content of a file as it is
     * @param from first byte
     * @param to behind the last byte
     */
    void write(byte[] bytes, int from, int to);

    /** The value is whole. One that is not, because its form is cut off, is never ended. */
    void end();
}
