/**
 * Recordings of streams (stream contract, sections 4.1 to 4.4): their list, their files, uploads and exports, and a WebSocket
 * that replays one.
 */
package lyceum.gateway.recording;
