package lyceum.gateway.site;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.FileNotFoundException;
import java.io.InputStream;

/**
 * A file that comes with the program. Not read by Vert.x, which would unpack it to a directory that is gone as soon as the
 * process is told to end.
 *
 * @param path in the class path, from its root
 * @param mediaType with the charset of a text
 */
record ClassPathFile(String path, String mediaType) {

    /** @return all of it */
    Future<Buffer> read(Vertx vertx) {
        return vertx.executeBlocking(
                () -> {
                    try (InputStream file = ClassPathFile.class.getResourceAsStream("/" + path)) {
                        if (file == null) {
                            throw new FileNotFoundException(path);
                        }
                        return Buffer.buffer(file.readAllBytes());
                    }
                },
                false);
    }
}
