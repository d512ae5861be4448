"""What flows through the pipes of rooms, or through the terminal that takes their place.

They are only touched when they are ready, and what the service has not asked for stays in them.
"""

import os
import select
import termios

import cell
import wire

PIECE = 1 << 16
END_OF_FILE = b"\x04"
MANY_ENDS = 16


class Flows:
    def __init__(self, nursery):
        self.nursery = nursery

    def watch_output(self, room, descriptor):
        if descriptor not in self.nursery.handlers:
            self.nursery.watch_room(room, descriptor, select.EPOLLIN, lambda room: self.on_output(room, descriptor))

    def connect_terminal(self, room):
        """One descriptor for both directions takes the place of three pipes, which were the compiler's until now."""
        os.close(room.stdin)
        for descriptor in room.outputs:
            self.nursery.leave(descriptor)
            os.close(descriptor)
        room.stdin, room.outputs = os.dup(room.terminal), {room.terminal: b"o"}
        self.watch_output(room, room.terminal)

    def on_output(self, room, descriptor):
        if room.window <= 0:
            return self.nursery.leave(descriptor)  # until the service has taken some
        try:
            piece = os.read(descriptor, min(PIECE, room.window))
        except BlockingIOError:
            return
        except OSError:
            piece = b""  # a terminal whose other side is closed
        if piece:
            room.window -= len(piece)
            self.nursery.tell(room.outputs[descriptor], room.number, piece)
        else:
            self.close_output(room, descriptor)

    def close_output(self, room, descriptor):
        self.nursery.leave(descriptor)
        del room.outputs[descriptor]
        os.close(descriptor)
        if descriptor == room.terminal:
            room.terminal = None
        if room.over and not room.outputs:
            self.nursery.tell(b"x", room.number, room.over)

    def drain(self, room):
        """What a compiler has written is told before its end is."""
        for descriptor in list(room.outputs):
            ready = select.poll()  # select() knows no descriptor above 1023
            ready.register(descriptor, select.POLLIN)
            while descriptor in room.outputs and room.window > 0 and ready.poll(0):
                self.on_output(room, descriptor)

    def widen(self, room, payload):
        room.window += wire.NUMBER.unpack(payload)[0]
        for descriptor in room.outputs:
            self.watch_output(room, descriptor)

    def feed(self, room, payload):
        room.waiting += payload
        self.on_hunger(room)

    def end_input(self, room, payload):
        room.fed_all = True
        self.on_hunger(room)

    def on_hunger(self, room):
        if not room.reads:
            return
        if room.stdin is None:
            return self.taken(room, len(room.waiting))
        try:
            length = os.write(room.stdin, room.waiting) if room.waiting else 0
        except BlockingIOError:
            length = 0
        except OSError:
            length, room.fed_all = len(room.waiting), True  # nobody reads any more
        self.taken(room, length)
        if room.waiting:
            return self.watch_input(room)
        self.nursery.leave(room.stdin)
        if room.fed_all:
            self.close_input(room)

    def watch_input(self, room):
        if room.stdin not in self.nursery.handlers:
            self.nursery.watch_room(room, room.stdin, select.EPOLLOUT, self.on_hunger)

    def close_input(self, room):
        if room.terminal is not None:
            if room.ending is None:
                room.ending = end_of_typing(room)
            try:
                room.ending = room.ending[os.write(room.stdin, room.ending) :]
            except BlockingIOError:
                pass
            except OSError:
                room.ending = b""  # nobody reads any more
            if room.ending and room.pid:
                return self.watch_input(room)  # a program that reads slowly, or never
        self.nursery.leave(room.stdin)
        os.close(room.stdin)
        room.stdin = None

    def taken(self, room, length):
        room.waiting = room.waiting[length:]
        if length:
            self.nursery.tell(b"i", room.number, wire.NUMBER.pack(length))

    def resize(self, room, payload):
        if room.terminal is not None:
            cell.set_window(room.terminal, *wire.WINDOW.unpack(payload))


def end_of_typing(room):
    """A person would type it until the program has gone. The first one in a line only sends that line off, and each of the
    others ends one reading, of which some programs make several."""
    reads_lines = termios.tcgetattr(room.terminal)[3] & termios.ICANON
    return END_OF_FILE * MANY_ENDS if reads_lines else END_OF_FILE
