"""Frames to and from the service, over what were standard input and output.

A frame is the length of its payload (4 bytes), its kind (1 byte) and the payload. A program that prints writes to a file
of its own instead, so that nothing it prints can be taken for a frame.

From a cell                                     To a cell
  r  it is ready                                  g  begin (judge)
  P  for the other cell                           P  from the other cell
  R  the report, JSON (judge)                     D  the other cell is gone (judge)
  i  interrupt the other cell (judge)
  x  the other cell was needed, but is gone       o  connection is open: number (judge)
  c  connect: number, JSON [host, port] (judge)   f  connection failed: number, errno (judge)
  d  data of a connection: number, bytes; none    d  the same
     at its end (judge)
"""

import os
import struct
import threading

HEAD = struct.Struct(">IB")
MOST_BYTES = 8 << 20
PIECE_BYTES = 1 << 16


class Gone(Exception):
    """Nobody is there any more."""


class Channel:
    def __init__(self, source, sink):
        self.source, self.sink, self.rest = source, sink, bytearray()
        self.lock = threading.Lock()
        self.read, self.write = os.read, os.write  # whatever a program makes of them later

    def send(self, kind, payload=b""):
        if len(payload) > MOST_BYTES:
            raise MemoryError("more than %d bytes in one message" % MOST_BYTES)
        frame = memoryview(HEAD.pack(len(payload), ord(kind)) + payload)
        try:
            with self.lock:
                while frame:
                    frame = frame[self.write(self.sink, frame) :]
        except OSError:
            raise Gone() from None

    def receive(self):
        """Returns a kind and its payload; None where the service has ended the talk."""
        rest = self.rest
        while len(rest) < HEAD.size:
            if not self.fill():
                return None
        length, kind = HEAD.unpack_from(rest)
        while len(rest) < HEAD.size + length:
            if not self.fill():
                return None
        payload = bytes(rest[HEAD.size : HEAD.size + length])
        del rest[: HEAD.size + length]
        return chr(kind), payload

    def fill(self):
        piece = self.read(self.source, PIECE_BYTES)
        self.rest += piece
        return piece


def open_channel(stdout):
    """Takes standard input and output for frames; the program gets an empty input, and a file for its output."""
    channel = Channel(os.dup(0), os.dup(1))
    nothing, file = os.open(os.devnull, os.O_RDONLY), os.open(stdout, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(nothing, 0)
    os.dup2(file, 1)
    os.close(nothing)
    os.close(file)
    return channel
