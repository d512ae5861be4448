/**
 * How media-service works. {@code Jobs} keeps the open jobs; a {@code LiveJob} takes inputs into its {@code JobFiles} and
 * has one operation: of a {@code Workbench}, which cuts sound, or a {@code Work} in the background. Both ask {@code Ffmpeg}
 * step after step, each step when it has a {@code Turn} of the {@code Slots}. Children are run by a {@code Runner}, which the
 * job can stop at any time, in a {@code Room}.
 *
 * <p>Why limits through {@code ulimit} of the shell and not through {@code prlimit}: every machine has a POSIX shell, so
 * the limits hold everywhere and are the same.
 *
 * <p>Why a room for each job, and not the cells of sandbox-service: those carry programs and their files over the bus, made
 * for kilobytes, and media asks nobody; util-linux is on every machine. Its walls were measured here with {@code ffmpeg
 * -version}, which takes 6 ms bare: a room built for each run makes it 32 ms, one that is built while the inputs arrive and
 * is only entered 17 ms, no network alone 10 ms.
 *
 * <p>Why one run for each segment and not one for all: ffmpeg can only bound one file, and what a job makes is bounded
 * as a whole. A run costs 20 to 50 ms; the clients cut one segment at a time.
 */
package lyceum.media.internal;
