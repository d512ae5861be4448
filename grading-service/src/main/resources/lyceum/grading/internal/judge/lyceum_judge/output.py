"""What a program prints, as far as there is room for it."""

import io
import os
import sys

CUT = b"\n[the rest of the output was left out]\n"


class CappedFile(io.RawIOBase):
    """Writes to a descriptor and drops, without a word to the program, what is too much."""

    def __init__(self, descriptor, most):
        self.descriptor, self.left, self.put = descriptor, most, os.write

    def writable(self):
        return True

    def fileno(self):
        return self.descriptor

    def write(self, data):
        data = memoryview(data).cast("B")
        if self.left >= 0:
            self.put(self.descriptor, data[: self.left])
            self.left -= len(data)
            if self.left < 0:
                self.put(self.descriptor, CUT)
        return len(data)


def cap(most):
    """Prints at once, so that nothing is lost when the process is killed."""
    sys.stdin = open(0, encoding="utf-8", errors="surrogateescape", closefd=False)
    buffer = io.BufferedWriter(CappedFile(1, most))
    sys.stdout = io.TextIOWrapper(buffer, encoding="utf-8", errors="backslashreplace", line_buffering=True)
    sys.__stdout__ = sys.stdout
