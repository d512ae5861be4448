"""What is said on a channel: frames, each a length, a kind, the number of a cell, and a payload.

From the service                              To the service
  S  open a cell                                r  it waits; payload: its process as this machine sees it
  R  run: a letter (see cell.py)                b  a step begins; payload: its number
  I  bytes for its standard input               i  so many bytes of that were taken (4 bytes)
  E  end of that input                          o  bytes of its standard output
  A  so many bytes of output were taken         e  bytes of its standard error
  N  the next step may begin                    s  a step has ended: JSON [code, signal, cpu_micros, peak_kib]
  G  signal (1 byte)                            x  all is over; payload as of s, for the last step
  Z  size of its terminal: rows, columns        f  it could not be built, or not be used (cell 0: the nursery gives up); payload: why
  K  kill                                       F  a file: JSON [name], a line feed, its content
  C  bring back files: JSON [most_bytes, names] d  there are no more files
  D  forget it                                  h  the nursery is there (cell 0)
"""

import socket
import struct

HEAD = struct.Struct(">IcI")
NUMBER = struct.Struct(">I")
DESCRIPTOR = struct.Struct("=i")
WINDOW = struct.Struct(">HH")


def frame(kind, cell, payload=b""):
    return HEAD.pack(len(payload) + 5, kind, cell) + payload


def receive(channel, most_bytes, most_descriptors, flags=0):
    """Returns what was said on a socket, and what was passed with it, which no program inherits. (socket.recv_fds is not
    used: it does not heed its flags, CPython 3.9 to 3.13.)"""
    room = socket.CMSG_LEN(most_descriptors * DESCRIPTOR.size)
    data, parts, _, _ = channel.recvmsg(most_bytes, room, flags | socket.MSG_CMSG_CLOEXEC)
    descriptors = []
    for level, kind, passed in parts:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
            whole = len(passed) - len(passed) % DESCRIPTOR.size  # the kernel has cut off the rest
            descriptors += [number for (number,) in DESCRIPTOR.iter_unpack(passed[:whole])]
    return data, descriptors


class Frames:
    """Cuts what arrives into frames."""

    def __init__(self):
        self.rest = bytearray()

    def cut(self, data):
        self.rest += data
        at, frames = 0, []
        while len(self.rest) - at >= HEAD.size:
            length, kind, cell = HEAD.unpack_from(self.rest, at)
            end = at + NUMBER.size + length
            if len(self.rest) < end:
                break
            frames.append((kind, cell, bytes(self.rest[at + HEAD.size : end])))
            at = end
        del self.rest[:at]
        return frames
