package lyceum.sandbox.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import lyceum.sandbox.internal.SeccompFilter.Architecture;

/** The Python side of cells, laid out as files, so that the interpreter can keep its compiled form beside them. */
final class CellScripts {

    private static final List<String> FILES = List.of(
            "launch.py",
            "sitecustomize.py",
            "nursery.py",
            "room.py",
            "flows.py",
            "questions.py",
            "zygote.py",
            "pages.py",
            "large.py",
            "start.py",
            "cell.py",
            "ending.py",
            "walls.py",
            "confine.py",
            "kernel.py",
            "wire.py",
            "turns.py",
            "signals.py");
    private static final String FILTER = "system-calls.bpf";
    private static final String ASKING_FILTER = "system-calls-asking.bpf";

    private CellScripts() {}

    /** @return the directory, whose {@code launch.py} is to be started; blocks, used at start */
    static Path unpack(Unpacked unpacked) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String file : FILES) {
            all.writeBytes(read(file));
        }
        all.writeBytes(SeccompFilter.code(Architecture.here()));
        all.writeBytes(SeccompFilter.askingCode(Architecture.here()));
        CRC32 sum = new CRC32();
        sum.update(all.toByteArray());
        return unpacked.place("cell-%08x".formatted(sum.getValue()), CellScripts::fill);
    }

    private static void fill(Path draft) throws IOException {
        for (String file : FILES) {
            Files.write(draft.resolve(file), read(file));
        }
        Files.write(draft.resolve(FILTER), SeccompFilter.code(Architecture.here()));
        Files.write(draft.resolve(ASKING_FILTER), SeccompFilter.askingCode(Architecture.here()));
    }

    private static byte[] read(String name) throws IOException {
        try (InputStream file = CellScripts.class.getResourceAsStream("cell/" + name)) {
            return file.readAllBytes();
        }
    }
}
