/**
 * Connections of clients, before anything is asked over them: how many there may be, and how long each may keep the gateway
 * waiting. Netty's handlers are used for that, because Vert.x 5.0 has one limit for silence only, whatever is being waited
 * for.
 */
package lyceum.gateway.connection;
