"""What modules and classes have."""

import sys


def tree(name, inner):
    """Names in a module, or in a class in it; None where there is none, or it cannot be imported, for whatever reason."""
    try:
        __import__(name)
        found = sys.modules[name]
        for part in inner:
            found = getattr(found, part)
        return [part for part in dir(found) if type(part) is str]
    except BaseException:
        return None
