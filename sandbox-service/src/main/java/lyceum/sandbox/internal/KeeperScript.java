package lyceum.sandbox.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;

/** The Python side of a cell, laid out as files, so that the interpreter can keep its compiled form beside them. */
final class KeeperScript {

    private static final List<String> FILES = List.of("start.py", "keeper.py", "walls.py", "confine.py", "kernel.py");

    private KeeperScript() {}

    /** @return the file to start; blocks, used at start */
    static Path unpack(Unpacked unpacked) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String file : FILES) {
            all.writeBytes(read(file));
        }
        CRC32 sum = new CRC32();
        sum.update(all.toByteArray());
        Path directory = unpacked.place("cell-%08x".formatted(sum.getValue()), KeeperScript::fill);
        return directory.resolve(FILES.get(0));
    }

    private static void fill(Path draft) throws IOException {
        for (String file : FILES) {
            Files.write(draft.resolve(file), read(file));
        }
    }

    private static byte[] read(String name) throws IOException {
        try (InputStream file = KeeperScript.class.getResourceAsStream("cell/" + name)) {
            return file.readAllBytes();
        }
    }
}
