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
 * run there, and does not return. A zygote beside it forks cells, which build their walls, wait for a letter with files and
 * limits, and then return, so that the interpreter goes on as if nothing had happened. So a program sees what it would see anywhere,
 * to the last line of a traceback and the last word of a dying object; {@code LikenessTest} compares the two. Where it could
 * tell them apart, because it brings a module of a name that is loaded already or variables that are read at the start, a
 * new interpreter takes the place of the one that has waited ({@code cell/start.py}, {@code HeadStartTest}). Any other
 * program is a child of a waiting cell. {@link lyceum.sandbox.internal.Stock} keeps as many cells as were lately needed
 * at once; who finds none waits for one that is forked for him, which takes as long as a cold start of the interpreter
 * alone, or less. A cell is used once. A nursery lives for 1,000 cells or ten minutes, for its cells share the layout of
 * their memory and the seed of their hashes.
 *
 * <p>The walls: real root becomes an ordinary user; a nursery sees no more of the machine than its cells do; each cell has
 * user, process, mount, network, ipc and uts namespaces of its own, sized file systems, {@code /usr} and the tools
 * read-only, six devices, five invented files of {@code /etc}, a {@code /proc} of its processes; no capability is left and
 * none can come back; rlimits; a filter of system calls. All that is said goes through one socket between nursery and
 * service; programs have pipes. When the service dies the socket ends, the nursery kills and goes, and what it could not
 * kill dies with it, which no program can prevent. Nothing of a run is ever on a disk. The files that are brought back
 * are opened by the nursery below a directory that it was handed before the program began, and no link is followed.
 *
 * <p>Why not bubblewrap: it builds the same walls, but only where it is installed, and it cannot be asked for a cell that
 * waits. Why the interpreter's own way to its program, and not {@code exec()} in a cell: frames, {@code sys.exit},
 * recursion depth and finalization would all be imitations. Why one process that feeds all cells: a supervisor
 * for each cost 3 to 4 ms a run (SANDBOX.md C.4), sockets for each more than frames on one; and standard output must be a
 * pipe, for {@code /dev/stdout} of a socket cannot be opened. A cell makes its network, the dearest of its namespaces,
 * itself.
 *
 * <p>Why the zygote is a process of its own: after a fork the kernel copies each page that the forking process touches
 * again, and a nursery that moves frames between two forks touched 440 of them; a zygote that only forks touches 100. And
 * why it learns, from one run of a program of ours, which pages every cell touches, and has the kernel copy them at once
 * ({@code cell/pages.py}): of 550 traps into the kernel 90 are left, and a cell takes 40 % of the processor time that it
 * took before, where traps are dear (nested virtual machines). The zygote waits meanwhile: it wrote to 120 pages in that
 * time, each of which was copied for it and made every processor that it had run on forget where it lay. The busiest code
 * of the interpreter lies on large pages, whose places a fork copies ({@code cell/large.py}); both together save 10 to 14 %
 * of the processor time of a run. What cells write to lies on small pages: on large ones a run took 5 to 7 % less in a trial,
 * but for each cell the kernel would empty the lists of all processors, and all of the heap must lie in one stretch, which
 * only a private call of the interpreter could bring about.
 * {@code deploy/bench} has the figures.
 *
 * <p>A program that was waited for is the first process of its namespaces, which the kernel ends by no signal that it sends
 * itself: {@code kill(getpid(), SIGKILL)} does nothing there, and {@code abort()} ends by the wrong signal. A second
 * process between it and the nursery would cost more than a short run. So its filter has the kernel ask the nursery, before
 * a signal is sent that may reach it, and the nursery ends it as that signal would (Linux 5.7; {@code cell/signals.py}).
 * Lessons are without that: the program of a lesson was the first process of its container from the beginning, and could
 * not end itself so. What stays different: a signal that the kernel itself sends, so that {@code alarm()} and {@code
 * setitimer()} end nothing unless there is a handler; {@code pidfd_send_signal()} and {@code sigqueue()}; and
 * {@code raise()} with glibc before 2.34 or musl, which blocks all signals meanwhile.
 *
 * <p>No program has the socket of its cell. If one had it, it could say nothing that is believed: a cell says each word once
 * and in its turn ({@code cell/turns.py}), and what comes otherwise is the end of that run, and of no other. Where a program
 * is a child, its cell is counted with it by the kernel, and has room of its own in the limit of processes.
 *
 * <p>Why two ways of counting: control groups count exactly and kill only the process that asked for too much, but are
 * often not ours to write; a look at {@code /proc} every few milliseconds always works. Which one stands is told by
 * {@code inspect}. Version 2 of control groups has not been tried on a real machine yet: the project's has version 1.
 *
 * <p>Containers are another way to the same cells ({@link lyceum.sandbox.internal.ContainerCells}), on an engine of
 * Docker or Podman or in pods of Kubernetes, chosen by {@code LYCEUM_SANDBOX_BACKEND}. A container is made for one
 * task, out of the image of its language, and holds nothing but a shell that sleeps; the files go in as an archive,
 * each step is a command that is run in it, files come back as an archive, and it is removed. Some wait in advance,
 * of the kinds that were asked for lately. Before the first run one of them is looked at from inside ({@code
 * container/proof.sh}), and where a wall is missing nothing is run. What the two have apart is how one asks for a
 * container and how one talks to a command in it; the talk ends the input of a program by a piece of length 0,
 * because an engine can be told so only by half a connection, which Vert.x does not have, and Kubernetes only since
 * 1.30.
 *
 * <p>What stands differently there: a program of elicast finds itself in {@code /w}, for the root is read-only; it is
 * not the first process, and has user 1536; that it was refused a process is not told; what it leaves when it is
 * killed is not brought back; arguments and environment of a pod are part of a URL, and have 512 KiB together.
 * Commands are found by name in the image, so that what is installed on this machine says nothing of them.
 *
 * <p>An engine must be ours alone, or rootless: who may ask it is root on its machine. Podman is asked by the API of
 * Docker ({@code podman system service}); it takes the OCI runtime from its own configuration only. Images are pulled
 * by the operator.
 *
 * <p>A cluster must have, and only its operator can give it:
 *
 * <ul>
 *   <li>a namespace for these pods alone, best with the "restricted" level of Pod Security and a ResourceQuota;
 *   <li>a NetworkPolicy there with an empty {@code podSelector}, {@code policyTypes} Ingress and Egress and no rule, which
 *       closes DNS too, and a network plugin that enforces it. The proof tries the API server and the address where clouds
 *       tell about machines, and refuses a cluster in which one answers;
 *   <li>a RuntimeClass whose handler is gVisor's {@code runsc}. Without it a program shares the kernel of the node, and its
 *       processes are counted by the kubelet only ({@code podPidsLimit});
 *   <li>a service account for us that may create, get, list and delete {@code pods}, and get and create {@code pods/exec},
 *       in that namespace and nowhere else. The pods themselves have none.
 * </ul>
 *
 * <p>The pool is ours and not that of kubernetes-sigs/agent-sandbox, because a SandboxTemplate has one size and a
 * task has its own limits. Who has its controller can let a SandboxWarmPool make the pods all the same: a template
 * with the pod that {@link lyceum.sandbox.internal.PodRecipe} makes, a SandboxClaim for each task instead of a pod,
 * and the rest as it is. That would be another {@link lyceum.sandbox.internal.Containers}.
 *
 * <p>Neither could be run on the project's machine. They are tested against stand-ins of both HTTP APIs, written
 * after the documentation and the sources of moby, podman, containerd, kubernetes/apiserver and gVisor as they were
 * in the summer of 2026, in which the commands really run; the scripts were tried with dash, bash and BusyBox.
 */
package lyceum.sandbox.internal;
