package lyceum.grading;

import java.util.List;

/**
 * Everything that a viewer may see of a hand-in. What the package hides from students is null, or empty, for them
 * (contracts/grading.md, section 7.3).
 *
 * @param fileName of what was handed in; {@code url.txt} and {@code data.csv} for what has none
 * @param compileError what kept it from being judged, or null
 * @param exitCode of the program that judged it; null where that never ended by itself, and for students where it
 *     is accepted
 * @param stdout what that wrote, or null
 * @param stderr what that wrote, or null
 * @param partials in the order in which they are added up; empty before there is a score
 */
public record HandInDetail(
        HandIn handIn,
        String fileName,
        String compileError,
        Integer exitCode,
        String stdout,
        String stderr,
        List<ShownPartial> partials) {

    /**
     * A partial score in the language of the viewer.
     *
     * @param time seconds, or null where that was not measured
     * @param detail empty where there is none, or it is hidden
     */
    public record ShownPartial(
            String name,
            String typeName,
            double score,
            double weight,
            Double time,
            String brief,
            List<String> detail) {}
}
