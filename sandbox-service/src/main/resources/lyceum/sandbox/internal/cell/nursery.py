"""Keeps cells ready: feeds them, tells what they write and how they end. Speaks with Nursery.java (wire.py).

One process, one loop, which never waits for a program. Another process forks the cells (zygote.py), which are children of
this one all the same. When the service is gone its channel ends; then this process ends, and with it all cells.
"""

import os
import select
import socket
import sys

import cell
import confine
import flows
import questions
import signals
import turns
import wire
import zygote
from room import Room

CHANNEL = 3


class Nursery:
    """Handlers find out by themselves whether there is something for them: a number that was ready may by now be another
    descriptor's. What goes wrong with one room is that room's end only, because the others belong to other people."""

    def __init__(self, mother, mother_pid):
        self.mother, self.mother_pid = mother, mother_pid
        self.channel, self.frames = socket.socket(fileno=CHANNEL), wire.Frames()
        self.poll, self.handlers, self.rooms = select.epoll(), {}, {}
        self.flows, self.questions = flows.Flows(self), questions.Questions(self)
        self.orders = {
            b"S": self.open,
            b"R": self.run,
            b"I": self.flows.feed,
            b"E": self.flows.end_input,
            b"A": self.flows.widen,
            b"N": self.go_on,
            b"G": self.send_signal,
            b"Z": self.flows.resize,
            b"K": self.kill,
            b"C": self.collect,
            b"D": self.forget,
        }

    def serve(self):
        self.watch(CHANNEL, select.EPOLLIN, self.on_order)
        self.watch(self.mother.fileno(), select.EPOLLIN, self.on_birth)
        while True:
            for descriptor, event in self.poll.poll(self.questions.patience()):
                handler = self.handlers.get(descriptor)
                if handler:
                    handler(event)
            self.questions.wake()

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
        data = self.channel.recv(flows.PIECE)
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
            self.flows.watch_output(room, descriptor)

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
            data, descriptors = wire.receive(room.control, flows.PIECE, 1, socket.MSG_DONTWAIT)
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
                self.flows.connect_terminal(room)
            room.reads = True
            self.flows.on_hunger(room)
        elif word == "begins":
            if descriptors and room.reads:
                room.listener = descriptors.pop()
                self.questions.listen(room)
            self.tell(b"b", room.number, text.encode())
        elif word == "ended":
            room.compiler_micros = turns.cpu_micros(text)
            self.flows.drain(room)
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

    def send_signal(self, room, payload):
        if not room.reads and room.turns.at != "compiling":
            return  # there is no program, or none any more
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
        room.over = (room.report or cell.account(status, usage, room.compiler_micros)).encode()
        room.reads = True
        if room.stdin is not None:
            room.fed_all = True
            self.flows.on_hunger(room)
        if not room.begun:
            for descriptor in list(room.outputs):
                self.flows.close_output(room, descriptor)
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


def serve(bare):
    """Takes the names of the modules that any interpreter has when it starts. Returns in cells only, when there is a program
    to go on with."""
    mother, inner = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    pid = os.fork()
    if pid == 0:
        mother.close()
        os.close(CHANNEL)
        return zygote.serve(inner, sys.argv[0], bare)
    inner.close()
    confine.call_self("nursery")
    own = Nursery(mother, pid)
    own.tell(b"h", 0)
    try:
        own.serve()
    except BaseException as error:
        own.tell(b"f", 0, repr(error).encode())
    os._exit(1)
