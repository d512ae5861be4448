"""Logical lines: a statement, or the head of one, in one line, its strings muted and its comments left out."""

import re
import tokenize

from .reading import NEWLINES, SKIPPED, expand_indent

NOQA = re.compile(r"# no(?:qa|pep8)\b", re.I)


class Logical:
    """text: may be empty, of a comment; tokens; indent: columns; before: the last one with a text, or None

    blank_lines: directly before it; blank_before: the most of them since the last statement; number: its last row.
    """

    def __init__(self, source, tokens, before, blank_lines, blank_before):
        self.source, self.tokens, self.before = source, tokens, before
        self.blank_lines, self.blank_before = blank_lines, max(blank_lines, blank_before)
        self.text, self.places, self.start, comments = "", [], None, []
        self.join(comments)
        self.number = tokens[-1].start[0]
        row, column = self.start
        self.indent = expand_indent(source.lines[row - 1][:column])
        self.is_exempt = any(NOQA.search(comment) for comment in comments)

    @property
    def previous_text(self):
        return self.before.text if self.before else ""

    @property
    def previous_indent(self):
        return self.before.indent if self.before else 0

    def line_of(self, row):
        return self.source.lines[row - 1] if row <= len(self.source.lines) else ""

    def join(self, comments):
        end = None
        for token in self.tokens:
            if token.kind in SKIPPED:
                continue
            self.start = self.start or token.start
            if token.kind == tokenize.COMMENT:
                comments.append(token.text)
                continue
            text = mute(token.text) if token.kind == tokenize.STRING else token.text
            if end:
                self.text += self.gap(end, token, text)
            self.places.append((len(self.text), token.start))
            self.text += text
            end = token.end
        self.start = self.start or self.tokens[0].start

    def gap(self, end, token, text):
        if end[0] == token.start[0]:
            return self.line_of(end[0])[end[1] : token.start[1]]
        last = self.line_of(end[0])[end[1] - 1]
        return " " if last == "," or (last not in "{[(" and text not in "}])") else ""

    def place(self, offset):
        """Row and column of an offset in the text; a place is one already."""
        if isinstance(offset, tuple):
            return offset
        at, place = 0, self.start
        for known, start in self.places:
            at, place = known, start
            if known >= offset:
                break
        return place[0], max(place[1] + offset - at, 0)


def mute(text):
    """What is in a string is nobody's business."""
    start = text.index(text[-1]) + 1
    end = len(text) - 1
    if text[-3:] in ('"""', "'''"):
        start, end = start + 2, end - 2
    return text[:start] + "x" * (end - start) + text[end:]


def logical_lines(source):
    tokens, parens, before = [], 0, None
    blank_lines = blank_before = 0
    for token in source.tokens:
        tokens.append(token)
        if token.kind == tokenize.OP:
            parens += (token.text in "([{") - (token.text in ")]}")
        elif not parens and token.kind in NEWLINES:
            if token.kind == tokenize.NL and len(tokens) == 1:
                blank_lines += 1
                tokens = []
                continue
            line = Logical(source, tokens, before, blank_lines, blank_before)
            yield line
            before = line if line.text else before
            blank_before = 0 if token.kind == tokenize.NEWLINE else line.blank_before
            tokens, blank_lines = [], 0
    if any(token.text.strip() for token in tokens):
        yield Logical(source, tokens, before, blank_lines, blank_before)
