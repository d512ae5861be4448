/**
 * Breaks a cluster of ten processes while classes use it, and counts afterwards whether all that was acknowledged is there,
 * once. Each {@link lyceum.chaos.Activity} writes what nobody else writes and remembers what was acknowledged; each
 * {@link lyceum.chaos.Disturbance} strikes one process or one store; the tables and streams are read past all services.
 */
package lyceum.chaos;
