"""E12, E13: indentation of lines that continue a statement.

They hang four columns deeper than the line that opened their bracket, or stand below what follows the bracket.
"""

import tokenize

from .reading import NEWLINES, expand_indent

OPEN, CLOSE = "([{", ")]}"
PREFIXES = ("u", "ur", "b", "br")
ANY_STRING = str


def continuation(line):
    rows = 1 + line.tokens[-1].start[0] - line.tokens[0].start[0]
    if rows > 1 and not line.is_exempt:
        yield from Indents(line, rows).check()


RULES = (continuation,)


class Indents:
    """hangs, columns: by depth of brackets, the hanging and the visual indent, where they are known yet; opened: rows in
    which brackets of a depth were opened; chances: columns where a token may stand, and why; relative: indent of each row"""

    def __init__(self, line, rows):
        self.line = line
        self.first = line.tokens[0].start[0]
        self.depth, self.row = 0, 0
        self.brackets, self.relative = [0] * rows, [0] * rows
        self.opened, self.hangs, self.chances = [[0]], [None], {}
        self.columns = [line.start[1]]
        self.valid = (4, 8) if line.source.indent_char == "\t" else (4,)
        self.has_block = line.text.endswith(":")
        self.last_start = line.start
        self.visual = None
        self.hang = 0

    def check(self):
        after_multiline, token = False, None
        for token in self.line.tokens:
            row = token.start[0] - self.first
            if row > self.row:
                self.row = row
                if not after_multiline and token.kind not in NEWLINES:
                    yield from self.begin_row(token)
            self.look_for_visual(token)
            if token.kind == tokenize.OP:
                self.follow(token)
            after_multiline = token.start[0] != token.end[0]
            if after_multiline:
                self.relative[token.end[0] - self.first] = self.relative[self.row]
        last_line = self.line.line_of(token.start[0])
        if self.has_block and expand_indent(last_line) == self.line.indent + 4:
            code = "E129 visually indented line" if self.visual else "E125 continuation line"
            yield (token.start[0], self.line.indent + 4), code + " with same indent as next logical line"

    def begin_row(self, token):
        self.last_start = token.start
        column, depth = token.start[1], self.depth
        self.relative[self.row] = expand_indent(self.line.line_of(token.start[0])) - self.line.indent
        closes = token.kind == tokenize.OP and token.text in CLOSE
        hangs_well = self.measure_hang()
        if self.hangs[depth]:
            hangs_well = self.hang == self.hangs[depth]
        self.visual = not closes and self.hang > 0 and self.chances.get(column)
        if closes and self.columns[depth]:
            if column != self.columns[depth]:
                yield token.start, "E124 closing bracket does not match visual indentation"
        elif closes and not self.hang:
            pass
        elif self.columns[depth] and column < self.columns[depth]:
            if self.visual is not True:
                yield token.start, "E128 continuation line under-indented for visual indent"
        elif hangs_well or (self.has_block and self.relative[self.row] == 8):
            if closes:
                yield token.start, "E123 closing bracket does not match indentation of opening bracket's line"
            self.hangs[depth] = self.hang
        elif self.visual is True:
            self.columns[depth] = column
        elif self.visual not in (token.text, ANY_STRING):
            yield token.start, self.broken(closes)

    def measure_hang(self):
        """Relative to the row of some bracket that is open."""
        for opened in reversed(self.opened[self.depth]):
            self.hang = self.relative[self.row] - self.relative[opened]
            if self.hang in self.valid:
                return True
        return False

    def broken(self, closes):
        if self.hang <= 0:
            return "E122 continuation line missing indentation or outdented"
        if self.columns[self.depth]:
            return "E127 continuation line over-indented for visual indent"
        if not closes and self.hangs[self.depth]:
            return "E131 continuation line unaligned for hanging indent"
        self.hangs[self.depth] = self.hang
        if self.hang > 4:
            return "E126 continuation line over-indented for hanging indent"
        return "E121 continuation line under-indented for hanging indent"

    def look_for_visual(self, token):
        column, depth = token.start[1], self.depth
        if self.brackets[self.row] and token.kind not in (tokenize.NL, tokenize.COMMENT) and not self.columns[depth]:
            self.columns[depth] = column
            self.chances[column] = True
        elif token.kind in (tokenize.STRING, tokenize.COMMENT) or token.text in PREFIXES:
            self.chances[column] = ANY_STRING
        elif not self.chances and not self.row and not depth and token.text == "if":
            self.chances[token.end[1] + 1] = True  # "if (" is as long as an indent
        elif not self.row and not depth and token.text in ("assert", "raise", "with"):
            self.chances[token.end[1] + 1] = True
        elif token.text == ":" and self.line.line_of(token.end[0])[token.end[1] :].isspace():
            self.opened[depth].append(self.row)

    def follow(self, token):
        if token.text in OPEN:
            self.depth += 1
            self.columns.append(0)
            self.hangs.append(None)
            if len(self.opened) == self.depth:
                self.opened.append([])
            self.opened[self.depth].append(self.row)
            self.brackets[self.row] += 1
        elif token.text in CLOSE and self.depth > 0:
            self.close()
        self.chances.setdefault(token.start[1], token.text)

    def close(self):
        column = self.columns.pop() or self.last_start[1]
        self.hangs.pop()
        self.columns = [0 if outer > column else outer for outer in self.columns]
        self.chances = {place: why for place, why in self.chances.items() if place < column}
        del self.opened[self.depth + 1 :]
        self.depth -= 1
        if self.depth:
            self.chances[self.columns[self.depth]] = True
        for row in range(self.row, -1, -1):
            if self.brackets[row]:
                self.brackets[row] -= 1
                break
