/**
 * How the grading service does it: {@link lyceum.grading.internal.GradingVerticle} puts the parts together.
 *
 * <p>Envelopes are opened with the AES of the JDK, not with Bouncy Castle's as the issue had it: the one uses the
 * processor's own instructions, the other is Java. {@code deploy/bench/run grading} found 125 MB/s for Bouncy Castle's
 * CBC and 9,000 for the JDK's (2026-11-28), which {@code AES/CBC/NoPadding} takes as leniently, since padding is cut by
 * hand either way. Bouncy Castle derives the keys of runners (HKDF), which the JDK cannot before 24.
 */
package lyceum.grading.internal;
