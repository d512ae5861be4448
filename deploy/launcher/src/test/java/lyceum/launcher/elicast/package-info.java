/**
 * The running suite against what the old elicast server really answered: each file of {@code /elicast} on the class path
 * (its README.md says what they hold) is one scenario on its own suite and its own fresh database.
 *
 * <p>Three voices say what is right, in this order: {@link lyceum.launcher.elicast.Decisions} (contract, section 13, and
 * what depends on the interpreter), a step's {@code new_server}, the recorded answer.
 *
 * <p>Why ids are translated: the old server took some lessons and answers that ours refuses, so from there on its numbers
 * run ahead. {@link lyceum.launcher.elicast.RecordedIds} still demands that ours count by one from one.
 */
package lyceum.launcher.elicast;
