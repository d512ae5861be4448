"""System calls that Python has no name for. Numbers are those of the kernel's uapi headers."""

import ctypes
import os

LIBC = ctypes.PyDLL(None, use_errno=True)
CLONE, PIVOT_ROOT, CAPSET = (56, 155, 126) if os.uname().machine == "x86_64" else (220, 41, 91)
CLOSE_RANGE, MOUNT_SETATTR = 436, 442

NEW_MOUNTS = 0x00020000
NEW_NAMESPACES = NEW_MOUNTS | 0x10000000 | 0x20000000 | 0x40000000 | 0x08000000 | 0x04000000  # user pid net ipc uts

SET_PARENT_DEATH_SIGNAL, SET_DUMPABLE, SET_SECCOMP = 1, 4, 22
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
