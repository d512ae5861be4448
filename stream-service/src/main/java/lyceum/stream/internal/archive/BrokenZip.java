package lyceum.stream.internal.archive;

/** A file that should be a zip and is none that can be read; its text says what is wrong, for people. */
public final class BrokenZip extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BrokenZip(String text) {
        super(text);
    }
}
