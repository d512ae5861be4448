package lyceum.gateway.form;

/** A form whose values nobody can tell, so that none of them may be kept. */
public abstract sealed class UnreadableForm extends RuntimeException permits EncodedPart, FormCutOff, UnknownCharset {

    private static final long serialVersionUID = 1L;

    UnreadableForm(String message) {
        super(message, null, false, false);
    }
}
