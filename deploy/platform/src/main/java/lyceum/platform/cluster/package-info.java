/**
 * How several processes become one Lyceum: {@link lyceum.platform.cluster.Cluster} joins them,
 * {@link lyceum.platform.cluster.ClusterConfig} says where they are, and {@link lyceum.platform.cluster.ClusterSecret} what
 * they know each other by.
 *
 * <p>There are two planes. On the bus goes everything that services say: TLS 1.3, both sides with the key that is derived
 * from the secret. On Hazelcast's connections goes who is a member, and who listens to which address: each connection
 * begins with a challenge and its answer, and is plain after it, because Hazelcast has TLS in its paid edition only. So a
 * stranger can neither join nor speak; who can read the wire learns the names of addresses, and who can change it can
 * misdirect messages, but not read them: whom they are sent to must have the key.
 *
 * <p>{@code MemberContext} is what Hazelcast's configuration has no words for: the challenge, and joiners that are connected
 * before they speak. With a list of addresses and with DNS alike a member joins in a fifth of a second instead of one or two.
 *
 * <p>What it costs to encrypt: questions and answers of 1 KiB between two nodes of one machine, on two cores that did other work
 * (2026-11-29, the last two of four rounds): one at a time 11,418/s and 7,873/s in plain text, 9,054/s and 6,204/s with TLS;
 * 32 at a time 26,810/s and 36,362/s, and 19,669/s and 26,390/s. So a fifth to a quarter.
 *
 * <p>Why not certificates of an authority: they must be made, handed out, renewed and revoked, for processes that all have
 * the same rights. Why one secret: it is set where the others are, and changed by a restart of all processes.
 */
package lyceum.platform.cluster;
