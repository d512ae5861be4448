"""What the program sees: a root of its own with as much of the host in it as Python needs, all of that read-only."""

import ctypes
import os

from kernel import MOUNT_SETATTR, PIVOT_ROOT, call

RDONLY, NOSUID, NODEV, NOEXEC, REMOUNT, BIND, REC, PRIVATE = 1, 2, 4, 8, 32, 4096, 16384, 1 << 18
LOCKED = NOSUID | NODEV | NOEXEC | 1 << 10 | 1 << 11 | 1 << 21  # and noatime, nodiratime, relatime
RECURSIVE, AT_WORKING_DIRECTORY, DETACH = 0x8000, -100, 2

STAGE = "/tmp"  # exists everywhere; nobody else sees what is mounted there
FILES, ROOT = STAGE + "/files", STAGE + "/root"
BESIDE_USR = ("bin", "sbin", "lib", "lib32", "lib64", "libx32")
DEVICES = ("null", "zero", "full", "random", "urandom")
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
    os.makedirs(target, exist_ok=True)
    mount("tmpfs", target, "tmpfs", NOSUID | NODEV, "size=%d,nr_inodes=%d,mode=%s" % (size, size // 4096 + 256, mode))


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


def write(path, content, mode="w"):
    with open(path, mode) as file:
        file.write(content)


def make_private():
    mount(None, "/", None, REC | PRIVATE)


def stage_home(order):
    """For real root: shows the interpreter where the user that root becomes can reach it, whatever its directory."""
    make_private()
    home = os.open(order["home_from"], os.O_PATH)
    tmpfs(STAGE, 4096, "755")
    os.mkdir(STAGE + "/home")
    mount("/proc/self/fd/%d" % home, STAGE + "/home", None, BIND | REC)
    os.close(home)
    order["home_from"] = STAGE + "/home"


def build(order, source):
    """Makes the new root the only one."""
    size, rooted = int(order["file_bytes"]), order["directory"] == "/"
    make_private()
    # Opened before the stage hides what lies below it.
    usr = os.open("/usr", os.O_PATH)
    home = os.open(order["home_from"], os.O_PATH) if order["home_from"] else None
    tmpfs(STAGE, len(source) + (1 << 20), "755")
    tmpfs(ROOT, size if rooted else 1 << 20, "755")
    os.mkdir(ROOT + "/usr")
    bind(usr, ROOT + "/usr")
    for name in BESIDE_USR:
        show_beside_usr(name)
    if home is not None:
        os.makedirs(ROOT + order["home_to"], exist_ok=True)
        bind(home, ROOT + order["home_to"])
    fill_etc()
    fill_dev(size)
    write(FILES + "/codefile.py", source, "wb")
    write(ROOT + "/codefile.py", "")
    bind(FILES + "/codefile.py", ROOT + "/codefile.py")
    os.mkdir(ROOT + "/root", 0o555)
    tmpfs(ROOT + "/tmp", size, "1777")
    fill_proc()
    if not rooted:
        tmpfs(ROOT + order["directory"], size, "755")
    enter(order["directory"], rooted)


def enter(directory, rooted):
    os.chdir(ROOT)
    call(PIVOT_ROOT, b".", b".")  # the old root now lies on top of the new one
    call("umount2", b".", DETACH)
    os.chdir("/")
    if not rooted:
        mount(None, "/", None, REMOUNT | BIND | RDONLY | NOSUID | NODEV)
    os.chdir(directory)


def show_beside_usr(name):
    if os.path.islink("/" + name):
        os.symlink(os.readlink("/" + name), ROOT + "/" + name)
    elif os.path.isdir("/" + name):
        os.mkdir(ROOT + "/" + name)
        bind("/" + name, ROOT + "/" + name)


def fill_etc():
    os.makedirs(FILES + "/etc")
    for name, content in ETC.items():
        write(FILES + "/etc/" + name, content)
    if os.path.exists("/etc/ld.so.cache"):
        with open("/etc/ld.so.cache", "rb") as cache:
            write(FILES + "/etc/ld.so.cache", cache.read(), "wb")
    os.mkdir(ROOT + "/etc")
    bind(FILES + "/etc", ROOT + "/etc")


def fill_dev(size):
    os.makedirs(FILES + "/dev/shm")
    for name in DEVICES:
        write(FILES + "/dev/" + name, "")
        mount("/dev/" + name, FILES + "/dev/" + name, None, BIND)
    for name, target in (("stdin", "/0"), ("stdout", "/1"), ("stderr", "/2"), ("fd", "")):
        os.symlink("/proc/self/fd" + target, FILES + "/dev/" + name)
    os.mkdir(ROOT + "/dev")
    bind(FILES + "/dev", ROOT + "/dev", RDONLY | NOSUID | NOEXEC)
    tmpfs(ROOT + "/dev/shm", size, "1777")


def fill_proc():
    """Processes only, where the kernel knows how; else all of it with the settings sealed; else none."""
    target = ROOT + "/proc"
    os.mkdir(target, 0o555)
    for options, sealed in (("subset=pid", ()), (None, SETTINGS)):
        try:
            mount("proc", target, "proc", NOSUID | NODEV | NOEXEC, options)
        except OSError:
            continue  # an old kernel, or a container that masks parts of its own /proc
        for path in (target + "/" + name for name in sealed):
            if os.path.exists(path):
                bind(path, path)
        return
