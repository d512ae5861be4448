package lyceum.grading;

/**
 * Who asks, and how texts are shown to whoever it is.
 *
 * @param name of the user
 * @param isTeacher whether it may see everybody's hand-ins, and homework that is hidden or locked
 * @param languages the header {@code Accept-Language} as it was sent, or null
 */
public record Viewer(String name, boolean isTeacher, String languages) {}
