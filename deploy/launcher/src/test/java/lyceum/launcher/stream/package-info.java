/**
 * The running suite against what the old server of streams really answered: each file of {@code /stream} on the class path
 * is replayed on its own suite and its own fresh stores, its cases in their order; {@code index.json} says how to read them.
 *
 * <p>Two voices say what is right, in this order: {@link lyceum.launcher.stream.Decisions} (contract, section 8, or the
 * {@code fix} of a case), then the record. What is not replayed yet stands in {@link lyceum.launcher.stream.LeftOut}.
 *
 * <p>Why decisions change a case and do not replace its check: so every case, also one that the old server got wrong, says
 * in the form of the record what must happen, and is checked by the same code.
 */
package lyceum.launcher.stream;
