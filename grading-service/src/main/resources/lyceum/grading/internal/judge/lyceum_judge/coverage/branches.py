"""Where control may go from each line that is a branch.

A walk over the statements from outside to inside. Each is told what comes after it, where break, continue, return and
raise lead from there, and notes the exits of its own line. A line that several statements share has the exits of the last.
"""

import ast
import sys

THROUGH_WITH = sys.version_info >= (3, 10)  # the end of a block is traced at its with line
TRY = tuple(getattr(ast, name) for name in ("Try", "TryStar") if hasattr(ast, name))
MATCH = getattr(ast, "Match", ())
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
LOOPS = (ast.For, ast.AsyncFor, ast.While)
WITHS = (ast.With, ast.AsyncWith)


class Exit:
    """A way out, and whether somebody takes it."""

    def __init__(self, lines):
        self.lines, self.is_used = frozenset(lines), False

    def use(self):
        self.is_used = True
        return self.lines


class Ways:
    """Where each kind of end leads: after, break_, continue_, return_, raise_."""

    def __init__(self, **ways):
        self.__dict__.update(ways)

    def but(self, **ways):
        return Ways(**dict(self.__dict__, **ways))

    def through(self, lines):
        """All ways out lead to the same place first."""
        return Ways(**{name: Exit(lines) for name in self.__dict__})

    def used_beside_after(self, inner):
        """The ways of this that were taken through inner."""
        return [way for name, way in self.__dict__.items() if name != "after" and getattr(inner, name).is_used]


def find(tree, statements, first_of):
    return Walk(statements, first_of).file(tree)


def head_line(node):
    """A decorator is the head of what it decorates."""
    return min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", ()))])


def outcome(test):
    """What a test comes to that is no question, or None."""
    if isinstance(test, ast.Constant):
        return bool(test.value)
    if isinstance(test, ast.Name) and test.id == "__debug__":
        return __debug__
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not) and outcome(test.operand) is not None:
        return not outcome(test.operand)
    if isinstance(test, ast.BoolOp):
        parts = [outcome(part) for part in test.values]
        return None if None in parts else (any if isinstance(test.op, ast.Or) else all)(parts)
    return None


class Walk:
    def __init__(self, statements, first_of):
        self.statements, self.first_of, self.branches = statements, first_of, {}

    def file(self, tree):
        self.code(tree.body, 1)
        return self.branches

    def code(self, body, line):
        out = [-line]
        self.body(body, Ways(after=Exit(out), break_=Exit(out), continue_=Exit(out), return_=Exit(out), raise_=Exit(out)))

    def line(self, node):
        return self.first_of(head_line(node))

    def entry(self, body, after):
        """The first line that is traced, body or else what comes after it."""
        for node in body:
            if self.line(node) in self.statements:
                return frozenset([self.line(node)])
            inner = self.hidden(node)
            if inner is not None:
                return self.entry(inner, after)
        return after.use()

    def hidden(self, node):
        """What is left of a statement whose test needs no code."""
        if isinstance(node, ast.While) and outcome(node.test):
            return node.body
        if isinstance(node, ast.If) and outcome(node.test) is not None:
            return node.body if outcome(node.test) else node.orelse
        return None

    def body(self, body, ways):
        for place, node in enumerate(body):
            after = Exit(self.entry(body[place + 1 :], ways.after))
            self.statement(node, ways.but(after=after))

    def statement(self, node, ways):
        if isinstance(node, ast.If):
            self.if_(node, ways)
        elif isinstance(node, LOOPS):
            self.loop(node, ways)
        elif isinstance(node, TRY):
            self.try_(node, ways)
        elif isinstance(node, WITHS):
            self.with_(node, ways)
        elif isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            # Beside what is defined on the same line.
            self.note(self.first_of(node.lineno), ways.after.use())
            self.code(node.body, head_line(node))
        elif MATCH and isinstance(node, MATCH):
            self.match(node, ways)
        else:
            self.simple(node, ways)

    def note(self, line, exits):
        known = self.branches.setdefault(line, set())
        known.update(self.first_of(exit) if exit > 0 else exit for exit in exits if exit != line)

    def simple(self, node, ways):
        self.note(self.line(node), self.way(node, ways).use())

    def way(self, node, ways):
        for kind, name in ((ast.Return, "return_"), (ast.Raise, "raise_"), (ast.Break, "break_")):
            if isinstance(node, kind):
                return getattr(ways, name)
        return ways.continue_ if isinstance(node, ast.Continue) else ways.after

    def if_(self, node, ways):
        certain = outcome(node.test)
        for body, never in ((node.body, False), (node.orelse, True)):
            if certain is not never:
                self.note(self.line(node), self.entry(body, ways.after))
                self.body(body, ways)

    def loop(self, node, ways):
        line = self.line(node)
        endless = isinstance(node, ast.While) and outcome(node.test)
        top = Exit([line] if line in self.statements else self.entry(node.body, Exit([line])))
        self.note(line, self.entry(node.body, top))
        if not endless or node.orelse:
            self.note(line, self.entry(node.orelse, ways.after))
        self.body(node.body, ways.but(after=top, break_=ways.after, continue_=top))
        self.body(node.orelse, ways)

    def with_(self, node, ways):
        if not THROUGH_WITH:
            self.body(node.body, ways)
            return
        inner = ways.through([self.line(node)])
        self.body(node.body, inner)
        for way in ways.used_beside_after(inner):
            way.use()

    def match(self, node, ways):
        cases = node.cases
        for place, case in enumerate(cases):
            line = self.first_of(case.pattern.lineno)
            self.note(line, self.entry(case.body, ways.after))
            if place + 1 < len(cases):
                self.note(line, [self.first_of(cases[place + 1].pattern.lineno)])
            elif not is_wildcard(case):
                self.note(line, ways.after.use())
            self.body(case.body, ways)

    def try_(self, node, ways):
        if not node.finalbody:
            self.clauses(node, ways)
            return
        inner = ways.through(self.entry(node.finalbody, ways.after))
        self.clauses(node, inner)
        exits = set(ways.after.use()) if inner.after.is_used else set()
        for way in ways.used_beside_after(inner):
            exits |= way.use()
        self.body(node.finalbody, ways.but(after=Exit(exits)))

    def clauses(self, node, ways):
        handlers = [self.first_of(handler.lineno) for handler in node.handlers]
        raised = Exit(handlers[:1]) if handlers else ways.raise_
        after = Exit(self.entry(node.orelse, ways.after)) if node.orelse else ways.after
        self.body(node.body, ways.but(after=after, raise_=raised))
        for place, handler in enumerate(node.handlers):
            self.note(handlers[place], self.entry(handler.body, ways.after))
            self.note(handlers[place], handlers[place + 1 : place + 2])
            self.body(handler.body, ways)
        self.body(node.orelse, ways)


def is_wildcard(case):
    pattern = case.pattern
    while isinstance(pattern, ast.MatchOr):
        pattern = pattern.patterns[-1]
    return isinstance(pattern, ast.MatchAs) and pattern.pattern is None and case.guard is None
