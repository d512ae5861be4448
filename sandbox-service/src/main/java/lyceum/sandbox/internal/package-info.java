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
