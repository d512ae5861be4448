"""Lays the busiest code of the interpreter on large pages, where a cell finds it at once.

A fork does not copy where the pages of a file lie in memory: each one that a cell runs costs it a trap into the kernel, or a
look of the kernel's (pages.py). What is no file's is copied, and two MiB of it are one entry. So those parts of the
interpreter are replaced by copies of themselves, which nobody can write to either. Where the kernel has no large page, the
copy lies on small ones; where it lets nothing be run that was once written, all stays as it was.
"""

import collections
import ctypes

from kernel import LIBC

BLOCK = 2 << 20
LEAST_TOUCHED = 64  # of 512 pages: fewer are not worth the memory
MOST_BLOCKS = 4
READ, WRITE, EXECUTE = 1, 2, 4
PRIVATE, ANONYMOUS = 0x02, 0x20
LARGE_PAGES = 14  # madvise(2)
MAY_MOVE, FIXED = 1, 2  # mremap(2)

SIZE, NUMBER = ctypes.c_size_t, ctypes.c_int
MAP = ctypes.CFUNCTYPE(SIZE, SIZE, SIZE, NUMBER, NUMBER, NUMBER, SIZE)(("mmap", LIBC))
MOVE = ctypes.CFUNCTYPE(SIZE, SIZE, SIZE, SIZE, NUMBER, SIZE)(("mremap", LIBC))
FAILED = SIZE(-1).value


def enlarge(touched):
    """Takes addresses of pages of files that cells touch. Returns the addresses of the blocks that are copies now."""
    counts = collections.Counter(page // BLOCK * BLOCK for page in touched)
    whole = [block for begin, end in unwritable() for block in range(-(-begin // BLOCK) * BLOCK, end - BLOCK + 1, BLOCK)]
    busy = sorted((block for block in whole if counts[block] >= LEAST_TOUCHED), key=counts.get, reverse=True)
    return {block for block in busy[:MOST_BLOCKS] if replace(block)}


def unwritable():
    """Begin and end of what one file fills without a gap, and nobody can write to."""
    found = []
    with open("/proc/self/maps") as maps:
        for line in maps:
            place, permissions, _, _, _, *path = line.split(None, 5)
            if not path or path[0][0] != "/" or permissions[:2] != "r-" or permissions[3] != "p":
                continue
            begin, end = (int(number, 16) for number in place.split("-"))
            if found and found[-1][1:] == [begin, path]:
                found[-1][1] = end
            else:
                found.append([begin, end, path])
    return [(begin, end) for begin, end, _ in found]


def replace(block):
    """The interpreter runs what is replaced: it changes from one moment to the next, and to the same."""
    room = MAP(0, 2 * BLOCK, READ | WRITE, PRIVATE | ANONYMOUS, -1, 0)
    if room == FAILED:
        return False
    copy = -(-room // BLOCK) * BLOCK
    release(room, copy)
    release(copy + BLOCK, room + 2 * BLOCK)
    LIBC.madvise(SIZE(copy), SIZE(BLOCK), LARGE_PAGES)
    ctypes.memmove(copy, block, BLOCK)
    if LIBC.mprotect(SIZE(copy), SIZE(BLOCK), READ | EXECUTE) == 0:
        if MOVE(copy, BLOCK, BLOCK, MAY_MOVE | FIXED, block) == block:
            return True
    release(copy, copy + BLOCK)
    return False


def release(begin, end):
    if begin < end:
        LIBC.munmap(SIZE(begin), SIZE(end - begin))
