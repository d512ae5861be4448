"""Whose a module is: the files of the homework and of the student, in one directory, by their paths.

Finders and loaders have no base class: that of importlib.abc costs each cell a dozen modules more, of which it needs none.
"""

import builtins
import importlib
import importlib.machinery
import importlib.util
import os
import sys


class Files:
    """package and student: paths below the directory; a student's file replaces one of the package."""

    def __init__(self, root, package, student):
        self.root, self.student = root, set(student)
        self.brought = frozenset(package)
        self.package = self.brought - self.student

    def find(self, module):
        """Returns the path of the module's file, or of its directory (ends in /), or None; and whether it is the student's."""
        stem = module.replace(".", "/")
        files, below = (stem + "/__init__.py", stem + ".py"), stem + "/"
        # The homework's first: what is handed in takes the place of no module that is hidden from it, nor of a directory of
        # them.
        for owner, is_students in ((self.package, False), (self.student, True)):
            for path in files:
                if path in owner:
                    return path, is_students
            if not is_students and any(path.startswith(below) and path.endswith(".py") for path in owner):
                return below, False
        for owner, is_students in ((self.package, False), (self.student, True)):
            if any(path.startswith(below) for path in owner):
                return below, is_students
        return None, False

    def is_students(self, module):
        return self.find(module)[1]

    def own_modules(self):
        """Names of the modules that the homework brings."""
        return frozenset(module_of(path) for path in self.package if path.endswith(".py"))

    def declared(self):
        """Names of the top modules that the homework has, also where a student's file has replaced one."""
        return frozenset(module_of(path).partition(".")[0] for path in self.brought if path.endswith(".py"))

    def python(self):
        return sorted(path for path in self.package | self.student if path.endswith(".py"))


def module_of(path):
    stem = path[: -len(".py")]
    if stem.endswith("/__init__"):
        stem = stem[: -len("/__init__")]
    return stem.replace("/", ".")


class JudgesFinder:
    """The last one asked: nothing that was handed in takes the place of a module of Python, or of ours."""

    def __init__(self, files, peer):
        self.files, self.peer = files, peer
        self.namesakes = Namesakes(files, self)

    def find_spec(self, name, path=None, target=None):
        found, is_students = self.files.find(name)
        if found is None:
            return None
        is_package = found.endswith(("/", "/__init__.py"))
        if is_students:
            return importlib.machinery.ModuleSpec(name, RemoteLoader(self.peer), origin=found, is_package=is_package)
        if found.endswith("/"):
            return importlib.machinery.ModuleSpec(name, None, is_package=True)
        place = os.path.join(self.files.root, found)
        loader = OwnLoader(name, place)
        loader.namesakes = self.namesakes
        return importlib.util.spec_from_file_location(
            name, place, loader=loader, submodule_search_locations=[] if is_package else None
        )


class Namesakes:
    """Modules of the homework that are called as modules of Python are: its own files mean them by that name, everybody
    else means Python's. A student's file is one of them only where the homework has a file of that name."""

    def __init__(self, files, finder):
        known = frozenset(getattr(sys, "stdlib_module_names", sys.builtin_module_names)) | frozenset(sys.modules)
        self.finder, self.names = finder, (files.declared() & known) - {"__main__"}
        self.loaded, self.usual = {}, builtins.__import__

    def load(self, name):
        """As importlib.import_module, for the files of the homework."""
        if name not in self.names:
            return importlib.import_module(name)
        if name not in self.loaded:
            spec = self.finder.find_spec(name)
            self.loaded[name] = module = importlib.util.module_from_spec(spec)
            self.prepare(module)
            spec.loader.exec_module(module)
        return self.loaded[name]

    def prepare(self, module):
        """Lets the code of a module import its namesakes."""
        if self.names:
            module.__dict__["__builtins__"] = dict(vars(builtins), __import__=self.import_)

    def import_(self, name, *arguments, **named):
        level = named.get("level", arguments[3] if len(arguments) > 3 else 0)
        return self.load(name) if name in self.names and not level else self.usual(name, *arguments, **named)


class OwnLoader(importlib.machinery.SourceFileLoader):
    """Loads a file of the homework."""

    namesakes = None

    def exec_module(self, module):
        self.namesakes.prepare(module)
        super().exec_module(module)


class CoveredFinder:
    """The first one asked on the student's side: what the judge measures runs there."""

    def __init__(self, peer):
        self.peer, self.names = peer, set()

    def find_spec(self, name, path=None, target=None):
        if name not in self.names:
            return None
        return importlib.machinery.ModuleSpec(name, RemoteLoader(self.peer))


class RemoteLoader:
    def __init__(self, peer):
        self.peer = peer

    def create_module(self, spec):
        return self.peer.load(spec.name)

    def exec_module(self, module):
        pass


def make_way(files):
    """Where programs are started beside their files, a file wins over a module of Python that is not loaded yet."""
    forget({module_of(path) for path in files.python()} - frozenset(sys.builtin_module_names))


def forget(names):
    """So that they are imported once more."""
    for name in list(sys.modules):
        if name in names:
            del sys.modules[name]
