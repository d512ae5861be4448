"""Forks the cells of a nursery, and does nothing else.

What a process has touched since its last fork is copied, page by page, when it is touched again. So whoever forks should
do little between two forks: the nursery that speaks with everybody is another process, the parent of this one. It is the
parent of the cells, too, so that it can wait for them.

Said by the nursery: the number of a cell, with four descriptors: its control, its standard input and both outputs.
Answered: that number and the process, or 0 and the number of the error.
"""

import ctypes
import errno
import gc
import importlib
import os
import socket
import struct
import sys

import cell
import confine
import pages
import start
import wire
from kernel import NEW_PROCESSES, NEW_USER, SAME_PARENT, clone, thread_id_place

ORDER, ANSWER = struct.Struct("=I"), struct.Struct("=Iii")

# What programs of learners import most, and what that imports.
USUAL = (
    "abc bisect collections contextlib copy dataclasses datetime decimal enum functools heapq io itertools json math "
    "operator os random re statistics string sys textwrap time traceback types typing"
)


class Zygote:
    def __init__(self, channel, main):
        self.channel, self.main, self.directory = channel, main, os.path.dirname(main)
        self.thread_id, self.hot = thread_id_place(), pages.Hot()

    def serve(self):
        """Returns in cells only, when there is a program to go on with."""
        if pages.learn(self) is cell.GO_ON:
            return
        while True:
            order, descriptors = wire.receive(self.channel, ORDER.size, 4)
            if not order:
                os._exit(0)  # the nursery is gone
            pid, reason = 0, 0
            try:
                pid = self.fork(SAME_PARENT)
            except OSError as error:
                reason = error.errno or errno.EAGAIN
            if pid == 0 and not reason:
                return self.be_cell(descriptors)
            for descriptor in descriptors:
                os.close(descriptor)
            self.channel.send(ANSWER.pack(ORDER.unpack(order)[0], pid, reason))

    def fork(self, flags=0):
        return clone(self.thread_id, NEW_USER | NEW_PROCESSES | flags, self.hot.populate, self.hot.wait)

    def be_cell(self, descriptors):
        """The story of the new process. Returns GO_ON when the interpreter shall run its program, else never."""
        # Its descriptor is closed here; no object may close that number once more, when another has it.
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(self))
        return cell.live(socket.socket(fileno=descriptors[0]), tuple(descriptors[1:]), self.directory, self.main)


def serve(channel, main, bare):
    confine.call_self("zygote")
    confine.die_with_parent()
    for name in USUAL.split():
        importlib.import_module(name)
    start.LOADED.update(name.partition(".")[0] for name in sys.modules.keys() - bare - set(cell.OURS))
    confine.read_filters(os.path.dirname(__file__))
    own = Zygote(channel, main)
    gc.collect()
    gc.freeze()  # or the first collection in each cell would touch, and so copy, all of it
    own.serve()
