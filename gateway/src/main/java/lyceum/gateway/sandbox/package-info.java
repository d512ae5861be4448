/**
 * Runs of programs: our own routes, batches, and a WebSocket to talk with a program that runs; and the same for clients of Judge0
 * and Piston, whose words {@link lyceum.gateway.judge0} and {@link lyceum.gateway.piston} know.
 *
 * <p>Why an interactive run is pulled, the next event when the network has taken the last one, and its client is paused
 * until the program has taken what it said: so a session costs the same few hundred KiB however fast either side is, and
 * a reader who does not read stops the program, as at a terminal.
 */
package lyceum.gateway.sandbox;
