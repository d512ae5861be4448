"""W1, W2, W3, E1, E5: lines as they stand in the file."""

import re
import tokenize

from .logical import NOQA

LONGEST = 79
INDENT = re.compile(r"[ \t]*")


def check(source):
    """Yields (row, column, text)."""
    string_rows, begun = rows_of_strings(source)
    last = source.error[0] - 1 if source.error else len(source.lines)
    indent_char, end = source.indent_char, end_of_text(source.lines)
    for row, line in enumerate(source.lines[:last], 1):
        if row in begun:
            line = line[begun[row] :]
        indent = INDENT.match(line).group()
        for column, char in enumerate(indent):
            if char != indent_char:
                yield row, column, "E101 indentation contains mixed spaces and tabs"
                indent_char = line[0]
                break
        if "\t" in indent:
            yield row, indent.index("\t"), "W191 indentation contains tabs"
        yield from trailing(row, line)
        if row == len(source.lines):
            yield from ending(row, line, end)
        yield from too_long(row, line, row in string_rows)


def rows_of_strings(source):
    """Rows within strings of several lines, and where such a string begins, for only the string counts there."""
    within, begun = set(), {}
    for token in source.tokens:
        if token.kind == tokenize.STRING and token.end[0] > token.start[0]:
            within.update(range(token.start[0], token.end[0]))
            begun[token.start[0]] = token.start[1]
    return within, begun


def end_of_text(lines):
    """How many lines there are before the blank ones at the end."""
    last = len(lines)
    while last and not lines[last - 1].strip():
        last -= 1
    return last


def trailing(row, line):
    text = line.rstrip("\n\r").rstrip("\x0c")
    stripped = text.rstrip(" \t\v")
    if text != stripped:
        if stripped:
            yield row, len(stripped), "W291 trailing whitespace"
        else:
            yield row, 0, "W293 blank line contains whitespace"


def ending(row, line, end):
    if not line.rstrip():
        yield end + 1, 0, "W391 blank line at end of file"
    elif line.rstrip("\n\r") == line:
        yield row, len(line), "W292 no newline at end of file"


def too_long(row, line, is_string):
    length = len(line.rstrip())
    if length <= LONGEST or NOQA.search(line):
        return
    chunks = line.split()
    cannot_be_cut = (len(chunks) == 1 and is_string) or (len(chunks) == 2 and chunks[0] == "#")
    if not (cannot_be_cut and len(line) - len(chunks[-1]) < LONGEST - 7):
        yield row, LONGEST, "E501 line too long (%d > %d characters)" % (length, LONGEST)
