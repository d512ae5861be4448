package lyceum.sandbox.internal;

import java.util.List;
import lyceum.sandbox.SandboxSession.Stage;

/**
 * What has to be known before a container is made; containers of equal rooms are equal.
 *
 * @param spaces one for each step of the task, in their order
 * @param fileBytes size of each file system that can be written
 */
record Room(String image, List<Space> spaces, long fileBytes) {

    /** What one step may use. */
    record Space(Stage stage, long memoryBytes, int processes) {}

    static Room of(Task task, Images images) {
        List<Space> spaces = task.steps().stream().map(Room::space).toList();
        long fileBytes = task.steps().stream()
                .mapToLong(step -> step.limits().fileBytes())
                .max()
                .orElseThrow();
        return new Room(images.of(task.language()), spaces, fileBytes);
    }

    /** @return the memory of its hungriest step */
    long memoryBytes() {
        return spaces.stream().mapToLong(Space::memoryBytes).max().orElseThrow();
    }

    /** @return the processes and threads of the step that may have most of them */
    int processes() {
        return spaces.stream().mapToInt(Space::processes).max().orElseThrow();
    }

    /** @return the stage of the first step */
    Stage first() {
        return spaces.get(0).stage();
    }

    private static Space space(Task.Step step) {
        return new Space(
                step.stage(), step.limits().memoryBytes(), step.limits().processes());
    }
}
