package lyceum.gateway.live;

import io.vertx.core.MultiMap;

/**
 * How a socket has introduced itself.
 *
 * @param headers of the request that opened the connection
 * @param query of it
 * @param auth payload of the CONNECT packet: what a LiveListener gets as an argument, null where there is none (EIO=3)
 */
public record LiveHandshake(String namespace, MultiMap headers, MultiMap query, Object auth) {}
