package lyceum.gateway.form;

/** Takes a body in chunks of any size, cut anywhere, and gives its fields to a {@link FormSink}. */
interface FormDecoder {

    /** For bodies that are no form: they have no fields. */
    FormDecoder NO_FORM = new FormDecoder() {
        @Override
        public void feed(byte[] chunk) {
            // no form, no fields
        }

        @Override
        public void end() {
            // no form, no fields
        }
    };

    void feed(byte[] chunk);

    /** The body has ended; throws {@link FormCutOff} where the form has not. */
    void end();
}
