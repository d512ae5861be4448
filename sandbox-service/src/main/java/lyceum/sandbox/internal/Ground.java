package lyceum.sandbox.internal;

/**
 * What runs stand on, on this machine.
 *
 * @param text the walls, in one line
 */
record Ground(Cells cells, Meters meters, String text) {}
