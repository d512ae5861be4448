package lyceum.gateway.stream;

import java.util.List;
import lyceum.stream.StreamService.Refusal;
import lyceum.stream.StreamService.Stored;

/** Tells in the one line of a close frame which entries of a message were not stored; all others were. */
final class PushRefusal {

    /** So many numbers leave room for the reason. */
    private static final int MOST_RANGES = 4;

    private PushRefusal() {}

    /** @param stored with one refusal at least */
    static String text(Stored stored) {
        String why = stored.refused().get(0).reason();
        int all = stored.ids().size();
        return all == 1
                ? "not stored: " + why
                : "of %d entries not stored: %s; all others are; %s".formatted(all, ranges(stored.refused()), why);
    }

    /** @return {@code 0, 3-5}, counted from 0 */
    private static String ranges(List<Refusal> refused) {
        StringBuilder text = new StringBuilder();
        int ranges = 0;
        int first = 0;
        for (int i = 1; i <= refused.size(); i++) {
            if (i < refused.size()
                    && refused.get(i).index() == refused.get(i - 1).index() + 1) {
                continue;
            }
            if (ranges++ == MOST_RANGES) {
                return text.append(", …").toString();
            }
            text.append(text.isEmpty() ? "" : ", ").append(refused.get(first).index());
            if (i - 1 > first) {
                text.append('-').append(refused.get(i - 1).index());
            }
            first = i;
        }
        return text.toString();
    }
}
