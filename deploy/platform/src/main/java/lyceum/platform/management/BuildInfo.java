package lyceum.platform.management;

/**
 * What a program was built from.
 *
 * @param version of the Maven project
 * @param commit as {@code git describe} names it, {@code unknown} where it was built without git
 * @param built when, ISO 8601 in UTC
 */
public record BuildInfo(String version, String commit, String built) {}
