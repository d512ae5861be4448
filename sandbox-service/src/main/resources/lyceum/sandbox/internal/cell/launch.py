"""Starts a nursery: becomes an ordinary user, builds the tree that every cell shows, and turns into the interpreter that
waits there for programs (sitecustomize.py goes on).

Run by an interpreter we trust, with an empty environment. Standard input is a JSON object of settings, then it ends:

  socket       path of the service's socket: all that is said later is said there
  uid          whom real root becomes
  home_from, home_to   the interpreter's library where that is not below /usr, here and inside; or empty
  program, version     the interpreter inside, 3.11.2
  scripts      the directory of these files
  paths        more paths of the host to show
  main         the program that waiting interpreters run: /codefile.py or /w/main.py
"""

import json
import os
import socket
import sys

import confine
import walls
from kernel import CLOSE_RANGE, NEW_MOUNTS, NEW_USER, SET_DUMPABLE, call

CHANNEL = 3
PATH = "/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin:/bin:/sbin"


def close_inherited():
    try:
        call(CLOSE_RANGE, CHANNEL, 0xFFFFFFFF, 0)
    except OSError:
        os.closerange(CHANNEL, 4096)  # before Linux 5.9


def connect(path):
    """While we still may: the directory is the service's own."""
    channel = socket.socket(socket.AF_UNIX)
    channel.connect(path)
    if channel.fileno() != CHANNEL:
        os.dup2(channel.fileno(), CHANNEL)
    os.set_inheritable(CHANNEL, True)
    return channel  # whose end would close it


def drop_root(settings):
    """Real root becomes an ordinary user first: root's own namespaces could open settings of the whole machine."""
    uid = settings["uid"]
    call("unshare", NEW_MOUNTS)
    walls.stage(settings)
    try:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
    except OSError as error:
        raise OSError(error.errno, "root cannot become user %d: %s" % (uid, error.strerror))
    # The kernel has taken our own /proc files from us, the maps of users among them: this gives them back.
    call("prctl", SET_DUMPABLE, 1, 0, 0, 0)


def leave_host():
    user, group = os.geteuid(), os.getegid()
    try:
        call("unshare", NEW_USER | NEW_MOUNTS)
    except OSError as error:
        reason = os.strerror(error.errno)
        raise OSError(error.errno, "the system allows user %d no namespaces: %s" % (user, reason))
    confine.map_user(user, group)


def main():
    settings = json.load(sys.stdin)
    os.setsid()
    confine.reset_signals()  # what ignores a signal here would do so in every program
    close_inherited()
    channel = connect(settings["socket"])
    if os.geteuid() == 0:
        drop_root(settings)
    leave_host()
    walls.build_tree(settings)
    environment = {"HOME": "/root", "HOSTNAME": "sandbox", "LANG": "C.UTF-8", "PATH": PATH}
    environment["PYTHON_VERSION"] = settings["version"]
    environment["PYTHONPATH"] = walls.SCRIPTS
    program = settings["program"]
    os.execve(program, [program, "-s", "-u", settings["main"]], environment)


try:
    main()
except BaseException as error:
    text = error.strerror if isinstance(error, OSError) and error.filename is None else str(error)
    os.write(2, text.replace("\n", " ").encode()[:500] + b"\n")
    os._exit(1)
