package lyceum.gateway.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Libraries of pages, as they come from Maven. */
final class WebJar {

    private WebJar() {}

    /** @return where its files are in the class path, with a slash at the end; whatever version the build has taken */
    static String directory(String group, String name) {
        String properties = "/META-INF/maven/%s/%s/pom.properties".formatted(group, name);
        try (InputStream file = WebJar.class.getResourceAsStream(properties)) {
            Properties found = new Properties();
            found.load(file);
            return "META-INF/resources/webjars/%s/%s/".formatted(name, found.getProperty("version"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
