"""Begins either cell: unpacks what it was given, then becomes the judge's or the student's side.

The bundle beside this file is one line of JSON, [[name, bytes], ...], and behind it the contents, one after the other:
our own modules below lib/, and what was handed in, and belongs to the homework, below handin/.
"""

import ctypes
import errno
import json
import os
import signal
import sys

GET_DUMPABLE, SET_DUMPABLE = 3, 4
HERE = os.path.dirname(os.path.abspath(__file__))


def unpack(path):
    with open(path, "rb") as bundle:
        for name, size in json.loads(bundle.readline()):
            put(name, bundle.read(size))
    os.unlink(path)


def put(name, content):
    """What has no place (below a file, or with a name that is none) is left out; the homework's files come first."""
    try:
        place = os.path.join(HERE, name)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "wb") as file:
            file.write(content)
    except (NotADirectoryError, IsADirectoryError, FileExistsError, ValueError):
        pass
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG:
            raise


def main():
    sys.dont_write_bytecode = True
    os.makedirs(os.path.join(HERE, "handin"), exist_ok=True)
    unpack(os.path.join(HERE, "bundle"))
    sys.path[0] = os.environ["PYTHONPATH"] = os.path.join(HERE, "lib")
    if sys.argv[1] == "judge":
        from lyceum_judge import judge_cell

        return judge_cell.main(HERE)
    become_child()
    from lyceum_judge import student_cell

    return student_cell.main(HERE)


def become_child():
    """The first process of a cell is immune to signals, its own ones, too: what a student wrote must not be. It is none
    that the other could look into."""
    control = ctypes.CDLL(None).prctl
    before = control(GET_DUMPABLE, 0, 0, 0, 0)
    control(SET_DUMPABLE, 0, 0, 0, 0)
    child = os.fork()
    if not child:
        control(SET_DUMPABLE, before, 0, 0, 0)
    else:
        for descriptor in range(3):
            os.close(descriptor)
        signal.signal(signal.SIGINT, lambda *_: os.kill(child, signal.SIGINT))
        status = os.waitpid(child, 0)[1]
        os._exit(128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status))


if __name__ == "__main__":
    sys.exit(main())
