package lyceum.media.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the programs of one job run: namespaces in which the job's directory is all there is to write, and the programs
 * of the machine all there is to read. They are built once for each job, while its inputs arrive, because that takes as
 * long as a short run of ffmpeg; each run only enters them. A keeper holds them, and it waits for the end of its input:
 * when it ends, or this JVM does in whatever way, the kernel ends all that runs inside.
 *
 * <p>Where the kernel allows no such room there is no keeper, and {@link Walls} tells what is left.
 */
final class Room {

    private static final Logger LOG = LoggerFactory.getLogger(Room.class);

    private static final Duration BUILD_LIMIT = Duration.ofSeconds(20);
    private static final Duration END_LIMIT = Duration.ofSeconds(10);
    private static final String READY = "ready ";
    private static final List<String> NEW_NAMESPACES =
            List.of("unshare", "-U", "-r", "-m", "-n", "-p", "-f", "--kill-child", "/bin/sh", "-c");

    /**
     * $1 the table of mounts, $2 the directory that becomes the root. Tells the keeper's number outside of the room. What
     * mounts is not in the path of every user.
     */
    private static final String KEEPER =
            "PATH=$PATH:/usr/sbin:/sbin; read -r pid rest < /proc/self/stat && mount -a -T \"$1\" && cd \"$2\""
                    + " && pivot_root . old && umount -l /old && cd /job && echo \"" + READY + "$pid\" && read -r end";

    private static final List<String> WITHOUT_POWERS =
            List.of("setpriv", "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all");

    private final Vertx vertx;
    private final List<String> command;
    private final Process keeper;

    private Room(Vertx vertx, List<String> command, Process keeper) {
        this.vertx = vertx;
        this.command = command;
        this.keeper = keeper;
    }

    /**
     * @param directory where the programs work
     * @return the room, or UNAVAILABLE where it cannot be built
     */
    static Future<Room> open(Vertx vertx, FfmpegProgram program, Path directory) {
        if (program.walls() != Walls.ROOM) {
            return Future.succeededFuture(new Room(vertx, outside(program), null));
        }
        return vertx.executeBlocking(() -> build(vertx, program, directory), false);
    }

    /** @return the machine itself, for a program of the operator's own */
    static Room outside(Vertx vertx) {
        return new Room(vertx, List.of(), null);
    }

    private static List<String> outside(FfmpegProgram program) {
        Stream<String> walls =
                program.walls() == Walls.NO_NETWORK ? Stream.of("unshare", "-U", "-n", "--") : Stream.empty();
        return Stream.concat(walls, Stream.of(program.path().toString())).toList();
    }

    private static Room build(Vertx vertx, FfmpegProgram program, Path directory) throws IOException {
        Path table = program.skeleton().mounts(program.path(), directory);
        try {
            return keep(vertx, program, table);
        } finally {
            Files.deleteIfExists(table);
        }
    }

    private static Room keep(Vertx vertx, FfmpegProgram program, Path table) throws IOException {
        List<String> keeping = new ArrayList<>(NEW_NAMESPACES);
        keeping.addAll(List.of(
                KEEPER, "room", table.toString(), program.skeleton().root().toString()));
        ProcessBuilder builder = new ProcessBuilder(keeping).redirectErrorStream(true);
        builder.environment().keySet().retainAll(Set.of("PATH"));
        Process keeper = builder.start();
        long timer = vertx.setTimer(BUILD_LIMIT.toMillis(), id -> keeper.destroyForcibly());
        BufferedReader said =
                new BufferedReader(new InputStreamReader(keeper.getInputStream(), StandardCharsets.UTF_8));
        String line = said.readLine();
        vertx.cancelTimer(timer);
        if (line == null || !line.startsWith(READY)) {
            keeper.destroyForcibly();
            LOG.warn("no room for ffmpeg can be built here: {}", line);
            throw new Failure(Kind.UNAVAILABLE, "ffmpeg cannot be started");
        }
        List<String> entering = new ArrayList<>(List.of("nsenter", "-t", line.substring(READY.length())));
        entering.addAll(List.of("-U", "-m", "-n", "-p", "-r", "-w", "--preserve-credentials"));
        entering.addAll(WITHOUT_POWERS);
        entering.add(Skeleton.PROGRAM);
        return new Room(vertx, entering, keeper);
    }

    /** @return what stands before the arguments of a program, and that program; its working directory is that of the job */
    List<String> command() {
        return command;
    }

    /** Ends all that runs in the room. @return done when it is gone */
    Future<Void> close() {
        if (keeper == null) {
            return Future.succeededFuture();
        }
        return vertx.executeBlocking(
                () -> {
                    keeper.destroyForcibly();
                    if (!keeper.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                        throw new IOException("a room did not end: process " + keeper.pid());
                    }
                    return null;
                },
                false);
    }
}
