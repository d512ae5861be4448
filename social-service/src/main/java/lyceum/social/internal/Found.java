package lyceum.social.internal;

import java.util.Collection;

/**
 * What there is of a class while its row is locked.
 *
 * @param members those that live, of those that were asked for
 * @param sessions those that act, and all of the members that leave, in the order of connection
 */
record Found(Counts counts, Collection<Progress> members, Collection<Session> sessions) {}
