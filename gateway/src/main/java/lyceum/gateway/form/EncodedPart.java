package lyceum.gateway.form;

/** A part is base64 or the like, which RFC 7578, section 4.7, has no more: its text would be kept as it is encoded. */
final class EncodedPart extends UnreadableForm {

    private static final long serialVersionUID = 1L;

    EncodedPart(String encoding) {
        super("a part of the form is encoded as " + encoding);
    }
}
