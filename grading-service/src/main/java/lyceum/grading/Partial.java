package lyceum.grading;

import java.util.List;

/**
 * What one scorer found.
 *
 * @param name its heading, or null
 * @param typeName which scorer it was, or null; settings of a package and layouts of details go by it
 * @param score finite, 0 to 100 by convention
 * @param weight finite; the hand-in gets {@code score * weight}
 * @param time seconds it took, or null where that was not measured
 * @param brief one line, or null
 * @param detail texts; some may be null
 */
public record Partial(
        Text name, String typeName, double score, double weight, Double time, Text brief, List<Text> detail) {}
