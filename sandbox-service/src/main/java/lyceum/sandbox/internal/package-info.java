/**
 * How a program is kept. {@link lyceum.sandbox.internal.Sandbox} is the service: {@link lyceum.sandbox.internal.Runs}
 * decides which run begins and which waits, {@link lyceum.sandbox.internal.Sessions} lets somebody talk to one,
 * {@link lyceum.sandbox.internal.Backlog} keeps those that are fetched later. A run becomes a
 * {@link lyceum.sandbox.internal.Task} by its language ({@link lyceum.sandbox.internal.LanguageCatalog}), and an
 * {@link lyceum.sandbox.internal.Execution} takes it through a {@link lyceum.sandbox.internal.Cell}: its steps, its wall
 * clock, its output. Where cells come from is {@link lyceum.sandbox.internal.Cells}, and nothing else knows: this machine
 * ({@link lyceum.sandbox.internal.HostCells}), an engine of containers, or pods.
 *
 * <p><b>Cells of this machine.</b> A nursery ({@code cell/*.py}) is the very command that a run would start,
 * {@code python3 -u /codefile.py}, stopped between the start of the interpreter and its program: {@code sitecustomize} is
 * run there, and does not return. It forks cells, which build their walls, wait for a letter with files and limits, and
 * then return, so that the interpreter goes on as if nothing had happened. So a program sees what it would see anywhere,
 * to the last line of a traceback and the last word of a dying object; {@code LikenessTest} compares the two. Any other
 * program is a child of a waiting cell. {@link lyceum.sandbox.internal.Stock} keeps as many cells as were lately needed
 * at once; who finds none waits for one that is forked for him, which takes as long as a cold start of the interpreter
 * alone, or less. A cell is used once. A nursery lives for 1,000 cells or ten minutes, for its cells share the layout of
 * their memory and the seed of their hashes.
 *
 * <p>The walls: real root becomes an ordinary user; a nursery sees no more of the machine than its cells do; each cell has
 * user, process, mount, network, ipc and uts namespaces of its own, sized file systems, {@code /usr} and the tools
 * read-only, five devices, five invented files of {@code /etc}, a {@code /proc} of its processes; no capability is left and
 * none can come back; rlimits; a filter of system calls. All that is said goes through one socket between nursery and
 * service; programs have pipes. When the service dies the socket ends, the nursery kills and goes, and what it could not
 * kill dies with it, which no program can prevent. Nothing of a run is ever on a disk. The files that are brought back
 * are opened by the nursery below a directory that it was handed before the program began, and no link is followed.
 *
 * <p>Why not bubblewrap: it builds the same walls, but only where it is installed, and it cannot be asked for a cell that
 * waits. Why the interpreter's own way to its program, and not {@code exec()} in a cell: frames, {@code sys.exit},
 * recursion depth and finalization would all be imitations. Why one process that forks and feeds all cells: a supervisor
 * for each cost 3 to 4 ms a run (SANDBOX.md C.4), sockets for each more than frames on one; and standard output must be a
 * pipe, for {@code /dev/stdout} of a socket cannot be opened. What it costs is that the nursery is one thread: it forks in
 * about 0.8 ms and moves output at memory speed; a cell makes its network, the dearest of its namespaces, itself.
 * {@code deploy/bench} has the figures.
 *
 * <p>Why two ways of counting: control groups count exactly and kill only the process that asked for too much, but are
 * often not ours to write; a look at {@code /proc} every few milliseconds always works. Which one stands is told by
 * {@code inspect}. Version 2 of control groups has not been tried on a real machine yet: the project's has version 1.
 */
package lyceum.sandbox.internal;
