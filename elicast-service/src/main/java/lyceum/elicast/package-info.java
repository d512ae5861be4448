/**
 * Lessons as edit scripts: what a teacher typed, step by step, with the voice beside it; exercises that learners answer
 * by code; and the log of their study. The wire protocol is that of elicast-server ({@code contracts/elicast.md}); this
 * package is what the rest of the house may ask.
 *
 * <p>Why pieces: a lesson may have 100 MB of sound and twenty of them may be sent at once. A piece is one message and one
 * row; no process holds more than a few of them for one lesson, and any instance can take the next one, because the
 * draft is in the database and not in memory. Pieces are written without waiting for the disk; the commit that makes a
 * draft a lesson flushes them all, and it counts them first.
 *
 * <p>Why sound is kept decoded where its base64 is canonical, and as text where it is not: a quarter less to store and
 * move, sound that media-service can use, and still exactly the value that was sent.
 */
package lyceum.elicast;
