package lyceum.grading.internal;

/** Why something is no homework: one line for its teacher. */
final class BrokenHomework extends Exception {

    private static final long serialVersionUID = 1L;

    BrokenHomework(String reason) {
        super(reason.replaceAll("\\s+", " "), null, false, false);
    }
}
