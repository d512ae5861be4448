/**
 * Streams: named lists of time-ordered entries that are appended, tailed and read. The wire protocol is that of the PTG
 * Data Store API ({@code contracts/stream.md}); this package is what the rest of the house may ask.
 *
 * <p>An entry has an id, {@code <milliseconds>-<sequence>}, and opaque bytes. Redis keeps it, in the original's layout,
 * so that other programs which read and write Redis directly go on working: the key is the name of the stream, its type
 * is stream, the bytes are in field {@code d}, about a thousand entries are kept; metadata is JSON text at
 * {@code XMETA:<stream>}.
 *
 * <p>Why sessions: who pushes over a socket, and who pulls over one, talks to one particular instance. What is pushed
 * stays in order without numbers in Redis, and everything that waits there goes in one round trip; what is pulled comes
 * out of a ring that all readers of a stream at that instance share, so that Redis is read once for each instance and
 * not once for each viewer. Any instance will do to open a session; the state that dies with an instance is a cursor,
 * which the client has too.
 *
 * <p>Why entries are converted here and not where they are sent: hundreds of viewers want the same picture, and here it
 * is decoded once. Whoever pulls with {@code output} gets the very same bytes as all others who want that of the entry.
 */
package lyceum.stream;
