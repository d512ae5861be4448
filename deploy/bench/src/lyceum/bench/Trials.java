package lyceum.bench;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The programs that sandbox-service is tested with: directories with an {@code index.json} that tells what each may come
 * to.
 */
final class Trials {

    private final List<Trial> hostile = new ArrayList<>();
    private final List<Trial> honest = new ArrayList<>();

    /** @param directory of the directories {@code hostile} and {@code honest} */
    Trials(Path directory) throws IOException {
        for (JsonObject entry : index(directory.resolve("hostile"))) {
            Trial trial = new HostileTrial(entry, source(directory.resolve("hostile"), entry));
            Stream.generate(() -> trial).limit(entry.getInteger("runs", 1)).forEach(hostile::add);
        }
        for (JsonObject entry : index(directory.resolve("honest"))) {
            honest.add(new HonestTrial(entry, source(directory.resolve("honest"), entry)));
        }
    }

    List<Trial> hostile() {
        return List.copyOf(hostile);
    }

    List<Trial> honest() {
        return List.copyOf(honest);
    }

    /** @return so many of both kinds, the same ones for the same seed; one in so many is hostile */
    List<Trial> mixed(int count, int oneHostileIn, long seed) {
        Random random = new Random(seed);
        return Stream.generate(() -> random.nextInt(oneHostileIn) == 0 ? hostile : honest)
                .map(kind -> kind.get(random.nextInt(kind.size())))
                .limit(count)
                .toList();
    }

    private static List<JsonObject> index(Path directory) throws IOException {
        return new JsonObject(Files.readString(directory.resolve("index.json")))
                .getJsonArray("programs").stream().map(JsonObject.class::cast).toList();
    }

    private static String source(Path directory, JsonObject entry) throws IOException {
        return Files.readString(directory.resolve(entry.getString("name") + ".py"));
    }
}
