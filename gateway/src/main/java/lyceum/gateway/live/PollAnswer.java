package lyceum.gateway.live;

import io.vertx.core.buffer.Buffer;
import java.util.Map;

/**
 * What a client that polls is told.
 *
 * @param headers beyond those that every answer has
 */
record PollAnswer(int status, Map<String, String> headers, Buffer body) {}
