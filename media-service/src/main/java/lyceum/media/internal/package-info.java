/**
 * How media-service works. {@code Jobs} keeps the open jobs; a {@code LiveJob} takes inputs into its {@code JobFiles} and
 * has one operation at its {@code Workbench}, which asks {@code Ffmpeg} step after step. Children are run by a
 * {@code Runner}, which the job can stop at any time.
 *
 * <p>Why limits through {@code ulimit} of the shell and not through {@code prlimit}: every machine has a POSIX shell, so
 * the limits hold everywhere and are the same. The shell becomes ffmpeg, so that killing the one kills the other. A JVM
 * that is killed leaves at most a run that ends by itself or at its CPU limit, and files that the next start removes.
 *
 * <p>Why namespaces beside them, where the kernel allows: ffmpeg never needs the network, nor any power of root when the
 * house is started by root; taking both away costs a millisecond.
 *
 * <p>Why one run for each segment and not one for all: ffmpeg can only bound one file, and what a job makes is bounded
 * as a whole. A run costs 20 to 50 ms; the clients cut one segment at a time.
 */
package lyceum.media.internal;
