package lyceum.launcher.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Instructions of a Dockerfile.
 *
 * @param stages by name, each with its instructions in the order of the file
 */
record Dockerfile(Map<String, List<Instruction>> stages) {

    /** @param arguments as they stand, continued lines joined */
    record Instruction(String name, String arguments) {}

    static Dockerfile read(Path file) {
        Map<String, List<Instruction>> stages = new LinkedHashMap<>();
        List<Instruction> stage = List.of();
        for (String line : lines(file)) {
            String[] parts = line.strip().split("\\s+", 2);
            Instruction instruction = new Instruction(parts[0], parts[1]);
            if (instruction.name().equals("FROM")) {
                stage = new ArrayList<>();
                stages.put(instruction.arguments().replaceFirst(".* AS ", ""), stage);
            }
            stage.add(instruction);
        }
        return new Dockerfile(stages);
    }

    /** @return what holds at the end of a stage, or of the stages it is made from */
    String last(String stage, String name) {
        List<Instruction> found = all(stage, name);
        if (!found.isEmpty()) {
            return found.get(found.size() - 1).arguments();
        }
        String base = base(stage);
        if (!stages.containsKey(base)) {
            throw new IllegalArgumentException(stage + " has no " + name);
        }
        return last(base, name);
    }

    List<Instruction> all(String stage, String name) {
        return stages.get(stage).stream()
                .filter(instruction -> instruction.name().equals(name))
                .toList();
    }

    /** @return the image or the stage that a stage is made from */
    String base(String stage) {
        return stages.get(stage).get(0).arguments().replaceFirst(" AS .*", "");
    }

    private static List<String> lines(Path file) {
        try {
            String text = Files.readString(file).replaceAll("(?m)^#.*\\R", "").replaceAll("\\\\\\R", " ");
            return text.lines().filter(line -> !line.isBlank()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
