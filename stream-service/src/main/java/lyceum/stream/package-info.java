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
 * <p>Why bundles: a gateway has hundreds of viewers of one picture. All that it reads at an instance is asked for in one
 * question and answered in one message, in which the picture is once; so neither the bus nor the loops on both its sides
 * have work for each viewer but the looking and the writing. That took a third off the processor time of a picture of 64 KiB
 * for a hundred viewers in one process; between two processes it takes ninety-nine of a hundred copies off the wire.
 *
 * <p>Why entries are converted here and not where they are sent: hundreds of viewers want the same picture, and here it
 * is decoded once. Whoever pulls with {@code output} gets the very same bytes as all others who want that of the entry.
 *
 * <p>Recipes, and sessions of people with them, are documents of few KiB that must not be lost: they are rows in
 * PostgreSQL, columns where the original has members, so that a change of some members is one statement and loses nothing
 * of another one. What the original tells in event streams of Redis is noted in the same transaction and told afterwards:
 * two stores share no transaction, and to tell first would tell what may not happen. What is being cooked, one recipe for
 * the whole house, stays in Redis alone, where other programs read it.
 *
 * <p>Recordings are written here and not by a program beside, as the original has it: a stream is read once for its viewers
 * and its recording, nothing is lost at a start, because its event in Redis tells where it was, and streams that come later
 * are known at once. One instance records, the one that holds a lease in Redis; what it needs to be followed by another
 * one is where the recording began, which Redis has, and up to where it is stored, which the store has. So whoever dies
 * loses nothing that Redis still keeps. Entries wait in memory until there are enough for a file, at most for
 * {@code LYCEUM_RECORDER_CHUNK_TIME}; when memory is full they wait in Redis, and what Redis trims then is counted and
 * told. Where recordings lie says {@code internal.archive}.
 *
 * <p>Beside what was recorded lie files: what was made of it, and what people add. Any instance reads any piece of them, so
 * that a download holds nothing here; an upload stays with one instance, and is seen by nobody before it is whole. Exports
 * are made by the instance that records, because there is exactly one, one stream at a time and entry by entry; what is
 * due is noted in Redis with the very script that calls a recording whole, so that none is forgotten. Films are made by
 * media-service: ffmpeg reads what strangers have pushed, and the walls around it are there.
 */
package lyceum.stream;
