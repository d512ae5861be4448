/**
 * Code nobody has to trust: one program in, its output and its end out, in a cell that the kernel closes and that nobody
 * has used before. The caller says how much time, memory, processes, files and output it may take; the service says which
 * of these it ran out of. What cannot be isolated is not run. {@link lyceum.sandbox.SandboxService#run} waits for the end;
 * {@link lyceum.sandbox.SandboxService#submit} stores the run first, and it is done once whatever dies; a
 * {@link lyceum.sandbox.SandboxSession} is a talk with a program that runs.
 *
 * <p>A program of elicast sees what the sandbox of elicast has always shown it (contract section 6):
 * {@code /codefile.py} as the first process of a machine of its own, user 0, no network, standard input that ends, one
 * stream of output. Any other starts in {@code /w} under a root that is read-only. What programs may do is what their
 * language needs and no more; every program of {@code src/test/resources/hostile} is a test.
 */
package lyceum.sandbox;
