/**
 * How frames of a WebSocket begin that a server sends (RFC 6455, section 5.2): what many get is written below Netty's codec,
 * encoded once, by {@link lyceum.gateway.live} and {@link lyceum.gateway.stream}.
 */
package lyceum.gateway.frame;
