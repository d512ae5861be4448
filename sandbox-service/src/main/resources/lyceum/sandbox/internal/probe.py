"""Looks for holes in the walls of its own cell; prints "walls, /proc ..." where there are none."""

import ctypes
import os
import socket

LIBC = ctypes.CDLL(None)
NOBODY = 65534


def refused(attempt):
    try:
        attempt()
    except OSError:
        return True
    return False


def fork():
    child = os.fork()
    if child == 0:
        os._exit(7)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7


holes = {
    "it is not the first of its processes": os.getpid() != 1,
    "the system's files are its own": os.stat("/usr").st_uid != NOBODY,
    "it has not the user of a cell": os.getuid() != 0,
    "it can write to the system": not refused(lambda: open("/usr/probe", "w")),
    "it sees the system's users": os.path.exists("/etc/shadow"),
    "it reaches a network": not refused(lambda: socket.create_connection(("192.0.2.1", 9), 0.2)),
    "it may gain privileges": LIBC.prctl(39, 0, 0, 0, 0) != 1,
    "it has a capability": LIBC.prctl(23, 21, 0, 0, 0) != 0,
    "its system calls are not filtered": LIBC.prctl(21, 0, 0, 0, 0) != 2,
    "it cannot fork": not fork(),
}
found = [hole for hole, there in holes.items() if there]
proc = "whole" if os.path.exists("/proc/meminfo") else "of processes only" if os.path.exists("/proc/self") else "absent"
print("; ".join(found) if found else "walls, /proc " + proc)
