package lyceum.sandbox.internal;

/**
 * What runs stand on.
 *
 * @param cells whose walls have been tried
 * @param pythonVersion of the interpreter without which there were no cells; empty where there can be cells without it
 * @param text the walls, in one line
 */
record Ground(Cells cells, String pythonVersion, String text) {

    /** @return ground that tells of itself */
    static Ground of(Cells cells) {
        return new Ground(cells, "", cells.text());
    }
}
