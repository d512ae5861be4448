"""PEP 8."""

import os

from ..style import check
from ..texts import lazy_gettext
from . import Scorer


class CodeStyleScorer(Scorer):
    """filelist: paths to check; skipfile: a function that says of a path whether to leave it out; errcost: points that each
    problem costs"""

    name = lazy_gettext("CodeStyle Scorer")

    def __init__(self, filelist, skipfile=None, errcost=10.0):
        super().__init__()
        self.filelist, self.skipfile, self.errcost = filelist, skipfile, errcost

    @classmethod
    def FromHandinDir(cls, ignore_files=None, errcost=10.0):
        ignored = frozenset(os.path.normpath(path) for path in ignore_files or ())
        return cls(python_files, ignored.__contains__, errcost)

    def measure(self):
        listed = self.filelist() if callable(self.filelist) else self.filelist
        paths = sorted(path for path in listed if not (self.skipfile and self.skipfile(path)))
        problems = [problem for path in paths for problem in check(path)]
        self.score = max(0.0, 100.0 - self.errcost * len(problems))
        self.detail = problems
        if problems:
            self.brief = lazy_gettext(
                "%(trouble)d problem(s) found in %(file)d file(s)", trouble=len(problems), file=len(paths)
            )
        else:
            self.brief = lazy_gettext("All files passed PEP8 code style check")


def python_files():
    """Below the working directory, the homework's own ones included."""
    for directory, inner, names in os.walk("."):
        for name in names:
            if name.endswith(".py"):
                yield os.path.normpath(os.path.join(directory, name))
