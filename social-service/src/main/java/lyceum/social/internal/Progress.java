package lyceum.social.internal;

/**
 * How far a member is in a class.
 *
 * @param batch number of its last one that was done, 0 for none
 * @param turn in which that was done
 */
record Progress(String member, long batch, long turn) {}
