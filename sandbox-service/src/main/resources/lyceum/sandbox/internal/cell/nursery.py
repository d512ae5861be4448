"""Keeps cells ready: feeds them, tells what they write and how they end. Speaks with Nursery.java (wire.py).

One process, one loop. It never waits for a program: its pipes are only touched when they are ready, and what the service
has not asked for stays in them. Another process forks the cells (zygote.py), which are children of this one all the same.
When the service is gone its channel ends; then this process ends, and with it all cells.
"""

import _signal as signal
import heapq
import os
import select
import socket
import sys
import time

import cell
import confine
import signals
import turns
import wire
import zygote

CHANNEL = 3
PIECE = 1 << 16
OUTPUT_WINDOW = 1 << 18


class Room:
    """A cell as the nursery knows it. Its process is None before it is born, and 0 when it is dead."""

    def __init__(self, number, ends):
        self.number, self.pid = number, None
        self.control, self.stdin, outputs = ends
        self.outputs = {outputs[0]: b"o", outputs[1]: b"e"}
        self.window, self.waiting, self.fed_all, self.reads = OUTPUT_WINDOW, b"", False, False
        self.terminal, self.directory, self.report = None, None, None
        self.over, self.ended, self.begun, self.unwanted = None, None, False, False
        self.turns = turns.Turns()
        self.lost, self.ended_by = False, 0
        self.listener, self.answering_seconds = None, 0.0
        self.question, self.asked_at = None, 0.0  # what is not answered yet

    def descriptors(self):
        own = {*self.outputs, self.stdin, self.directory, self.ended, self.terminal, self.listener}
        return own - {None}


class Nursery:
    """Handlers find out by themselves whether there is something for them: a number that was ready may by now be another
    descriptor's. What goes wrong with one room is that room's end only, because the others belong to other people."""

    def __init__(self, mother, mother_pid):
        self.mother, self.mother_pid = mother, mother_pid
        self.channel, self.frames = socket.socket(fileno=CHANNEL), wire.Frames()
        self.poll, self.handlers, self.rooms = select.epoll(), {}, {}
        self.resting = []  # a heap: when it is answered again, its number, and the room
        self.orders = {
            b"S": self.open,
            b"R": self.run,
            b"I": self.feed,
            b"E": self.end_input,
            b"A": self.widen,
            b"N": self.go_on,
            b"G": self.send_signal,
            b"Z": self.resize,
            b"K": self.kill,
            b"C": self.collect,
            b"D": self.forget,
        }

    def serve(self):
        self.watch(CHANNEL, select.EPOLLIN, self.on_order)
        self.watch(self.mother.fileno(), select.EPOLLIN, self.on_birth)
        while True:
            patience = max(0, self.resting[0][0] - time.monotonic()) if self.resting else None
            for descriptor, event in self.poll.poll(patience):
                handler = self.handlers.get(descriptor)
                if handler:
                    handler(event)
            self.wake()

    def watch(self, descriptor, events, handler):
        self.handlers[descriptor] = handler
        self.poll.register(descriptor, events)

    def watch_room(self, room, descriptor, events, handler):
        self.watch(descriptor, events, lambda event: self.attend(room, handler, room))

    def attend(self, room, handler, *arguments):
        try:
            handler(*arguments)
        except Exception as error:
            self.lose(room, error)

    def lose(self, room, error):
        """Heeds nothing of it any more until the service forgets it, which it does when it is told."""
        room.lost = True
        self.leave(room.control.fileno())
        for descriptor in room.descriptors():
            self.leave(descriptor)
        self.kill(room)
        self.tell(b"f", room.number, repr(error).encode())

    def leave(self, descriptor):
        if self.handlers.pop(descriptor, None):
            self.poll.unregister(descriptor)

    def tell(self, kind, number, payload=b""):
        self.channel.sendall(wire.frame(kind, number, payload))

    def on_order(self, event):
        data = self.channel.recv(PIECE)
        if not data:
            self.end()  # the service is gone
        for kind, number, payload in self.frames.cut(data):
            if kind == b"S":
                self.open(number)
            elif number in self.rooms:
                room, order = self.rooms[number], self.orders[kind]
                if kind == b"D" or not room.lost:
                    self.attend(room, order, room, payload)

    def end(self):
        """A cell may have been born that nobody has told of: it goes when it finds nobody at its control."""
        os.kill(self.mother_pid, 9)
        os.waitpid(self.mother_pid, 0)
        for room in self.rooms.values():
            room.control.close()
            if room.pid:
                os.kill(room.pid, 9)
        while True:
            try:
                os.wait()
            except ChildProcessError:
                os._exit(0)

    def open(self, number):
        ends = []
        try:
            for make in (pair, os.pipe, os.pipe, os.pipe):
                ends += make()
            control, inner, stdin, feed, stdout, told, stderr, complained = ends
            socket.send_fds(self.mother, [zygote.ORDER.pack(number)], [inner, stdin, told, complained])
        except OSError as error:  # too many are open: those of other rooms are needed
            for end in ends:
                os.close(end)
            return self.tell(b"f", number, error.strerror.encode())
        for end in (inner, stdin, told, complained):
            os.close(end)
        for end in (feed, stdout, stderr):
            os.set_blocking(end, False)
        self.rooms[number] = Room(number, (socket.socket(fileno=control), feed, (stdout, stderr)))

    def on_birth(self, event):
        answer = self.mother.recv(zygote.ANSWER.size)
        if not answer:
            raise OSError("the zygote has ended")
        number, pid, reason = zygote.ANSWER.unpack(answer)
        room = self.rooms[number]
        if not pid:
            self.tell(b"f", number, os.strerror(reason).encode())
            room.pid = 0
            return self.forget(room)
        room.pid = pid
        self.attend(room, self.welcome, room)

    def welcome(self, room):
        if room.unwanted:
            return self.forget(room)
        room.ended = os.pidfd_open(room.pid)
        self.watch_room(room, room.control.fileno(), select.EPOLLIN, self.on_report)
        self.watch_room(room, room.ended, select.EPOLLIN, self.on_end)

    def run(self, room, letter):
        try:
            room.control.sendall(wire.NUMBER.pack(len(letter)) + letter)
        except OSError:
            return  # it has ended, which will be told
        room.begun = True
        room.turns.answer()
        for descriptor in room.outputs:
            self.watch_output(room, descriptor)

    def watch_output(self, room, descriptor):
        if descriptor not in self.handlers:
            self.watch_room(room, descriptor, select.EPOLLIN, lambda room: self.on_output(room, descriptor))

    def go_on(self, room, payload):
        room.turns.answer()
        try:
            room.control.sendall(b"N")
        except OSError:
            pass  # it has ended, which will be told

    def on_report(self, room):
        self.hear(room)

    def hear(self, room):
        """Returns whether there may be more."""
        try:
            data, descriptors = wire.receive(room.control, PIECE, 1, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return False
        except ConnectionResetError:
            data, descriptors = b"", []
        if not data:
            self.leave(room.control.fileno())
            return False
        try:
            for word, text in room.turns.read(data):
                self.on_word(room, word, text, descriptors)
            if descriptors:
                raise turns.OutOfTurn("a descriptor that nobody has asked for")
        finally:
            for descriptor in descriptors:
                os.close(descriptor)
        return True

    def on_word(self, room, word, text, descriptors):
        if word == "waits":
            self.tell(b"r", room.number, str(room.pid).encode())
        elif word == "reads":
            if room.terminal is not None:
                self.connect_terminal(room)
            room.reads = True
            self.on_hunger(room)
        elif word == "begins":
            if descriptors and room.reads:
                room.listener = descriptors.pop()
                self.listen(room)
            self.tell(b"b", room.number, text.encode())
        elif word == "ended":
            self.drain(room)
            self.tell(b"s", room.number, text.encode())
        elif word == "over":
            room.report = text
        elif word == "directory":
            room.directory = descriptors.pop()
        elif word == "terminal":
            room.terminal = descriptors.pop()
            os.set_blocking(room.terminal, False)
        elif word == "failed":
            self.tell(b"f", room.number, text.encode())

    def connect_terminal(self, room):
        """One descriptor for both directions takes the place of three pipes, which were the compiler's until now."""
        os.close(room.stdin)
        for descriptor in room.outputs:
            self.leave(descriptor)
            os.close(descriptor)
        room.stdin, room.outputs = os.dup(room.terminal), {room.terminal: b"o"}
        self.watch_output(room, room.terminal)

    def on_output(self, room, descriptor):
        if room.window <= 0:
            return self.leave(descriptor)  # until the service has taken some
        try:
            piece = os.read(descriptor, min(PIECE, room.window))
        except BlockingIOError:
            return
        except OSError:
            piece = b""  # a terminal whose other side is closed
        if piece:
            room.window -= len(piece)
            self.tell(room.outputs[descriptor], room.number, piece)
        else:
            self.close_output(room, descriptor)

    def close_output(self, room, descriptor):
        self.leave(descriptor)
        del room.outputs[descriptor]
        os.close(descriptor)
        if descriptor == room.terminal:
            room.terminal = None
        if room.over and not room.outputs:
            self.tell(b"x", room.number, room.over)

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
        self.leave(room.stdin)
        if room.fed_all:
            self.close_input(room)

    def watch_input(self, room):
        if room.stdin not in self.handlers:
            self.watch_room(room, room.stdin, select.EPOLLOUT, self.on_hunger)

    def close_input(self, room):
        if room.terminal is not None:
            try:
                os.write(room.stdin, b"\x04")  # as a person would
            except BlockingIOError:
                if room.pid:
                    return self.watch_input(room)  # a program that reads slowly, or never
            except OSError:
                pass  # nobody reads any more
        self.leave(room.stdin)
        os.close(room.stdin)
        room.stdin = None

    def taken(self, room, length):
        room.waiting = room.waiting[length:]
        if length:
            self.tell(b"i", room.number, wire.NUMBER.pack(length))

    def send_signal(self, room, payload):
        if not room.reads:
            return  # there is no program yet
        try:
            room.control.sendall(b"G" + payload)
        except OSError:
            self.signal_first(room, payload[0])  # it has become the program itself

    def signal_first(self, room, number):
        """The kernel keeps signals that would end it from the first process of its namespaces: what they do elsewhere, is
        done here."""
        if room.pid and signals.is_fatal(room.pid, number):
            return self.end_by(room, number)
        self.kill(room, bytes([number]))

    def end_by(self, room, number):
        room.ended_by = number
        self.kill(room)

    def listen(self, room):
        self.watch_room(room, room.listener, select.EPOLLIN, self.on_question)

    def on_question(self, room):
        """Its program sends a signal that may be for itself (signals.py)."""
        begun = time.process_time()
        if room.question is None:
            room.question, room.asked_at = signals.next_question(room.listener), time.monotonic()
        if room.question is None:
            if signals.is_over(room.listener):
                self.leave(room.listener)
            return
        effect, number = signals.effect(room.pid, room.question) if room.pid else (signals.NONE, 0)
        if effect is signals.LATER and time.monotonic() < room.asked_at + signals.BLOCKED_SECONDS:
            return self.rest(room, begun, signals.LOOK_AGAIN_SECONDS)
        if effect is signals.END:
            self.end_by(room, number)
        else:
            signals.let_go_on(room.listener, room.question)
        room.question = None
        self.rest(room, begun, 0)

    def rest(self, room, begun, least_seconds):
        """Turns to others for a while, which is longer for who has had his share."""
        seconds = time.process_time() - begun
        room.answering_seconds += seconds
        share = signals.REST * seconds if room.answering_seconds > signals.MOST_SECONDS else 0
        pause = max(least_seconds, share)
        if pause:
            self.leave(room.listener)
            heapq.heappush(self.resting, (time.monotonic() + pause, room.number, room))

    def wake(self):
        while self.resting and self.resting[0][0] <= time.monotonic():
            room = heapq.heappop(self.resting)[2]
            if room.listener is not None and not room.lost:
                self.listen(room)
                self.attend(room, self.on_question, room)

    def resize(self, room, payload):
        if room.terminal is not None:
            cell.set_window(room.terminal, *wire.WINDOW.unpack(payload))

    def kill(self, room, payload=b""):
        if room.pid:
            os.kill(room.pid, payload[0] if payload else 9)

    def on_end(self, room):
        pid, status, usage = os.wait4(room.pid, os.WNOHANG)
        if not pid:
            return
        self.leave(room.ended)
        try:
            while self.hear(room):
                pass  # its last words
        finally:
            room.pid = 0
        if room.report and os.WIFEXITED(status) and os.WEXITSTATUS(status):
            raise turns.OutOfTurn("a cell has failed that has told of its end")
        if room.ended_by and os.WIFSIGNALED(status):
            status = room.ended_by
        room.over = (room.report or cell.account(status, usage)).encode()
        room.reads = True
        if room.stdin is not None:
            room.fed_all = True
            self.on_hunger(room)
        if not room.begun:
            for descriptor in list(room.outputs):
                self.close_output(room, descriptor)
        elif not room.outputs:
            self.tell(b"x", room.number, room.over)

    def collect(self, room, payload):
        if room.directory is not None:  # it may have been killed before it had one
            for name, content in cell.files(room.directory, payload):
                self.tell(b"F", room.number, name + b"\n" + content)
        self.tell(b"d", room.number)

    def forget(self, room, payload=b""):
        if room.pid is None:
            room.unwanted = True
            return
        self.kill(room)
        if room.pid:
            os.waitpid(room.pid, 0)
        del self.rooms[room.number]
        self.drop(room)

    def drop(self, room):
        for descriptor in room.descriptors():
            self.leave(descriptor)
            os.close(descriptor)
        room.listener = None
        self.leave(room.control.fileno())
        room.control.close()


def pair():
    return [end.detach() for end in socket.socketpair()]


def serve():
    """Returns in cells only, when there is a program to go on with."""
    mother, inner = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    pid = os.fork()
    if pid == 0:
        mother.close()
        os.close(CHANNEL)
        return zygote.serve(inner, sys.argv[0])
    inner.close()
    confine.call_self("nursery")
    own = Nursery(mother, pid)
    own.tell(b"h", 0)
    try:
        own.serve()
    except BaseException as error:
        own.tell(b"f", 0, repr(error).encode())
    os._exit(1)
