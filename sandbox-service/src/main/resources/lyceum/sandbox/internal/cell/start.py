"""Whether an interpreter that has started before its program came is like one that starts for it.

It is not where the program brings a module of a name that is loaded already, or variables that are only read at the start.
"""

LOADED = set()  # names of modules that waiting interpreters have, and others have not when they start
READ_AT_START = ("PYTHON", "LANG", "LC_", "TZ", "LD_", "GLIBC_", "MALLOC_")  # environ(7), ld.so(8), python --help-env


def is_like(order):
    modules = {name.partition("/")[0].partition(".")[0] for name, _ in order["files"]}
    return not modules & LOADED and not any(name.startswith(READ_AT_START) for name in order["environment"])
