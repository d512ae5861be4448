"""What a program sees: a root of its own with as much of the host in it as its language needs, all of that read-only.

A nursery builds one tree of that, once. A cell shows it in a root of its own, beside what it may write.
"""

import ctypes
import os

from kernel import MOUNT_SETATTR, PIVOT_ROOT, call

RDONLY, NOSUID, NODEV, NOEXEC, REMOUNT, BIND, REC, PRIVATE = 1, 2, 4, 8, 32, 4096, 16384, 1 << 18
LOCKED = NOSUID | NODEV | NOEXEC | 1 << 10 | 1 << 11 | 1 << 21  # and noatime, nodiratime, relatime
RECURSIVE, AT_WORKING_DIRECTORY, DETACH = 0x8000, -100, 2

STAGE = "/tmp"  # exists everywhere; nobody else sees what is mounted there
FILES, ROOT, HELD = STAGE + "/files", STAGE + "/root", STAGE + "/held"
SCRIPTS = "/tmp/lyceum"  # in the tree; a cell has a /tmp of its own
ROOM = 4 << 20  # for what has no size yet
BESIDE_USR = ("bin", "sbin", "lib", "lib32", "lib64", "libx32")
DEVICES = ("null", "zero", "full", "random", "urandom", "tty")
SETTINGS = ("sys", "bus", "irq", "fs", "sysrq-trigger")
ETC = {
    "passwd": "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n",
    "group": "root:x:0:\nnogroup:x:65534:\n",
    "hosts": "127.0.0.1 localhost sandbox\n::1 localhost\n",
    "nsswitch.conf": "passwd: files\ngroup: files\nhosts: files dns\n",
}


def mount(source, target, kind=None, flags=0, options=None):
    text = [None if t is None else t.encode() for t in (source, target, kind, options)]
    try:
        call("mount", text[0], text[1], text[2], flags, text[3])
    except OSError as error:
        raise OSError(error.errno, "mount %s: %s" % (target, os.strerror(error.errno)))


def tmpfs(target, size, mode):
    mount("tmpfs", target, "tmpfs", NOSUID | NODEV, room(size) + ",mode=" + mode)


def seal(target, attributes):
    """Makes a mount, and all below it, read-only."""
    wanted = (ctypes.c_uint64 * 4)(attributes, 0, 0, 0)
    try:
        path = target.encode()
        call(MOUNT_SETATTR, AT_WORKING_DIRECTORY, path, RECURSIVE, ctypes.addressof(wanted), ctypes.sizeof(wanted))
    except OSError:
        # Before Linux 5.12. What an outer namespace has locked must be repeated.
        mount(None, target, None, REMOUNT | BIND | attributes | os.statvfs(target).f_flag & LOCKED)


def bind(source, target, attributes=RDONLY | NOSUID | NODEV):
    """Shows a path of the host, or an open descriptor of one, read-only inside."""
    mount("/proc/self/fd/%d" % source if isinstance(source, int) else source, target, None, BIND | REC)
    seal(target, attributes)


def write(path, content=b""):
    with open(path, "wb") as file:
        file.write(content)


def make_private():
    mount(None, "/", None, REC | PRIVATE)


def stage(settings):
    """For real root: holds what the user that root becomes could not reach, whatever its directory."""
    make_private()
    held = {name: os.open(settings[name], os.O_PATH) for name in ("scripts", "home_from") if settings[name]}
    tmpfs(STAGE, ROOM, "755")
    for name, directory in held.items():
        os.makedirs(HELD + "/" + name)
        mount("/proc/self/fd/%d" % directory, HELD + "/" + name, None, BIND | REC)
        os.close(directory)
        settings[name] = HELD + "/" + name


def build_tree(settings):
    """Makes the tree the only thing that the nursery sees."""
    make_private()
    # Opened before the stage hides what lies below it.
    paths = ["/usr", "/proc", settings["scripts"], settings["home_from"]] + settings["paths"]
    held = {path: os.open(path, os.O_PATH) for path in paths if path and os.path.exists(path)}
    tmpfs(STAGE, ROOM, "755")
    os.mkdir(ROOT)
    tmpfs(ROOT, ROOM, "755")
    show(held["/usr"], "/usr")
    for name in BESIDE_USR:
        show_beside_usr(name)
    if settings["home_from"]:
        show(held[settings["home_from"]], settings["home_to"])
    fill_etc([path for path in settings["paths"] if path in held])
    for path in settings["paths"]:
        if path in held and not path.startswith("/etc/"):
            show(held[path], path)
    for path in settings["paths"]:
        if path in held and path.startswith("/etc/"):
            bind(held[path], ROOT + path)
    fill_dev()
    show(held[settings["scripts"]], SCRIPTS)
    os.makedirs(ROOT + "/root", 0o555, exist_ok=True)  # an interpreter of root's may lie in it
    os.mkdir(ROOT + "/proc", 0o555)
    mount("/proc/self/fd/%d" % held["/proc"], ROOT + "/proc", None, BIND | REC)
    os.makedirs(ROOT + os.path.dirname(settings["main"]), exist_ok=True)
    enter(ROOT)
    mount(None, "/", None, REMOUNT | BIND | RDONLY | NOSUID | NODEV)


def show(source, target):
    os.makedirs(ROOT + target, exist_ok=True)
    bind(source, ROOT + target)


def enter(root):
    os.chdir(root)
    call(PIVOT_ROOT, b".", b".")  # the old root now lies on top of the new one
    call("umount2", b".", DETACH)
    os.chdir("/")


def show_beside_usr(name):
    if os.path.islink("/" + name):
        os.symlink(os.readlink("/" + name), ROOT + "/" + name)
    elif os.path.isdir("/" + name):
        show("/" + name, "/" + name)


def fill_etc(paths):
    etc = FILES + "/etc"
    os.makedirs(etc)
    for name, content in ETC.items():
        write(etc + "/" + name, content.encode())
    if os.path.exists("/etc/ld.so.cache"):
        with open("/etc/ld.so.cache", "rb") as cache:
            write(etc + "/ld.so.cache", cache.read())
    for path in paths:
        if path.startswith("/etc/"):
            os.makedirs(FILES + path)
    show(etc, "/etc")


def fill_dev():
    dev = FILES + "/dev"
    os.makedirs(dev + "/shm")
    os.mkdir(dev + "/pts")
    for name in DEVICES:
        write(dev + "/" + name)
        mount("/dev/" + name, dev + "/" + name, None, BIND)
    for name, target in (("stdin", "/0"), ("stdout", "/1"), ("stderr", "/2"), ("fd", "")):
        os.symlink("/proc/self/fd" + target, dev + "/" + name)
    os.symlink("pts/ptmx", dev + "/ptmx")
    os.mkdir(ROOT + "/dev")
    bind(dev, ROOT + "/dev", RDONLY | NOSUID | NOEXEC)


def build_cell(directory):
    """Hides what a cell may not see of the tree; where programs may write to the root, it gets one of its own."""
    if directory != "/":
        return fill_proc("/proc")
    shown = [entry for entry in os.scandir("/") if entry.name not in ("proc", "tmp")]
    tmpfs(STAGE, ROOM, "755")
    for entry in shown:
        if entry.is_symlink():
            os.symlink(os.readlink(entry.path), STAGE + entry.path)
        else:
            os.mkdir(STAGE + entry.path)
            mount(entry.path, STAGE + entry.path, None, BIND | REC)
    os.mkdir(STAGE + "/proc", 0o555)
    os.mkdir(STAGE + "/tmp")
    fill_proc(STAGE + "/proc")
    enter(STAGE)


def fill_proc(target):
    """Processes only, where the kernel knows how; else all of it with the settings sealed; else none."""
    for options, sealed in (("subset=pid", ()), (None, SETTINGS)):
        try:
            mount("proc", target, "proc", NOSUID | NODEV | NOEXEC, options)
        except OSError:
            continue  # an old kernel, or a container that masks parts of its own /proc
        for path in (target + "/" + name for name in sealed):
            if os.path.exists(path):
                bind(path, path)
        return
    tmpfs(target, 4096, "555")
    mount(None, target, None, REMOUNT | BIND | RDONLY | NOSUID | NODEV)


def make_room(directory, size):
    """Mounts what can be written, over what was there."""
    if directory == "/":
        mount(None, "/", None, REMOUNT | NOSUID | NODEV, room(size))
    else:
        tmpfs(directory, size, "755")
    for target in ("/tmp", "/dev/shm"):
        tmpfs(target, size, "1777")


def room(size):
    return "size=%d,nr_inodes=%d" % (size, size // 4096 + 1024)


def hold_main(path, content):
    """Puts the program where it can be read and not written, as if it came from outside."""
    write("/tmp/main", content)
    write(path)
    bind("/tmp/main", path)
    os.unlink("/tmp/main")


def open_terminal():
    """A terminal of the cell's own. Returns its two sides, the program's last."""
    mount("devpts", "/dev/pts", "devpts", NOSUID | NOEXEC, "newinstance,ptmxmode=0666,mode=600")
    master = os.open("/dev/pts/ptmx", os.O_RDWR | os.O_NOCTTY)
    call("unlockpt", master)
    return master, os.open("/dev/pts/0", os.O_RDWR | os.O_NOCTTY)
