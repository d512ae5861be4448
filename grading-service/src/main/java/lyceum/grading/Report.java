package lyceum.grading;

import java.util.List;

/**
 * What a judge says of a hand-in.
 *
 * @param result one line, or null
 * @param compileError what kept it from being judged, or null
 * @param partials in the order in which they are added up
 */
public record Report(boolean accepted, Text result, Text compileError, List<Partial> partials) {}
