package lyceum.sandbox.internal;

/** Where programs are kept. */
public enum Backend {
    /** In cells of our own making, on this machine. */
    PROCESS,
    /** In containers of a Docker or Podman engine. */
    ENGINE,
    /** In pods of a Kubernetes cluster. */
    KUBERNETES
}
