package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import lyceum.sandbox.internal.SeccompFilter.Architecture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs the filter as the kernel would. */
class SeccompFilterTest {

    private static final int ALLOW = 0x7FFF0000;
    private static final int ASK = 0x7FC00000;
    private static final int KILL = 0x80000000;
    private static final int ERROR = 0x00050000;

    @ParameterizedTest
    @CsvSource({
        "X86_64, 0, 0, 0", // read
        "X86_64, 59, 0, 0", // execve
        "X86_64, 101, 0, 1", // ptrace
        "X86_64, 165, 0, 1", // mount
        "X86_64, 203, 0, 1", // sched_setaffinity, the last of the table
        "X86_64, 425, 0, 38", // io_uring_setup
        "X86_64, 435, 0, 38", // clone3
        "X86_64, 451, 0, 0", // cachestat
        "X86_64, 452, 0, 38", // newer than the list
        "X86_64, 56, 0x11, 0", // clone as fork
        "X86_64, 56, 0x3D0F00, 0", // clone as a thread
        "X86_64, 56, 0x10000011, 1", // clone with a new user namespace
        "X86_64, 56, 0x20011, 1", // clone with new mounts
        "X86_64, 41, 1, 0", // socket of AF_UNIX
        "X86_64, 41, 2, 0", // AF_INET
        "X86_64, 41, 10, 0", // AF_INET6
        "X86_64, 41, 16, 97", // AF_NETLINK
        "X86_64, 41, 40, 97", // AF_VSOCK
        "X86_64, 53, 40, 97", // socketpair
        "X86_64, 157, 1, 1", // prctl PR_SET_PDEATHSIG
        "X86_64, 157, 15, 0", // prctl PR_SET_NAME
        "X86_64, 302, 0, 0", // prlimit64 of the process itself
        "X86_64, 302, 1, 1", // of its keeper
        "X86_64, 206, 0, 38", // io_setup
        "AARCH64, 63, 0, 0", // read
        "AARCH64, 117, 0, 1", // ptrace
        "AARCH64, 101, 0, 0", // nanosleep
        "AARCH64, 220, 0x10000011, 1", // clone
        "AARCH64, 198, 40, 97", // socket
        "AARCH64, 198, 2, 0",
        "AARCH64, 261, 0, 0", // prlimit64
        "AARCH64, 261, 1, 1",
        "AARCH64, 0, 1, 38", // io_setup
        "AARCH64, 167, 1, 1" // prctl
    })
    void answersACall(Architecture architecture, int number, String argument, int error) {
        int answer = answer(architecture, auditOf(architecture), number, Long.decode(argument));

        assertThat(answer).isEqualTo(error == 0 ? ALLOW : ERROR | error);
    }

    @ParameterizedTest
    @EnumSource(Architecture.class)
    void killsForAForeignCallingConvention(Architecture architecture) {
        int i386 = 0x40000003;

        assertThat(answer(architecture, i386, 0, 0)).isEqualTo(KILL);
        assertThat(answer(architecture, auditOf(architecture), 0x40000000, 0)).isEqualTo(KILL);
    }

    @ParameterizedTest
    @CsvSource({
        "X86_64, 62, 1, 9, 0, true", // kill of the first process
        "X86_64, 62, 0, 15, 0, true", // of the group
        "X86_64, 62, -1, 64, 0, true", // of all
        "X86_64, 62, 2, 9, 0, false", // of a child
        "X86_64, 62, -2, 9, 0, false", // of another group
        "X86_64, 62, 1, 0, 0, false", // no signal
        "X86_64, 62, 1, 16, 0, true", // SIGSTKFLT
        "X86_64, 62, 1, 17, 0, false", // SIGCHLD
        "X86_64, 62, 1, 19, 0, false", // SIGSTOP
        "X86_64, 62, 1, 23, 0, false", // SIGURG
        "X86_64, 62, 1, 24, 0, true", // SIGXCPU
        "X86_64, 62, 1, 28, 0, false", // SIGWINCH
        "X86_64, 200, 7, 9, 0, true", // tkill
        "X86_64, 200, 7, 17, 0, false",
        "X86_64, 234, 1, 1, 6, true", // tgkill
        "X86_64, 234, 1, 6, 17, false",
        "X86_64, 234, 2, 2, 6, false",
        "X86_64, 157, 62, 9, 0, false", // prctl with the number of kill
        "AARCH64, 129, 1, 9, 0, true",
        "AARCH64, 130, 7, 9, 0, true",
        "AARCH64, 131, 1, 1, 6, true"
    })
    void asksAboutSignalsThatMayReachTheFirstProcess(
            Architecture architecture, int number, long first, long second, long third, boolean isAsked) {
        int audit = auditOf(architecture);

        assertThat(answer(SeccompFilter.askingCode(architecture), audit, number, first, second, third))
                .isEqualTo(isAsked ? ASK : ALLOW);
        assertThat(answer(SeccompFilter.code(architecture), audit, number, first, second, third))
                .isEqualTo(ALLOW);
    }

    @ParameterizedTest
    @EnumSource(Architecture.class)
    void refusesTheSameWhetherItAsksOrNot(Architecture architecture) {
        for (int number = 0; number < 500; number++) {
            for (long argument : new long[] {0, 1, 40, 0x10000011}) {
                int audit = auditOf(architecture);
                int asking = answer(SeccompFilter.askingCode(architecture), audit, number, argument, 0, 0);
                assertThat(asking).isEqualTo(answer(architecture, audit, number, argument));
            }
        }
    }

    private static int auditOf(Architecture architecture) {
        return architecture == Architecture.X86_64 ? 0xC000003E : 0xC00000B7;
    }

    private static int answer(Architecture architecture, int audit, int number, long argument) {
        return answer(SeccompFilter.code(architecture), audit, number, argument, 0, 0);
    }

    private static int answer(byte[] filter, int audit, int number, long first, long second, long third) {
        ByteBuffer data = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        data.putInt(0, number)
                .putInt(4, audit)
                .putLong(16, first)
                .putLong(24, second)
                .putLong(32, third);
        ByteBuffer code = ByteBuffer.wrap(filter).order(ByteOrder.LITTLE_ENDIAN);
        int accumulator = 0;
        for (int at = 0; ; at++) {
            int operation = code.getShort(at * 8);
            int value = code.getInt(at * 8 + 4);
            if (operation == 0x06) {
                return value;
            }
            if (operation == 0x20) {
                accumulator = data.getInt(value);
            } else {
                at += code.get(at * 8 + (jumps(operation, accumulator, value) ? 2 : 3)) & 0xFF;
            }
        }
    }

    private static boolean jumps(int operation, int accumulator, int value) {
        return switch (operation) {
            case 0x15 -> accumulator == value;
            case 0x25 -> Integer.compareUnsigned(accumulator, value) > 0;
            case 0x35 -> Integer.compareUnsigned(accumulator, value) >= 0;
            case 0x45 -> (accumulator & value) != 0;
            default -> throw new IllegalArgumentException("operation " + operation);
        };
    }
}
