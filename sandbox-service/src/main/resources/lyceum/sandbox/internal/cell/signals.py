"""Signals that the kernel keeps from the first process of its namespaces: those that would end it. What they do elsewhere,
the nursery does.

A program that its cell has waited for is that first process. Those signals that the service sends are looked at before;
and before a program sends one that may reach it, the kernel asks here (seccomp_unotify(2)): the program is ended, or its
call goes on as if nobody had been asked. Who blocks a signal for a moment, as all do that start a child, would lose it: so
whoever sends it waits for that moment. What cannot be known so: a signal that the kernel itself sends, as alarm() and
setitimer() have it do; one that is sent by pidfd_send_signal() or sigqueue(); and raise() of a C library that blocks all
signals meanwhile (glibc before 2.34, musl).

Answering costs time of the nursery, which everybody needs. So each program gets as much of it as hundreds of its signals
take, and then a tenth: who sends itself more signals than that waits for each, and nobody else does.
"""

import _signal as signal
import ctypes
import fcntl
import os
import select
import struct

from kernel import KILL, SIGTIMEDWAIT, THREAD_GROUP_KILL, THREAD_KILL

MOST_SECONDS = 0.05
BLOCKED_SECONDS, LOOK_AGAIN_SECONDS = 0.02, 0.002
REST = 9  # times as long as the last answer took

NONE, LATER, END = "none", "later", "end"

# signal(7): whoever does not care for one of these goes on.
HARMLESS = {
    signal.SIGCHLD,
    signal.SIGCONT,
    signal.SIGSTOP,
    signal.SIGTSTP,
    signal.SIGTTIN,
    signal.SIGTTOU,
    signal.SIGURG,
    signal.SIGWINCH,
}

# struct seccomp_notif: id, process, flags; struct seccomp_data: call, architecture, place, arguments
QUESTION = struct.Struct("=QIIiIQ6Q")
ANSWER = struct.Struct("=QqiI")  # struct seccomp_notif_resp: id, value, error, flags
RECEIVE, SEND, CONTINUE = 0xC0502100, 0xC0182101, 1


def next_question(listener):
    """Returns caller (a thread), call, arguments and id; or None where nobody asks."""
    if not state(listener) & select.POLLIN:
        return None  # or we would wait for one
    question = bytearray(QUESTION.size)
    try:
        fcntl.ioctl(listener, RECEIVE, question)
    except OSError:
        return None  # whoever has asked is dead
    own, caller, _, call, _, _, *arguments = QUESTION.unpack(question)
    return caller, call, [ctypes.c_int(argument & 0xFFFFFFFF).value for argument in arguments], own


def is_over(listener):
    """Whether nobody is left who could ask."""
    return state(listener) & (select.POLLHUP | select.POLLERR)


def state(listener):
    ready = select.poll()
    ready.register(listener, select.POLLIN)
    return sum(event for _, event in ready.poll(0))


def let_go_on(listener, question):
    try:
        fcntl.ioctl(listener, SEND, ANSWER.pack(question[3], 0, 0, CONTINUE))
    except OSError:
        pass  # whoever has asked is dead


def effect(first, question):
    """Returns what a call would do to the first process if that were not the first, and the signal."""
    caller, call, arguments, _ = question
    number = arguments[2] if call == THREAD_GROUP_KILL else arguments[1]
    try:
        thread = target(first, caller, call, arguments)
        found = effect_on(first, number, thread) if thread else NONE
    except OSError:
        return NONE, number  # somebody has died meanwhile
    return NONE if found is LATER and thread == caller else found, number


def target(first, caller, call, arguments):
    """Returns the thread of the first process that a call is for, or its first one for all; 0 where it is for others."""
    if call == KILL:
        return first if reaches(first, caller, arguments[0]) else 0
    if call == THREAD_KILL:
        return thread_of(first, arguments[0])
    return thread_of(first, arguments[1]) if call == THREAD_GROUP_KILL and arguments[0] == 1 else 0


def reaches(first, caller, process):
    """As kill(2) has it. The first process leads its own group, and can leave it never."""
    if process == 0:
        return os.getpgid(caller) == os.getpgid(first)
    if process == -1:
        return not os.path.exists("/proc/%d/task/%d" % (first, caller))  # all but the caller
    return process == 1


def thread_of(pid, inside):
    """Returns the thread that has a number inside its namespaces; 0 where it is none of this process."""
    if inside == 1:
        return pid
    for thread in os.listdir("/proc/%d/task" % pid):
        try:
            if int(status_of(pid, thread, b"NSpid").split()[-1]) == inside:
                return int(thread)
        except OSError:
            continue  # it has ended
    return 0


def is_fatal(pid, number):
    return effect_on(pid, number, pid) is END


def effect_on(pid, number, thread):
    """It is the end of a process that has made no arrangements for a signal: it neither ignores nor catches it, and no thread
    waits for one, for which the kernel says that what is waited for is not blocked."""
    if not 0 < number < signal.NSIG or number in HARMLESS:
        return NONE
    if number == signal.SIGKILL:
        return END
    arranged = status_of(pid, thread, b"SigBlk", b"SigIgn", b"SigCgt").split()
    blocks, ignores, catches = (int(mask, 16) >> (number - 1) & 1 for mask in arranged)
    if ignores or catches or waits_for_signals(pid):
        return NONE
    return LATER if blocks else END


def status_of(pid, thread, *names):
    """Returns what /proc tells under those names, one after the other. A process may call itself what it likes, but not with
    a line feed, which the kernel writes in another way."""
    with open("/proc/%d/task/%s/status" % (pid, thread), "rb", buffering=0) as status:
        lines = status.read(1 << 14).split(b"\n")
    fields = dict(line.split(b":", 1) for line in lines if line)
    return b" ".join(fields[name] for name in names)


def waits_for_signals(pid):
    for thread in os.listdir("/proc/%d/task" % pid):
        try:
            with open("/proc/%d/task/%s/syscall" % (pid, thread)) as call:
                if call.read().split()[0] == str(SIGTIMEDWAIT):
                    return True
        except OSError:
            continue  # it has ended
    return False
