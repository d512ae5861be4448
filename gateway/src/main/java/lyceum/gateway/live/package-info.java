/**
 * Sockets of socket.io, for whatever domain: old clients (Engine.IO 3) and new ones (Engine.IO 4) at the same path.
 *
 * <p>The protocol is socket.io-server-java's. It is made for servlets, takes locks, and swallows what listeners throw; so all
 * that is said to it for a socket is said on one event loop, and nothing of it is seen outside this package. It is trusted
 * with transports, heartbeats, upgrades and who is in which namespace, and with nothing that a client has made up: a gate
 * between its two layers ({@link lyceum.gateway.live.PacketGate}) keeps events and their JSON, and translates the names of
 * namespaces, which the library would keep for ever. What is said over a WebSocket goes past the library and below the codec,
 * encoded once for everybody ({@link lyceum.gateway.live.FrameOutlet}). Of Vert.x a WebSocket has its handshake and its
 * codec; behind that it is read by us ({@link lyceum.gateway.live.MessageReader}), since most that an idle one took was kept
 * by Vert.x.
 *
 * <p>Every gateway of a process has a library of its own, on its event loop. A request that arrives at another one is read
 * there and done where its connection lives ({@link lyceum.gateway.live.LiveConnections}). Rejected: one event loop for all
 * sockets, which would be the limit of a process; and one library for all event loops, which would wait for each other's
 * broadcasts, and for ever once they took its locks in two orders.
 */
package lyceum.gateway.live;
