/**
 * How a program is kept. {@link lyceum.sandbox.internal.Runs} decides which run begins and which waits;
 * {@link lyceum.sandbox.internal.Execution} is one run; it takes a {@link lyceum.sandbox.internal.Cell} (the walls), a
 * {@link lyceum.sandbox.internal.Meter} (what it uses, all its processes together) and a
 * {@link lyceum.sandbox.internal.Transcript} (what it writes). {@link lyceum.sandbox.internal.GroundSearch} finds out at
 * start, by trying, which interpreter and which way of counting work here. Whatever starts cells in another way (in
 * advance, say) is another {@link lyceum.sandbox.internal.Cells}, and nothing else changes.
 *
 * <p>The walls, all in {@code cell/*.py}: a keeper, root for no longer than it needs to become an ordinary user, clones the
 * program into user, mount, pid, net, ipc and uts namespaces of its own; a new root on a sized tmpfs holds {@code /usr} and
 * the interpreter, read-only, five devices, five invented files of {@code /etc}, a {@code /proc} of its processes; no
 * capability is left and none can come back; rlimits; a filter of system calls. The keeper dies when its pipe from us
 * ends, and the program dies with its keeper, which it cannot prevent: after {@code kill -9} of the service nothing lives.
 * For the same reason it does not matter which thread starts a keeper. Nothing of a run is ever on a disk, and no path
 * that a program could have made is ever opened from outside.
 *
 * <p>Why not bubblewrap: it builds the same walls, but only where it is installed, and it cannot be asked for a cell that
 * waits. One mechanism that works everywhere is less to trust than two. It costs a second start of Python, until cells
 * are forked in advance; {@code print("hello")}, median of 70 taking turns on the project's machine (2 cores, busy):
 *
 * <pre>
 *                                  wall ms   cpu ms
 *   python3 -u, no walls               7.5      7.2
 *   bubblewrap, all of SANDBOX.md B.1 11.9     11.5
 *   keeper and cell                   17.4     17.0
 * </pre>
 *
 * <p>Why two ways of counting: control groups count exactly and kill only the process that asked for too much, but are
 * often not ours to write; a look at {@code /proc} every few milliseconds always works. Which one stands is told by
 * {@code inspect}. Version 2 of control groups has not been tried on a real machine yet: the project's has version 1.
 */
package lyceum.sandbox.internal;
