/**
 * A connection to Redis for what is long: entries of streams, as they are read for all who watch. {@code ReplyReader} reads
 * the answers while they arrive, {@code RespConnection} asks.
 *
 * <p>Why not the client of Vert.x, which all other commands go through: it puts what has come together anew with each stretch
 * that comes. For an entry of 64 KiB, which Redis sends in four, that was 1.1 MiB of garbage, nine tenths of all that a camera
 * costs here, and a collection every three seconds, each in the middle of an entry (2026-11-30).
 */
package lyceum.stream.internal.resp;
