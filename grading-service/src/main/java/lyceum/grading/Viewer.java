package lyceum.grading;

import java.util.List;

/**
 * Who asks, and how texts are shown to whoever it is.
 *
 * @param name of the user
 * @param isTeacher whether it may see everybody's hand-ins, and homework that is hidden or locked
 * @param languages as HTTP has them in {@code Accept-Language}, the most wanted first; may be empty
 */
public record Viewer(String name, boolean isTeacher, List<String> languages) {}
