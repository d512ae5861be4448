package lyceum.sandbox.internal;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import lyceum.sandbox.Program.Directory;

/**
 * What a nursery is started with.
 *
 * @param scripts where {@link CellScripts} lie
 * @param uid whom a nursery of root becomes
 * @param paths of the host that cells show beside {@code /usr} and the interpreter
 */
record NurserySetup(Interpreter interpreter, Path scripts, int uid, List<String> paths) {

    /** @return the program and its arguments; isolated but for the directory of the script: no environment, no site */
    List<String> command() {
        return List.of(
                interpreter.executable().toString(),
                "-E",
                "-s",
                "-S",
                scripts.resolve("launch.py").toString());
    }

    /** @return where the program lies that waiting interpreters of a nursery run */
    static String main(Directory directory) {
        return directory == Directory.ROOT ? "/codefile.py" : "/w/main.py";
    }

    /** @return the settings of {@code cell/launch.py} */
    Buffer settings(Path socket, Directory directory) {
        return new JsonObject()
                .put("socket", socket.toString())
                .put("uid", uid)
                .put(
                        "home_from",
                        interpreter.home() == null ? "" : interpreter.home().toString())
                .put("home_to", interpreter.homeInside())
                .put("program", interpreter.executableInside())
                .put("version", interpreter.version())
                .put("scripts", scripts.toString())
                .put("paths", new JsonArray(List.copyOf(paths)))
                .put("main", main(directory))
                .toBuffer();
    }
}
