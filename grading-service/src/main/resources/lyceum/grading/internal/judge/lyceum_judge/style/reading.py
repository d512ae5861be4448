"""Lines and tokens of a file."""

import collections
import io
import tokenize

Token = collections.namedtuple("Token", "kind text start end")

STARTS = frozenset(
    getattr(tokenize, name) for name in ("FSTRING_START", "TSTRING_START") if hasattr(tokenize, name)
)
ENDS = frozenset(getattr(tokenize, name) for name in ("FSTRING_END", "TSTRING_END") if hasattr(tokenize, name))
NEWLINES = frozenset([tokenize.NL, tokenize.NEWLINE])
SKIPPED = NEWLINES | {tokenize.INDENT, tokenize.DEDENT}
SILENT = SKIPPED | {tokenize.COMMENT, tokenize.ERRORTOKEN}


class Source:
    """lines: with their ends; tokens: as far as there are any; error: (row, column, text) of what no token can be made of"""

    def __init__(self, lines):
        self.lines, self.tokens, self.error = lines, [], None
        try:
            for token in whole_strings(tokenize.generate_tokens(io.StringIO("".join(lines)).readline), lines):
                if token.start[0] > len(lines) and token.kind not in (tokenize.DEDENT, tokenize.NEWLINE):
                    break
                self.tokens.append(token)
        except (SyntaxError, tokenize.TokenError) as error:
            self.error = (*place_of(error), "E901 %s: %s" % (type(error).__name__, error.args[0]))
        self.indent_char = next((line[0] for line in lines if line[:1] in (" ", "\t")), None)


def read(path):
    """A file that is not of its encoding is read as Latin-1."""
    try:
        with tokenize.open(path) as file:
            text = file.read()
    except (LookupError, SyntaxError, UnicodeError):
        with open(path, encoding="latin-1") as file:
            text = file.read()
    return Source(io.StringIO(text.lstrip("\ufeff")).readlines())


def place_of(error):
    """Row and column; what an error tells of them differs between versions of Python."""
    place = error.args[1] if len(error.args) > 1 and error.args[1] else (1, 0)
    row, column = place[1:3] if len(place) > 2 else place
    return max(row or 1, 1), max(column or 0, 0)


def whole_strings(tokens, lines):
    """A formatted string as one token, as it was before Python 3.12."""
    depth, start = 0, None
    for kind, text, begin, end, _ in tokens:
        if kind in STARTS:
            start = start if depth else begin
            depth += 1
        elif kind in ENDS:
            depth -= 1
            if depth == 0:
                yield Token(tokenize.STRING, between(lines, start, end), start, end)
        elif depth == 0:
            yield Token(kind, text, begin, end)


def between(lines, start, end):
    if start[0] == end[0]:
        return lines[start[0] - 1][start[1] : end[1]]
    inner = lines[start[0] : end[0] - 1]
    return "".join([lines[start[0] - 1][start[1] :], *inner, lines[end[0] - 1][: end[1]]])


def expand_indent(line):
    """Columns before the text; a tab goes to the next multiple of eight."""
    line = line.rstrip("\n\r")
    expanded = line.expandtabs(8)
    return len(expanded) - len(expanded.lstrip())
