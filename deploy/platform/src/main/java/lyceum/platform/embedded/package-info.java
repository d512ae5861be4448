/**
 * Real servers out of Maven artifacts, for a machine that has none: PostgreSQL and Redis, started with the program,
 * with their data kept. Everything here blocks and is called from the main thread before Vert.x starts, or from tests.
 *
 * <p>Why not the launchers that come with the artifacts: they trust everyone as superuser, turn durability off and leave
 * their servers behind when the JVM is killed. Here each server listens on loopback only, wants a random password, keeps
 * its promises about the disk, and runs under a guard that stops it when our end of a pipe is gone, whatever the reason.
 *
 * <p>A server that ends by itself, because it was killed for want of memory, say, is started again at its port, after a second
 * at first and half a minute at last: nobody else would do it, and services find it again by themselves.
 *
 * <p>A data directory belongs to one process at a time; a second one that is started beside it (with other services)
 * uses the servers of the first.
 */
package lyceum.platform.embedded;
