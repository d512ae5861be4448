"""System calls that Python has no name for. Numbers are those of the kernel's uapi headers."""

import ctypes
import os

LIBC = ctypes.PyDLL(None, use_errno=True)
CLONE, PIVOT_ROOT, CAPSET, GETTID, SIGTIMEDWAIT, SECCOMP = (
    (56, 155, 126, 186, 128, 317) if os.uname().machine == "x86_64" else (220, 41, 91, 178, 137, 277)
)
KILL, THREAD_KILL, THREAD_GROUP_KILL = (62, 200, 234) if os.uname().machine == "x86_64" else (129, 130, 131)
CLOSE_RANGE, PROCESS_MADVISE, MOUNT_SETATTR = 436, 440, 442

NEW_MOUNTS, NEW_USER = 0x00020000, 0x10000000
NEW_PROCESSES, NEW_NETWORK, NEW_IPC, NEW_NAME = 0x20000000, 0x40000000, 0x08000000, 0x04000000
SET_CHILD_TID, SAME_PARENT = 0x01000000, 0x00008000

SET_PARENT_DEATH_SIGNAL, SET_DUMPABLE, SET_NAME, SET_SECCOMP = 1, 4, 15, 22
DROP_FROM_BOUNDING_SET, SET_NO_NEW_PRIVILEGES, AMBIENT_CAPABILITIES = 24, 38, 47


def call(name, *arguments):
    """A function of libc or, where name is a number, a system call. Raises OSError that says which."""
    wide = [ctypes.c_ulong(a) if isinstance(a, int) else a for a in arguments]
    if isinstance(name, int):
        result = LIBC.syscall(ctypes.c_long(name), *wide)
    else:
        result = getattr(LIBC, name)(*wide)
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, "%s: %s" % (name, os.strerror(number)))
    return result


def thread_id_place():
    """Where the C library remembers the id of this thread: its own fork corrects that in the child, a bare clone must.

    It lies in the block that pthread_self points to, at an offset that no header tells; 0 where it is not found.
    """
    LIBC.pthread_self.restype = ctypes.c_ulong
    block, own = LIBC.pthread_self(), call(GETTID)
    places = [block + at for at in range(0, 1024, 4) if ctypes.c_int.from_address(block + at).value == own]
    return places[0] if len(places) == 1 else 0


def clone(thread_id, flags, in_child, in_parent):
    """Forks, with namespaces of the child's own; what is given is called first, in the child and here. Returns as fork does.

    The child makes most namespaces itself: a zygote that waits for a network would keep others waiting.
    """
    flags |= 17  # SIGCHLD when it ends
    LIBC_PYTHON.PyOS_BeforeFork()
    try:
        # The last two arguments change places between machines: the other one is not used.
        pid = call(CLONE, flags | (SET_CHILD_TID if thread_id else 0), 0, 0, thread_id, thread_id)
    except OSError:
        LIBC_PYTHON.PyOS_AfterFork_Parent()
        raise
    if pid:
        in_parent()
        LIBC_PYTHON.PyOS_AfterFork_Parent()
    else:
        in_child()
        LIBC_PYTHON.PyOS_AfterFork_Child()
    return pid


LIBC_PYTHON = ctypes.pythonapi
