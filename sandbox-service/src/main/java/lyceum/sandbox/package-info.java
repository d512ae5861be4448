/**
 * Code nobody has to trust: one Python program in, its output and its end out, in a cell that the kernel closes and that
 * nobody has used before. The caller says how much time, memory, processes, files and output it may take; the service
 * says which of these it ran out of. What cannot be isolated is not run.
 *
 * <p>What programs see is what the sandbox of elicast has always shown them (contract section 6): {@code /codefile.py}
 * as the first process of a machine of its own, user 0, no network, standard input that ends, one stream of output.
 * What they may do is what Python needs and no more; every program of {@code src/test/resources/hostile} is a test.
 */
package lyceum.sandbox;
