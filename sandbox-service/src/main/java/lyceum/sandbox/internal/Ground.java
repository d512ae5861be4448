package lyceum.sandbox.internal;

/**
 * What runs stand on.
 *
 * @param cells whose walls have been tried
 * @param pythonVersion of the interpreter inside
 * @param text the walls, in one line
 */
record Ground(Cells cells, String pythonVersion, String text) {}
