package lyceum.gateway.form;

/** A form has ended before it was whole, so its last value may be a part of what was meant. */
final class FormCutOff extends UnreadableForm {

    private static final long serialVersionUID = 1L;

    FormCutOff() {
        super("the form ends before its last boundary");
    }
}
