"""One cell: builds walls that the kernel keeps round one program, and stands at the door until it has ended.

Run by an interpreter we trust, with an empty environment. It speaks with ColdCell.java:

  stdin   lines "key value", an empty line, the source, the program's standard input; later "g": go.
          Its end means that the service is gone: everything is killed.
  stdout  belongs to the program, for both of its streams.
  stderr  "ready PID": the walls stand, and the program waits for "g" as process PID of the host.
          "done CODE SIGNAL CPU_MICROS PEAK_KIB": it has ended, and nothing of it is left.
          "failed TEXT": there are no walls, so nothing was run.
  SIGTERM kills the program; "done" comes all the same.

Two processes: the keeper outside, who was root at most for a moment, and the program, from its birth pid 1 of
namespaces of its own.
"""

import os
import select
import stat

import _signal as signal  # without the enums of signal, whose import would cost a tenth of a start

import confine
import walls
from kernel import CLONE, CLOSE_RANGE, NEW_MOUNTS, NEW_NAMESPACES, SET_DUMPABLE, call

PATH = "/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin:/bin:/sbin"
PIECE = 1 << 16


def read_order():
    data = b""
    while b"\n\n" not in data:
        data += read_some(PIECE)
    head, body = data.split(b"\n\n", 1)
    order = dict(line.split(" ", 1) for line in head.decode().split("\n"))
    pieces, missing = [body], int(order["source_bytes"]) + int(order["stdin_bytes"]) - len(body)
    while missing > 0:
        pieces.append(read_some(min(missing, PIECE)))
        missing -= len(pieces[-1])
    body, cut = b"".join(pieces), int(order["source_bytes"])
    return order, body[:cut], body[cut:]


def read_some(most):
    piece = os.read(0, most)
    if not piece:
        os._exit(0)  # the service is gone
    return piece


def drop_root(order):
    """Real root becomes an ordinary user first: root's own namespaces could open settings of the whole machine."""
    uid = int(order["uid"])
    if order["home_from"]:
        call("unshare", NEW_MOUNTS)
        walls.stage_home(order)
    try:
        if stat.S_ISFIFO(os.fstat(1).st_mode):
            os.fchown(1, uid, uid)  # or the program could not open /dev/stdout
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
    except OSError as error:
        raise OSError(error.errno, "root cannot become user %d: %s" % (uid, error.strerror))
    # The kernel has taken our own /proc files from us, the maps of users among them: this gives them back.
    call("prctl", SET_DUMPABLE, 1, 0, 0, 0)


def clone():
    try:
        return call(CLONE, NEW_NAMESPACES | signal.SIGCHLD, 0, 0, 0, 0)
    except OSError as error:
        reason = os.strerror(error.errno)
        raise OSError(error.errno, "the system allows user %d no namespaces: %s" % (os.geteuid(), reason))


def become_program(order, source, keeper, stdin, gate, report):
    """The story of the new process. Never returns."""
    try:
        os.setsid()
        confine.map_user(*keeper)
        confine.name_host()
        walls.build(order, source)
        confine.reset_signals()
        os.dup2(stdin if int(order["stdin_bytes"]) else os.open("/dev/null", os.O_RDONLY), 0)
        confine.drop_privileges()
        os.write(report, b"ready")
        if not os.read(gate, 1):
            os._exit(1)
        confine.limit(order)
        os.dup2(1, 2)
        confine.load_filter(order["filter"])
        environment = {"HOME": "/root", "HOSTNAME": "sandbox", "LANG": "C.UTF-8", "PATH": PATH}
        environment["PYTHON_VERSION"] = order["version"]
        os.execve(order["program"], [order["program"], "-u", "/codefile.py"], environment)
    except BaseException as error:
        os.write(report, b"failed " + describe(error).encode())
    os._exit(1)


def describe(error):
    text = error.strerror if isinstance(error, OSError) and error.filename is None else str(error)
    return text.replace("\n", " ")[:500]


class Keeper:
    """Stands at the door: knows what to do with each thing that happens, and ends when the program has."""

    def __init__(self, pid, feed, stdin, gate, report, wakeup):
        self.pid, self.feed, self.stdin, self.gate, self.report, self.wakeup = pid, feed, stdin, gate, report, wakeup
        self.ended, self.failure = None, None
        self.poll = select.poll()
        self.handlers = {0: self.on_order, report: self.on_report, wakeup: self.on_signal, feed: self.on_hunger}
        for descriptor in (0, report, wakeup):
            self.poll.register(descriptor, select.POLLIN)
        os.set_blocking(feed, False)
        self.poll.register(feed, select.POLLOUT)

    def stand(self):
        while not self.ended:
            for descriptor, _ in self.poll.poll():
                self.handlers[descriptor]()
        self.note(os.read(self.report, PIECE))

    def on_order(self):
        letter = os.read(0, 1)
        if letter:
            os.write(self.gate, letter)
        else:
            os.kill(self.pid, signal.SIGKILL)
            self.poll.unregister(0)

    def on_report(self):
        text = os.read(self.report, PIECE)
        self.note(text)
        if text == b"ready":
            call("prctl", SET_DUMPABLE, 0, 0, 0, 0)
            tell("ready %d" % self.pid)
        elif not text:
            self.poll.unregister(self.report)

    def note(self, text):
        if text.startswith(b"failed "):
            self.failure = text.decode()

    def on_signal(self):
        numbers = os.read(self.wakeup, PIECE)
        if signal.SIGTERM in numbers:
            os.kill(self.pid, signal.SIGKILL)
        pid, status, usage = os.wait4(self.pid, os.WNOHANG)
        if pid:
            self.ended = status, usage

    def on_hunger(self):
        try:
            self.stdin = self.stdin[os.write(self.feed, self.stdin[:PIECE]) :] if self.stdin else b""
        except BrokenPipeError:
            self.stdin = b""
        if not self.stdin:
            self.poll.unregister(self.feed)
            os.close(self.feed)


def tell(text):
    os.write(2, (text + "\n").encode())


def watch_signals():
    wakeup, alarm = os.pipe()
    os.set_blocking(alarm, False)
    signal.set_wakeup_fd(alarm)
    for number in (signal.SIGCHLD, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    return wakeup


def close_inherited():
    try:
        call(CLOSE_RANGE, 3, 0xFFFFFFFF, 0)
    except OSError:
        os.closerange(3, 4096)  # before Linux 5.9


def main():
    os.setsid()
    close_inherited()
    order, source, stdin = read_order()
    wakeup = watch_signals()
    if os.geteuid() == 0:
        drop_root(order)
    keeper = os.geteuid(), os.getegid()
    (feed_out, feed_in), (gate_out, gate_in), (report_out, report_in) = os.pipe(), os.pipe(), os.pipe()
    pid = clone()
    if pid == 0:
        os.close(gate_in)
        become_program(order, source, keeper, feed_out, gate_out, report_in)
    for descriptor in (1, feed_out, gate_out, report_in):
        os.close(descriptor)
    door = Keeper(pid, feed_in, stdin, gate_in, report_out, wakeup)
    door.stand()
    status, usage = door.ended
    number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    code = 128 + number if number else os.WEXITSTATUS(status)
    micros = int((usage.ru_utime + usage.ru_stime) * 1_000_000)
    tell(door.failure or "done %d %d %d %d" % (code, number, micros, usage.ru_maxrss))


def run():
    try:
        main()
    except BaseException as error:
        tell("failed " + describe(error))
    os._exit(0)
