/**
 * Sockets of socket.io, for whatever domain: old clients (Engine.IO 3) and new ones (Engine.IO 4) at the same path.
 *
 * <p>The protocol is socket.io-server-java's. It is made for servlets, takes locks, and swallows what listeners throw; so all
 * that is said to it for a socket is said on one event loop, and nothing of it is seen outside this package.
 */
package lyceum.gateway.live;
