"""PEP 8, with the codes and texts of pep8 1.5.7, by which homework has always been scored, and its defaults: 79 columns, E123,
E226 and E24 are ignored. What Python has learned since then (annotations, f-strings, async, match) is no problem.

reading.py makes lines and tokens of a file, logical.py the logical lines; each other module knows the rules of one topic.
"""

from . import blank_lines, continuation, indentation, operators, physical, reading, statements, whitespace
from .logical import logical_lines

RULES = (
    *blank_lines.RULES,
    *indentation.RULES,
    *continuation.RULES,
    *whitespace.RULES,
    *operators.RULES,
    *statements.RULES,
)
IGNORED = ("E123", "E226", "E24")


def check(path):
    """Returns what is wrong, sorted by row, column and code: 'path:row:column: text', the line, and a caret below it."""
    try:
        source = reading.read(path)
    except OSError as error:
        return ["%s:1:1: E902 %s: %s" % (path, type(error).__name__, error.strerror)]
    return [show(path, source, *problem) for problem in problems(source)]


def problems(source):
    found = list(physical.check(source))
    for line in logical_lines(source):
        for rule in RULES:
            found += [(*line.place(offset), text) for offset, text in rule(line)]
    if source.error:
        found.append(source.error)
    kept = [problem for problem in found if not problem[2].startswith(IGNORED)]
    return sorted(kept, key=lambda problem: (problem[0], problem[1], problem[2][:4]))


def show(path, source, row, column, text):
    line = source.lines[row - 1].rstrip() if row <= len(source.lines) else ""
    return "%s:%d:%d: %s\n%s\n%s^" % (path, row, column + 1, text, line, " " * column)
