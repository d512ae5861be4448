/**
 * Classes that react together: the HTTP routes of the social contract, and sockets, which say what becomes acts of
 * social-service, and are shown what came of those.
 *
 * <p>{@link lyceum.gateway.social.SocialDoor} lets sockets in. This gateway is one member of social-service for all of them;
 * each class has an {@link lyceum.gateway.social.Outbox} for what its sockets do, and a
 * {@link lyceum.gateway.social.TurnFollower} that hands on what everybody is to see, in one order, each turn once.
 *
 * <p>Why sockets of this gateway wait for the turn as all others do, and are shown nothing when they say it: then there is
 * one order for everybody, and what somebody has seen is on the disk.
 *
 * <p>All of it lives on the event loop of the gateway.
 */
package lyceum.gateway.social;
