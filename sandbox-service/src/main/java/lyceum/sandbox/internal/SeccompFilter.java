package lyceum.sandbox.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * The kernel's list of what a program may not ask for, as a classic BPF program over {@code struct seccomp_data}
 * (Documentation/userspace-api/seccomp_filter.rst): it kills for a foreign calling convention, refuses the calls of
 * {@code system-calls.txt} and some arguments of five more, says "no such call" to what is newer than this list, and
 * allows the rest. One of its two forms has the kernel ask the nursery about signals that may reach the first process
 * ({@code cell/signals.py}).
 */
final class SeccompFilter {

    /** How a processor calls the kernel: AUDIT_ARCH_* of linux/audit.h, column of the table, eight numbers. */
    enum Architecture {
        X86_64(0xC000003E, 1, 56, 41, 53, 157, 302, 62, 200, 234),
        AARCH64(0xC00000B7, 2, 220, 198, 199, 167, 261, 129, 130, 131);

        private final int audit;
        private final int column;
        private final int clone;
        private final int socket;
        private final int socketPair;
        private final int prctl;
        private final int prlimit;
        private final int kill;
        private final int threadKill;
        private final int threadGroupKill;

        Architecture(
                int audit,
                int column,
                int clone,
                int socket,
                int socketPair,
                int prctl,
                int prlimit,
                int kill,
                int threadKill,
                int threadGroupKill) {
            this.audit = audit;
            this.column = column;
            this.clone = clone;
            this.socket = socket;
            this.socketPair = socketPair;
            this.prctl = prctl;
            this.prlimit = prlimit;
            this.kill = kill;
            this.threadKill = threadKill;
            this.threadGroupKill = threadGroupKill;
        }

        /** @return that of this machine */
        static Architecture here() {
            String name = System.getProperty("os.arch");
            return switch (name) {
                case "amd64", "x86_64" -> X86_64;
                case "aarch64" -> AARCH64;
                default -> throw new IllegalStateException("no list of system calls for " + name);
            };
        }
    }

    private static final int LOAD = 0x20;
    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int JUMP_IF_ABOVE = 0x25;
    private static final int JUMP_IF_AT_LEAST = 0x35;
    private static final int JUMP_IF_ANY_BIT = 0x45;
    private static final int RETURN = 0x06;

    private static final int ALLOW = 0x7FFF0000;
    private static final int ASK = 0x7FC00000;
    private static final int KILL = 0x80000000;
    private static final int ERROR = 0x00050000;
    private static final int EPERM = 1;
    private static final int ENOSYS = 38;
    private static final int EAFNOSUPPORT = 97;

    private static final int NUMBER_OFFSET = 0;
    private static final int ARCHITECTURE_OFFSET = 4;
    private static final int FIRST_ARGUMENT_OFFSET = 16; // its lower half, on little-endian machines
    private static final int SECOND_ARGUMENT_OFFSET = 24;
    private static final int THIRD_ARGUMENT_OFFSET = 32;

    private static final int X32_BIT = 0x40000000;
    /** cachestat, Linux 6.5: the last call that was weighed for this list. */
    private static final int LAST_KNOWN = 451;
    /** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. */
    private static final int NEW_NAMESPACES = 0x7E020000;

    private static final List<Integer> UNIX_INET_INET6 = List.of(1, 2, 10);
    private static final int SET_PARENT_DEATH_SIGNAL = 1;
    /** How a process names itself to prlimit64, as C libraries do for getrlimit and setrlimit. */
    private static final int SELF = 0;

    /** From SIGCHLD to SIGURG, and SIGWINCH: by default they end nothing (signal(7)). 0 is no signal. */
    private static final int FIRST_HARMLESS = 17;

    private static final int LAST_HARMLESS = 23;
    private static final int WINDOW_CHANGE = 28;
    /** Whom kill(2) may mean by that: the group of the caller, the first process, everybody. */
    private static final List<Integer> FIRST_OR_MANY = List.of(0, 1, -1);

    private final Architecture architecture;
    private final boolean isAsking;
    private final ByteArrayOutputStream code = new ByteArrayOutputStream();

    private SeccompFilter(Architecture architecture, boolean isAsking) {
        this.architecture = architecture;
        this.isAsking = isAsking;
    }

    /** @return the program, 8 bytes an instruction */
    static byte[] code(Architecture architecture) {
        return new SeccompFilter(architecture, false).build();
    }

    /** @return the same, with questions about signals: to be loaded where somebody answers (seccomp_unotify(2)) */
    static byte[] askingCode(Architecture architecture) {
        return new SeccompFilter(architecture, true).build();
    }

    /** @return the program for this machine, in hexadecimal digits */
    static String text() {
        return HexFormat.of().formatHex(code(Architecture.here()));
    }

    private byte[] build() {
        add(LOAD, 0, 0, ARCHITECTURE_OFFSET);
        add(JUMP_IF_EQUAL, 1, 0, architecture.audit);
        add(RETURN, 0, 0, KILL);
        add(LOAD, 0, 0, NUMBER_OFFSET);
        add(JUMP_IF_AT_LEAST, 0, 1, X32_BIT);
        add(RETURN, 0, 0, KILL);
        add(JUMP_IF_ABOVE, 0, 1, LAST_KNOWN);
        add(RETURN, 0, 0, ERROR | ENOSYS);
        table().forEach(this::refuse);
        if (isAsking) {
            askAboutSignals(architecture.kill, SECOND_ARGUMENT_OFFSET, FIRST_OR_MANY);
            askAboutSignals(architecture.threadKill, SECOND_ARGUMENT_OFFSET, List.of());
            askAboutSignals(architecture.threadGroupKill, THIRD_ARGUMENT_OFFSET, List.of(1));
        }
        refuseNewNamespaces();
        refuseOtherFamilies(architecture.socket);
        refuseOtherFamilies(architecture.socketPair);
        refuseLimitsOfOthers();
        refuseEndOfBond();
        add(RETURN, 0, 0, ALLOW);
        return code.toByteArray();
    }

    private static List<String[]> table() {
        try (InputStream file = SeccompFilter.class.getResourceAsStream("system-calls.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(" +"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void refuse(String[] row) {
        String number = row[architecture.column];
        if (!"-".equals(number)) {
            add(JUMP_IF_EQUAL, 0, 1, Integer.parseInt(number));
            add(RETURN, 0, 0, ERROR | ("ENOSYS".equals(row[3]) ? ENOSYS : EPERM));
        }
    }

    /**
     * The kernel keeps from the first process of a namespace what would end any other.
     *
     * @param targets values of the first argument by which that may be meant; none for all
     */
    private void askAboutSignals(int call, int signalOffset, List<Integer> targets) {
        int checks = Math.max(1, targets.size());
        add(JUMP_IF_EQUAL, 0, checks + 8, call);
        add(LOAD, 0, 0, signalOffset);
        add(JUMP_IF_EQUAL, checks + 4, 0, 0);
        add(JUMP_IF_EQUAL, checks + 3, 0, WINDOW_CHANGE);
        add(JUMP_IF_ABOVE, 1, 0, LAST_HARMLESS);
        add(JUMP_IF_AT_LEAST, checks + 1, 0, FIRST_HARMLESS);
        add(LOAD, 0, 0, FIRST_ARGUMENT_OFFSET);
        for (int i = 0; i < targets.size(); i++) {
            add(JUMP_IF_EQUAL, checks - i, 0, targets.get(i));
        }
        if (targets.isEmpty()) {
            add(JUMP_IF_AT_LEAST, checks, 0, 0);
        }
        add(RETURN, 0, 0, ALLOW);
        add(RETURN, 0, 0, ASK);
    }

    private void refuseNewNamespaces() {
        add(JUMP_IF_EQUAL, 0, 4, architecture.clone);
        add(LOAD, 0, 0, FIRST_ARGUMENT_OFFSET);
        add(JUMP_IF_ANY_BIT, 0, 1, NEW_NAMESPACES);
        add(RETURN, 0, 0, ERROR | EPERM);
        add(RETURN, 0, 0, ALLOW);
    }

    /** Some families know no network namespace (AF_VSOCK), and most are only ever used to attack the kernel. */
    private void refuseOtherFamilies(int call) {
        int families = UNIX_INET_INET6.size();
        add(JUMP_IF_EQUAL, 0, families + 3, call);
        add(LOAD, 0, 0, FIRST_ARGUMENT_OFFSET);
        for (int i = 0; i < families; i++) {
            add(JUMP_IF_EQUAL, families - i, 0, UNIX_INET_INET6.get(i));
        }
        add(RETURN, 0, 0, ERROR | EAFNOSUPPORT);
        add(RETURN, 0, 0, ALLOW);
    }

    /** Its keeper is of the same user, and cannot do its work without a descriptor. */
    private void refuseLimitsOfOthers() {
        add(JUMP_IF_EQUAL, 0, 4, architecture.prlimit);
        add(LOAD, 0, 0, FIRST_ARGUMENT_OFFSET);
        add(JUMP_IF_EQUAL, 1, 0, SELF);
        add(RETURN, 0, 0, ERROR | EPERM);
        add(RETURN, 0, 0, ALLOW);
    }

    /** The program dies with its keeper, and cannot ask the kernel to forget that. */
    private void refuseEndOfBond() {
        add(JUMP_IF_EQUAL, 0, 3, architecture.prctl);
        add(LOAD, 0, 0, FIRST_ARGUMENT_OFFSET);
        add(JUMP_IF_EQUAL, 0, 1, SET_PARENT_DEATH_SIGNAL);
        add(RETURN, 0, 0, ERROR | EPERM);
    }

    private void add(int operation, int ifTrue, int ifFalse, int value) {
        ByteBuffer instruction = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        instruction
                .putShort((short) operation)
                .put((byte) ifTrue)
                .put((byte) ifFalse)
                .putInt(value);
        code.writeBytes(instruction.array());
    }
}
