package lyceum.gateway.mjpeg;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lyceum.stream.StreamService.OpenPull;

/**
 * What a viewer wants to see.
 *
 * @param streams names, each once
 * @param positions cycled over the names: {@code $}, {@code *}, {@code <ms>} or {@code <ms>-<seq>}
 * @param count most entries of each stream in one reading; it changes nothing that is shown
 * @param timeKeeper as in {@link OpenPull}; null for none
 * @param input name of the format of entries; null where the names of the streams tell it
 */
public record MjpegQuestion(List<String> streams, List<String> positions, int count, String timeKeeper, String input) {

    /** What is taken for the format where names do not tell it: cameras send JPEG. */
    private static final String USUAL_INPUT = "jpg";

    private static final String OUTPUT = "jpg";

    /** So many pictures that came at once are all shown; of more than that the older ones are left out. */
    private static final int BURST = 16;

    /** @return whether it is about what comes from now on, perhaps with the newest picture before: others may watch too */
    boolean isLive() {
        return positions.stream().allMatch(position -> position.equals("$") || position.equals("*"));
    }

    /** @return the same where it does not matter by how many entries is read, so that it equals those of others */
    MjpegQuestion shared() {
        return new MjpegQuestion(streams, positions, BURST, timeKeeper, input);
    }

    MjpegQuestion withUsualInput() {
        return new MjpegQuestion(streams, positions, count, timeKeeper, USUAL_INPUT);
    }

    /** @param seen the last id that was read of each stream, where there was one: it goes on behind that */
    OpenPull order(Map<String, String> seen) {
        List<String> from = new ArrayList<>();
        for (int i = 0; i < streams.size(); i++) {
            from.add(seen.getOrDefault(streams.get(i), positions.get(i % positions.size())));
        }
        return new OpenPull(streams, from, isLive(), count, timeKeeper, null, 0, input, OUTPUT);
    }
}
