"""What the program may do: as whom, how much, and which system calls."""

import ctypes
import os
import resource

import _signal as signal

from kernel import (
    AMBIENT_CAPABILITIES,
    CAPSET,
    CLOSE_RANGE,
    DROP_FROM_BOUNDING_SET,
    LIBC,
    NEW_IPC,
    NEW_MOUNTS,
    NEW_NAME,
    NEW_NETWORK,
    SECCOMP,
    SET_DUMPABLE,
    SET_NAME,
    SET_NO_NEW_PRIVILEGES,
    SET_PARENT_DEATH_SIGNAL,
    SET_SECCOMP,
    call,
)

OPEN_FILES = 256
STACK_BYTES = 8 << 20
CLEAR_ALL, FILTER_MODE, CAPABILITIES_VERSION_3 = 4, 2, 0x20080522
SET_FILTER, WITH_LISTENER, SINCE_LINUX_5_7 = 1, 8, 16  # the last of them changes nothing else (TSYNC_ESRCH)
GET_AND_SET_FLAGS, INTERFACE_UP = 0x8914, 1


class Program(ctypes.Structure):
    """struct sock_fprog"""

    _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_void_p)]


FILTERS = {}
PLAIN, ASKING = "system-calls.bpf", "system-calls-asking.bpf"


def close_others(descriptors):
    """Closes all but those and the standard ones."""
    last = 2
    for descriptor in sorted(descriptors):
        close_between(last + 1, descriptor - 1)
        last = descriptor
    close_between(last + 1, 0xFFFFFFFF)


def close_between(first, last):
    if first > last:
        return
    try:
        call(CLOSE_RANGE, first, last, 0)
    except OSError:
        os.closerange(first, min(last, 4096) + 1)  # before Linux 5.9


def settle():
    """Makes a new process one that is nobody's but its nursery's."""
    die_with_parent()
    os.setsid()
    call_self("cell")
    call("unshare", NEW_MOUNTS | NEW_NETWORK | NEW_IPC | NEW_NAME)
    map_user(0, 0)
    name_host()
    bound_privileges()
    call("prctl", SET_DUMPABLE, 0, 0, 0, 0)


def die_with_parent():
    call("prctl", SET_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)


def map_user(uid, gid):
    """Makes a user, who is nobody special outside, user 0 inside."""
    for name, text in ((b"setgroups", b"deny"), (b"uid_map", b"0 %d 1" % uid), (b"gid_map", b"0 %d 1" % gid)):
        file = os.open(b"/proc/self/" + name, os.O_WRONLY)
        os.write(file, text)
        os.close(file)


def call_self(name):
    """So that ps tells who waits and who runs."""
    call("prctl", SET_NAME, name.encode() + b"\0", 0, 0, 0)


def show(program):
    """Gives a program its own name and its own files of /proc: it is ours no longer."""
    call_self(os.path.basename(program))
    call("prctl", SET_DUMPABLE, 1, 0, 0, 0)


def name_host():
    """A name, and a loopback that is up as everywhere; there is no other network."""
    call("sethostname", b"sandbox", 7)
    descriptor = call("socket", 2, 2, 0)
    request = ctypes.create_string_buffer(b"lo".ljust(16, b"\0") + INTERFACE_UP.to_bytes(2, "little"), 40)
    call("ioctl", descriptor, GET_AND_SET_FLAGS, request)
    os.close(descriptor)


def reset_signals():
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_DFL)
    signal.set_wakeup_fd(-1)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])


def bound_privileges():
    """No capability can come back, once it is dropped, by whatever is executed. Those that we have we keep, to build."""
    capability = 0
    while LIBC.prctl(DROP_FROM_BOUNDING_SET, capability, 0, 0, 0) == 0:
        capability += 1  # until behind the last one that this kernel knows


def drop_privileges():
    """No capability is left."""
    call("prctl", AMBIENT_CAPABILITIES, CLEAR_ALL, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(CAPABILITIES_VERSION_3, 0)
    none = (ctypes.c_uint32 * 6)()
    call(CAPSET, ctypes.addressof(header), ctypes.addressof(none))
    call("prctl", SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    # After the change of capabilities, which clears it. The filter keeps the program from clearing it.
    die_with_parent()


def limit(step, file_bytes):
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_CPU: step["cpu_seconds"],
        resource.RLIMIT_FSIZE: file_bytes,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_STACK: STACK_BYTES,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_AS: step["address_bytes"] or resource.RLIM_INFINITY,
        resource.RLIMIT_NPROC: step["processes"],
    }
    for name, value in limits.items():
        most = resource.getrlimit(name)[1]
        value = value if most == resource.RLIM_INFINITY or 0 <= value < most else most
        resource.setrlimit(name, (value, value))


def read_filters(directory):
    """Before there are programs: a cell does not see the files."""
    for name in (PLAIN, ASKING):
        with open(directory + "/" + name, "rb") as file:
            code = ctypes.create_string_buffer(file.read())
        FILTERS[name] = code, Program((len(code) - 1) // 8, ctypes.addressof(code))


def load_filter():
    call("prctl", SET_SECCOMP, FILTER_MODE, ctypes.addressof(FILTERS[PLAIN][1]), 0, 0)


def load_asking_filter():
    """Returns where the kernel asks (signals.py), in a list; which is empty where it cannot, and the filter a plain one."""
    try:
        flags = WITH_LISTENER | SINCE_LINUX_5_7
        return [call(SECCOMP, SET_FILTER, flags, ctypes.addressof(FILTERS[ASKING][1]))]
    except OSError:
        load_filter()  # an old kernel, or somebody outside of us is asked already
        return []
