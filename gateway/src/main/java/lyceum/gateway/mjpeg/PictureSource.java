package lyceum.gateway.mjpeg;

import java.util.function.Function;
import lyceum.stream.PullSession;
import lyceum.stream.StreamService;

/**
 * stream-service, which has the pictures.
 *
 * @param streams whoever is free
 * @param pulling gives a pull session's instance by its name
 */
public record PictureSource(StreamService streams, Function<String, PullSession> pulling) {}
