"""Which pages of memory every cell touches, learnt from one that runs a program of ours.

A page that a new process touches for the first time costs a trap into the kernel: several hundred of them cost as much as
all the rest of a short run. The kernel can be told to do it for all of them at once (Linux 6.14); where it does not know
how, each page costs its trap as ever.
"""

import array
import bisect
import ctypes
import json
import os
import select
import socket
import struct

import large
import wire
from kernel import LIBC, PROCESS_MADVISE

PAGE = os.sysconf("SC_PAGE_SIZE")
PRESENT, SHARED_OR_FILE, OURS_ALONE = 1 << 63, 1 << 61, 1 << 56  # admin-guide/mm/pagemap.rst
POPULATE_READ, POPULATE_WRITE = 22, 23  # madvise(2)
SELF = -10000  # process_madvise(2) of the caller itself: PIDFD_SELF of linux/pidfd.h
MOST_RANGES = 1024  # UIO_MAXIOV
LONGEST_AREA = 64 << 20
PATIENCE_SECONDS = 5
LONGEST_COPY_MILLIS = 1000

PROGRAM = b'print("hello")\n'


class Hot:
    """What the kernel is told: vectors of ranges (struct iovec), each with what is to be done about them."""

    def __init__(self):
        self.calls = []
        reader, writer = os.pipe()
        words = ctypes.create_string_buffer(64)
        asked = ctypes.create_string_buffer(struct.pack("=ihh", reader, select.POLLIN, 0))  # struct pollfd
        self.patience = asked, ctypes.c_ulong(1), ctypes.c_int(LONGEST_COPY_MILLIS)
        self.hear = ctypes.c_int(reader), words, ctypes.c_size_t(len(words))
        self.tell = ctypes.c_int(writer), words, ctypes.c_size_t(1)

    def learn(self, report):
        code = [page for begin, end, wanted in report if wanted == POPULATE_READ for page in range(begin, end, PAGE)]
        enlarged = large.enlarge(code)
        report = [entry for entry in report if entry[0] // large.BLOCK * large.BLOCK not in enlarged]
        own = [(begin, end) for begin, end, _ in areas()]
        for advice in (POPULATE_READ, POPULATE_WRITE):
            ranges = [(begin, end - begin) for begin, end, wanted in report if wanted == advice and within(begin, end, own)]
            vector = (ctypes.c_size_t * (2 * len(ranges)))(*(number for pair in ranges for number in pair))
            count = ctypes.c_size_t(min(len(ranges), MOST_RANGES))
            self.calls.append((ctypes.c_long(PROCESS_MADVISE), ctypes.c_long(SELF), vector, count, ctypes.c_int(advice), ctypes.c_uint(0)))

    def populate(self):
        """To be called first in a new process. An error means that the first use of a page will do it, as ever.
        Lets wait() go on."""
        for call in self.calls:
            LIBC.syscall(*call)
        LIBC.write(*self.tell)

    def wait(self):
        """To be called first in the one that has forked it. What both have is copied for whoever writes to it first, and
        where that is the older one, whose pages other processors may still know, each of them is interrupted for each page.
        One that is late is not waited for longer; its word then shortens the next wait.
        """
        if LIBC.poll(*self.patience) > 0:
            LIBC.read(*self.hear)


def within(begin, end, own):
    at = bisect.bisect_right(own, (begin, float("inf"))) - 1
    return at >= 0 and end <= own[at][1]


def areas():
    """Yields begin, end and permissions of every part of the memory that can be told about."""
    with open("/proc/self/maps") as maps:
        for line in maps:
            place, permissions, rest = line.split(" ", 2)
            begin, end = (int(number, 16) for number in place.split("-"))
            if end - begin <= LONGEST_AREA and permissions[0] == "r" and not rest.rstrip().endswith(("[vvar]", "[vsyscall]")):
                yield begin, end, permissions


def touched():
    """Returns begin, end and advice of the ranges which this process has touched and whoever forked it has, too. None
    reaches over the end of a block (large.py)."""
    found = []
    with open("/proc/self/pagemap", "rb", buffering=0) as pagemap:
        for begin, end, permissions in areas():
            pagemap.seek(begin // PAGE * 8)
            entries = array.array("Q", pagemap.read((end - begin) // PAGE * 8))
            for at, entry in enumerate(entries):
                if not entry & PRESENT:
                    continue
                if entry & SHARED_OR_FILE:
                    advice = POPULATE_READ
                elif entry & OURS_ALONE and permissions[1] == "w":
                    advice = POPULATE_WRITE
                else:
                    continue
                add(found, begin + at * PAGE, advice, begin)
    return [entry[:3] for entry in found]


def add(found, page, advice, area):
    if found:
        last = found[-1]
        if page % large.BLOCK and last[2] == advice and last[3] == area and page == last[1]:
            last[1] = page + PAGE
            return
    found.append([page, page + PAGE, advice, area])


def tell(control):
    control.sendall(json.dumps(touched()).encode())


def learn(zygote):
    """Lets a cell run a program of ours. Returns GO_ON in that cell; elsewhere, when the zygote knows, or it took too long."""
    control, inner = socket.socketpair()
    ends = [os.open("/dev/null", os.O_RDWR | os.O_CLOEXEC) for _ in range(3)]
    pid = zygote.fork()
    if pid == 0:
        return zygote.be_cell([inner.detach()] + ends)
    inner.close()
    for end in ends:
        os.close(end)
    control.settimeout(PATIENCE_SECONDS)
    try:
        letter = order(zygote.main)
        control.sendall(wire.NUMBER.pack(len(letter)) + letter)
        zygote.hot.learn(json.loads(last_words(control)))
    except (OSError, ValueError):
        pass  # what keeps this cell from working will be told by the next one
    control.close()
    os.kill(pid, 9)
    os.waitpid(pid, 0)


def last_words(control):
    said, piece = b"", control.recv(1 << 16)
    while piece:
        said += piece
        piece = control.recv(1 << 16)
    return said.splitlines()[-1]


def order(main):
    """A letter as the service sends it (cell.py)."""
    step = {"command": ["python3", "-u", main], "python": True, "cpu_seconds": 5, "processes": -1, "address_bytes": 0}
    letter = {
        "files": [[os.path.basename(main), len(PROGRAM)]],
        "file_bytes": 1 << 20,
        "stdin": False,
        "joined": False,
        "terminal": None,
        "collect": False,
        "environment": {},
        "steps": [step],
        "learn": True,
    }
    return json.dumps(letter).encode() + b"\n" + PROGRAM
