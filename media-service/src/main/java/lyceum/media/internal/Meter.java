package lyceum.media.internal;

/** Is told how far work has come. */
interface Meter {

    /** @param fraction of the whole, 0 to 1 */
    void tell(double fraction);

    /** @return the meter of a stretch of the work, from one fraction of it to another */
    default Meter part(double from, double to) {
        return fraction -> tell(from + (to - from) * fraction);
    }
}
