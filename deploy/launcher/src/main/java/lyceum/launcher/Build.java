package lyceum.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import lyceum.platform.management.BuildInfo;

/** What Maven wrote down about this program while it was built. */
final class Build {

    private Build() {}

    static BuildInfo info() {
        try (InputStream properties = Build.class.getResourceAsStream("build.properties");
                InputStream commit = Build.class.getResourceAsStream("commit.txt")) {
            Properties build = new Properties();
            build.load(properties);
            return new BuildInfo(
                    build.getProperty("version"),
                    new String(commit.readAllBytes(), StandardCharsets.UTF_8).strip(),
                    build.getProperty("built"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
