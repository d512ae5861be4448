/**
 * How frames of a WebSocket begin that a server sends (RFC 6455, section 5.2): what many get is encoded here and not by
 * Netty's codec, by {@link lyceum.gateway.live} and {@link lyceum.gateway.stream}.
 */
package lyceum.gateway.frame;
