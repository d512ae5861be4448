package lyceum.gateway.rtmp;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Who is connected: those who publish, as many as may, and those who do not yet. Of the latter nobody knows anything, so they take
 * no place of the former: where too many wait, the one who has waited longest gives way. Lives on one context.
 */
final class RtmpPlaces {

    /** So often as many may wait as may publish; from one network as many: after an outage all come at once. */
    private static final int WAITING_SHARE = 4;

    private final int publishers;
    private final UnaryOperator<String> network;

    /** With the network of each, who came first in front. */
    private final Map<RtmpConnection, String> waiting = new LinkedHashMap<>();

    private final Set<RtmpConnection> publishing = new LinkedHashSet<>();
    private long refused;

    /**
     * @param publishers at once
     * @param network what counts as one client, for each address
     */
    RtmpPlaces(int publishers, UnaryOperator<String> network) {
        this.publishers = publishers;
        this.network = network;
    }

    /** Somebody comes, or publishes no more. */
    void await(RtmpConnection connection) {
        publishing.remove(connection);
        String from = network.apply(connection.address());
        tooMany(from).ifPresent(oldest -> {
            waiting.remove(oldest);
            refused++;
            oldest.giveWay();
        });
        waiting.put(connection, from);
    }

    private Optional<RtmpConnection> tooMany(String from) {
        List<RtmpConnection> neighbours = waiting.entrySet().stream()
                .filter(other -> other.getValue().equals(from))
                .map(Map.Entry::getKey)
                .toList();
        if (neighbours.size() >= publishers) {
            return Optional.of(neighbours.get(0));
        }
        return waiting.size() >= WAITING_SHARE * publishers
                ? Optional.of(waiting.keySet().iterator().next())
                : Optional.empty();
    }

    /** @return whether somebody who waits may publish now */
    boolean publish(RtmpConnection connection) {
        if (publishing.size() >= publishers) {
            refused++;
            return false;
        }
        waiting.remove(connection);
        return publishing.add(connection);
    }

    void leave(RtmpConnection connection) {
        waiting.remove(connection);
        publishing.remove(connection);
    }

    int publishing() {
        return publishing.size();
    }

    /** @return how often somebody had to go because of these bounds */
    long refused() {
        return refused;
    }

    /** @return all who are connected */
    List<RtmpConnection> all() {
        return Stream.concat(waiting.keySet().stream(), publishing.stream()).toList();
    }
}
