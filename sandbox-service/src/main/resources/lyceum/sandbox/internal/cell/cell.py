"""A cell from the inside: builds its walls, waits for a letter, and becomes the program.

A letter is one line of JSON and behind it the files, one after the other:

  files         [name, bytes] of each, in the order in which they follow
  file_bytes    room in each place that can be written
  stdin         whether there is any
  joined        whether both outputs go to one pipe
  terminal      [rows, columns], or null for pipes
  collect       whether files will be asked for in the end
  environment   what is set beside the usual
  learn         there where the program is our own, and the zygote wants to know which memory it touches (pages.py)
  steps         one or two of: command; python: it is the program that this interpreter waits for; cpu_seconds;
                processes; address_bytes, 0 for as much as it likes

What waits is the first process of its namespaces. The program that it waits for takes its place; any other program is
its child, so that signals end it as they do everywhere, and it only buries the dead.
"""

import _signal as signal
import atexit
import fcntl
import json
import os
import select
import socket
import stat
import struct
import sys
import termios

import confine
import ending
import pages
import start
import turns
import walls
import wire

GO_ON = "go on"
OURS = "nursery room flows questions zygote pages large start cell walls confine kernel wire turns signals ending".split()


def live(control, ends, directory, main):
    """The story of the new process. Returns GO_ON when the interpreter shall run its program, else never."""
    going_on = None
    try:
        confine.close_others((control.fileno(),) + ends)
        confine.settle()
        walls.build_cell(directory)
        say(control, "waits")
        order, files = receive(control)
        furnish(control, order, files, directory, main)
        going_on = live_by(control, order, directory, ends)
        return going_on
    except BaseException as error:
        text = error.strerror if isinstance(error, OSError) and error.filename is None else str(error)
        say(control, "failed " + text.replace("\n", " ")[: turns.LONGEST_REASON])
    finally:
        if going_on is not GO_ON:
            os._exit(1)  # also where nobody listens any more


def say(control, text, *descriptors):
    socket.send_fds(control, [text.encode() + b"\n"], descriptors)


def receive(control):
    (length,) = wire.NUMBER.unpack(read(control, wire.NUMBER.size))
    letter = memoryview(read(control, length))
    end = bytes(letter[:length]).index(b"\n")
    order, files, at = json.loads(bytes(letter[:end])), [], end + 1
    for name, size in order["files"]:
        files.append((name, letter[at : at + size]))
        at += size
    return order, files


def read(control, length):
    data = bytearray()
    while len(data) < length:
        piece = control.recv(min(length - len(data), 1 << 20))
        if not piece:
            os._exit(0)  # nobody needs us any more
        data += piece
    return data


def furnish(control, order, files, directory, main):
    walls.make_room(directory, order["file_bytes"])
    for name, content in files:
        path = os.path.join(directory, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if path == main and directory == "/":
            walls.hold_main(path, content)
        else:
            walls.write(path, content)
    os.chdir(directory)
    if order["collect"]:
        own = os.open(".", os.O_PATH | os.O_DIRECTORY)
        say(control, "directory", own)
        os.close(own)


def live_by(control, order, directory, ends):
    steps, inner = order["steps"], None
    if order["terminal"]:
        outer, inner = walls.open_terminal()
        set_window(inner, *order["terminal"])
        say(control, "terminal", outer)
        os.close(outer)
    confine.drop_privileges()
    for number, step in enumerate(steps[:-1]):
        # A compiler reads nothing that is meant for the program, and its two outputs are one.
        compiler = dict(order, stdin=False, joined=True)
        say(control, "ended " + stand_by(control, number, step, (compiler, ends, None)))
        if not hears_more(control):
            os._exit(1)
    last = len(steps) - 1
    say(control, "reads")
    if steps[last]["python"] and inner is None:
        become_python(control, order, ends, directory)
        return GO_ON
    say(control, "over " + stand_by(control, last, steps[last], (order, ends, inner)))
    os._exit(0)


def hears_more(control):
    """Returns whether to go on; signals that were meant for the compiler come too late."""
    word = read(control, 1)
    while word == b"G":
        read(control, 1)
        word = read(control, 1)
    return word == b"N"


def become_python(control, order, ends, directory):
    """Everything that has led here must be forgotten, for the interpreter goes on in this very process; or another one starts
    in it, where the program could tell the two apart.

    It is the first one of its namespaces, which no signal ends. Lessons know themselves so (they have the root); anywhere
    else a program sees what it would see as any other process.
    """
    step = order["steps"][-1]
    os.environ.pop("PYTHONPATH", None)
    os.environ.update(order["environment"])
    sys.path.remove(walls.SCRIPTS)
    sys.path_importer_cache.pop(walls.SCRIPTS, None)
    sys.argv[:] = step["command"][2:]
    sys.orig_argv[:] = step["command"]
    connect(order, ends)
    confine.show(step["command"][0])
    confine.limit(step, order["file_bytes"])
    listener = load_filter(directory)
    say(control, "begins %d" % (len(order["steps"]) - 1), *listener)
    for descriptor in listener:
        os.close(descriptor)
    if not start.is_like(order):
        os.execve(step["command"][0], step["command"], os.environ)  # which closes our own descriptors (wire.receive)
    for name in OURS:
        sys.modules.pop(name, None)
    ending.prepare()
    if "learn" in order:
        atexit.register(pages.tell, control)  # before the end that was prepared
    else:
        control.close()


def load_filter(directory):
    if directory != "/":
        return confine.load_asking_filter()
    confine.load_filter()
    return []


def connect(order, ends):
    stdin, stdout, stderr = ends
    if order["stdin"]:
        os.dup2(stdin, 0)
    else:
        nothing = os.open("/dev/null", os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
    os.dup2(stdout, 1)
    os.dup2(stdout if order["joined"] else stderr, 2)
    for end in ends:
        os.close(end)


def stand_by(control, number, step, outfit):
    """Runs a program as a child, passes signals on to it, buries the dead. Returns how it ended."""
    wakeup, alarm = os.pipe()
    os.set_blocking(alarm, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the kernel keeps other signals of the program from us
    signal.set_wakeup_fd(alarm)
    say(control, "begins %d" % number)
    child = os.fork()
    if child == 0:
        become_other(step, outfit)
    poll = select.poll()
    poll.register(control.fileno(), select.POLLIN)
    poll.register(wakeup, select.POLLIN)
    ended = None
    while ended is None:
        for descriptor, _ in poll.poll():
            if descriptor == control.fileno():
                pass_on(control, child)
            else:
                os.read(wakeup, 64)
                ended = bury(child) or ended
    kill_rest()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # an interpreter may go on here
    return ended


def pass_on(control, child):
    word = control.recv(1)
    if not word:
        os._exit(0)
    if word == b"G":
        os.kill(child, control.recv(1)[0])


def bury(child):
    account_of_child = None
    try:
        pid, status, usage = os.wait4(-1, os.WNOHANG)
        while pid:
            if pid == child:
                account_of_child = account(status, usage)
            pid, status, usage = os.wait4(-1, os.WNOHANG)
    except ChildProcessError:
        pass  # all are buried
    return account_of_child


def kill_rest():
    try:
        os.kill(-1, signal.SIGKILL)
        while True:
            os.waitpid(-1, 0)
    except (ProcessLookupError, ChildProcessError):
        return


def become_other(step, outfit):
    """The story of a child. Never returns."""
    order, ends, terminal = outfit
    command = step["command"]
    try:
        os.setsid()
        if terminal is None:
            connect(order, ends)
        else:
            fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
            for descriptor in range(3):
                os.dup2(terminal, descriptor)
        confine.reset_signals()
        confine.close_others(())
        os.environ.pop("PYTHONPATH", None)
        environment = dict(os.environ, **order["environment"])
        confine.limit(step, order["file_bytes"])
        confine.load_filter()
        os.execvpe(command[0], command, environment)
    except OSError as error:
        os.write(2, ("%s: %s\n" % (command[0], error.strerror)).encode())
        os._exit(127 if isinstance(error, FileNotFoundError) else 126)
    except BaseException as error:
        os.write(2, str(error).encode())
    os._exit(1)


def account(status, usage, spent_micros=0):
    """How a program ended, as JSON; spent is what others took of the processor that the usage counts, too."""
    number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    code = 128 + number if number else os.WEXITSTATUS(status)
    cpu_micros = int((usage.ru_utime + usage.ru_stime) * 1_000_000)
    return json.dumps([code, number, max(0, cpu_micros - spent_micros), usage.ru_maxrss])


def set_window(terminal, rows, columns):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def files(directory, payload):
    """Reads files for the service, from outside, when nothing lives inside any more; no link is followed."""
    most, names = json.loads(payload)
    for name in names:
        try:
            content = read_file(directory, name.split("/"), most)
        except (OSError, ValueError):
            continue
        most -= len(content)
        yield json.dumps([name]).encode(), content


def read_file(directory, parts, most):
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    at = os.dup(directory)
    try:
        for part in parts[:-1]:
            inner = os.open(part, flags | os.O_DIRECTORY, dir_fd=at)
            os.close(at)
            at = inner
        file = os.open(parts[-1], flags, dir_fd=at)
    finally:
        os.close(at)
    with open(file, "rb") as content:
        found = os.fstat(file)
        if not stat.S_ISREG(found.st_mode) or found.st_size > most:
            raise ValueError("not a plain file, or too long")
        return content.read(most)
