package lyceum.gateway.form;

/** A content type names a charset that does not exist, so nobody can tell what its text says. */
final class UnknownCharset extends UnreadableForm {

    private static final long serialVersionUID = 1L;

    UnknownCharset(String name) {
        super("unknown charset " + name);
    }
}
