package lyceum.grading.internal;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Files of a folder in memory, to be changed and read. */
final class Folder {

    private Folder() {}

    /** @return the files below a directory by path */
    static Map<String, Buffer> of(Path directory) throws IOException {
        Map<String, Buffer> files = new TreeMap<>();
        List<Path> found;
        try (Stream<Path> walk = Files.walk(directory)) {
            found = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : found) {
            files.put(directory.relativize(file).toString(), Buffer.buffer(Files.readAllBytes(file)));
        }
        return files;
    }

    /** @return files of a homework with one package, made of the pieces of XML that a test is about */
    static Map<String, Buffer> homework(String hw, String code) {
        Map<String, Buffer> files = new TreeMap<>();
        files.put("hw.xml", Buffer.buffer(hw));
        files.put("code/python/code.xml", Buffer.buffer(code));
        files.put("code/python/judge.py", Buffer.buffer("run()"));
        files.put("desc/en.md", Buffer.buffer("# One"));
        return files;
    }
}
