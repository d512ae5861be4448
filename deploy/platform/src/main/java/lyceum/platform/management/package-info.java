/**
 * The port of the operator: whether a process lives, is ready and has started, its metrics, and what it was built from.
 *
 * <p>Why a port of its own: it is open while the gateway's is not yet or no longer, every process has one whatever
 * services it runs, and no rule of the public door has to know of it. It asks nobody who they are and is meant for the
 * inside of a network. Why not vertx-health-check: {@link lyceum.platform.Readiness} already is the list of checks.
 */
package lyceum.platform.management;
