/**
 * Who users are and what they may be here: names, passwords, roles. The gateway asks for them when it issues a token, and
 * when an administrator changes them; a token then stands for itself, so nothing of this is asked while a class runs.
 *
 * <p>Why a service of its own: logging in must not depend on the service of another domain, and checking a password is
 * meant to cost 20 MiB and tens of milliseconds, so it is scaled, and kept from slowing others, by itself.
 *
 * <p>Passwords are hashed with Argon2id (RFC 9106) under the parameters that OWASP's Password Storage Cheat Sheet
 * recommends; they stand in each hash, and a hash of other parameters is replaced when its owner logs in. A name that
 * nobody has costs as much time as a wrong password.
 *
 * <p>Why failed logins are counted by name in the database: neither a restart nor another instance forgets them. Each row
 * has cost a hash, so they cannot be more than the processors of a window allow.
 *
 * <p>Why revocations: tokens live for 30 days, as in the original of the stream contract, and say themselves what their
 * owner may do. Whoever is removed, disabled, given other roles or another password would otherwise keep them. Each change of an
 * account takes a greater number than the one before, a login tells the number it has read together with the account, and the
 * token keeps it: so one that was read before a change is void although it is issued later, whatever clocks say.
 *
 * <p>Passwords cross the event bus between two nodes, as lessons and programs do: it is encrypted where the cluster has a
 * secret; without one its network must be closed to others.
 */
package lyceum.account;
