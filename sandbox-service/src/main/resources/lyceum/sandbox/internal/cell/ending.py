"""Ends an interpreter that has run its program.

An interpreter takes itself apart when it ends, object by object. Here that would copy every page which it shares with its
nursery, at twice the cost of running a short program. So it just goes, where nobody can tell the difference: when the
program has come to the end of its text, and has left nothing behind that wants to be told.
"""

import atexit
import gc
import os
import sys
import types
from _io import _IOBase

MOST_LEFT = 20_000
SUSPENDED = (types.GeneratorType, types.CoroutineType, types.AsyncGeneratorType)
ABNORMAL = ("last_type", "last_value", "last_exc")


def prepare():
    """To be called before the program is: what is registered first is called last."""
    main, standard = sys.modules["__main__"], (sys.stdin, sys.stdout, sys.stderr)

    def go():
        if has_come_to_its_end(main.__dict__) and not is_missed(standard):
            leave()
        gc.unfreeze()  # what is frozen is not taken apart, and the program's own module is

    atexit.register(go)


def has_come_to_its_end(names):
    """The interpreter takes this name back then, and not where it is told to exit."""
    return "__file__" not in names and not any(hasattr(sys, name) for name in ABNORMAL)


def is_missed(standard):
    """Whether some object of the program's has last words, or holds what is not written yet."""
    left = gc.get_objects()
    return len(left) > MOST_LEFT or any(has_last_words(thing, standard) for thing in left)


def has_last_words(thing, standard):
    kind = type(thing)
    if isinstance(thing, type):
        return "__del__" in thing.__dict__
    if issubclass(kind, SUSPENDED):
        return True
    return issubclass(kind, _IOBase) and thing not in standard


def leave():
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None and not stream.closed:
                stream.flush()
    except OSError:
        return  # which the interpreter itself will tell
    os._exit(0)
