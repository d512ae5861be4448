"""Ends an interpreter that has run its program.

An interpreter takes itself apart when it ends, object by object. Here that would copy every page which it shares with its
nursery, at twice the cost of running a short program. So it just goes, where nobody can tell the difference: when the
program has come to the end of its text, and has left nothing behind that wants to be told.

The program may have left anything. So nothing of it is run here: no attribute is asked of an object whose class could answer
in its own way, no name is looked up that it could have replaced, and where somebody traces what is run, none of this is.
"""

import _weakrefset
import atexit
import itertools
import operator
import sys
import weakref
from _ctypes import CFuncPtr
from _io import BufferedRandom, BufferedReader, BufferedWriter, BytesIO, FileIO, StringIO, TextIOWrapper, _IOBase
from _weakref import CallableProxyType, ProxyType, ReferenceType
from builtins import BaseException, OSError, all, any, bool, hasattr, issubclass, len, list, map, type
from gc import callbacks, freeze, get_debug, get_objects, unfreeze
from os import _exit
from types import AsyncGeneratorType, BuiltinFunctionType, CoroutineType, FunctionType, GeneratorType

MOST_LEFT = 20_000
ABNORMAL = ("last_type", "last_value", "last_exc")
SUSPENDED = (GeneratorType, CoroutineType, AsyncGeneratorType)
WITH_LAST_WORDS = (*SUSPENDED, _IOBase, ProxyType, CallableProxyType, CFuncPtr)  # C may hold what is not written, too
NAMES_OF_CLASS = type.__dict__["__dict__"].__get__
CALLBACK = ReferenceType.__callback__.__get__
FORGETS_CLASS = "_destroy"  # the callback of references to classes in Modules/_abc.c, which says nothing
FORGETTING = (_weakrefset.__dict__, weakref.__dict__)  # of modules whose callbacks say nothing either
WITHIN = {kind: kind.raw.__get__ for kind in (BufferedRandom, BufferedReader, BufferedWriter)}
WITHIN[TextIOWrapper] = TextIOWrapper.buffer.__get__
IS_CLOSED = FileIO.closed.__get__


def prepare():
    """To be called before the program is: what is registered first is called last."""
    names, standard = sys.modules["__main__"].__dict__, (sys.stdout, sys.stderr)

    def go():
        try:
            if has_come_to_its_end(names) and not is_missed(standard):
                leave(standard)
        except BaseException:
            return  # what is as strange as that is left to the interpreter

    atexit.register(unfreeze)  # what is frozen is not taken apart, and the program's own module is
    atexit.register(list, unless_traced(go))
    freeze()  # so that only what the program makes is looked at


def unless_traced(go):
    """Calls it when it is iterated over, where nobody sees what is called: in C alone, for a function of ours would be seen."""
    call = operator.methodcaller("__call__")
    tracers = map(call, (sys.gettrace, sys.getprofile))
    unseen = map(all, [map(operator.is_, tracers, itertools.repeat(None))])
    return map(call, map((bool, go).__getitem__, unseen))


def has_come_to_its_end(names):
    """The interpreter takes this name back then, and not where it is told to exit."""
    return "__file__" not in names and not any(hasattr(sys, name) for name in ABNORMAL)


def is_missed(standard):
    """Whether some object of the program's has last words, or holds what is not written yet."""
    if callbacks or get_debug() or sys.stdout is not standard[0] or sys.stderr is not standard[1]:
        return True
    left = get_objects()
    return len(left) > MOST_LEFT or any(has_last_words(thing) for thing in left)


def has_last_words(thing):
    kind = type(thing)
    if issubclass(kind, type):
        return "__del__" in NAMES_OF_CLASS(thing)
    if issubclass(kind, ReferenceType):
        return not is_silent(CALLBACK(thing))
    return issubclass(kind, WITH_LAST_WORDS) and not is_done(thing)


def is_silent(callback):
    kind = type(callback)
    if kind is FunctionType:
        return any(callback.__globals__ is names for names in FORGETTING)
    return callback is None or kind is BuiltinFunctionType and callback.__name__ == FORGETS_CLASS


def is_done(thing):
    """Whether it is a plain file that has been closed, or none at all."""
    while type(thing) in WITHIN:
        thing = WITHIN[type(thing)](thing)
    kind = type(thing)
    return kind is StringIO or kind is BytesIO or kind is FileIO and IS_CLOSED(thing)


def leave(standard):
    try:
        for stream in standard:
            if not stream.closed:
                stream.flush()
    except OSError:
        return  # which the interpreter itself will tell
    _exit(0)
