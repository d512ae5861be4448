"""What there is to be run in a file."""

import ast
import dis
import io
import re
import tokenize
import types

from . import branches

NO_COVER = re.compile(r"#\s*(pragma|PRAGMA)[:\s]?\s*(no|NO)\s*(cover|COVER)")


class Source:
    """statements: their first lines; branches: lines that may follow each line that is a branch, -n for the exit of what
    begins at line n; lines: the text"""

    def __init__(self, content, path):
        self.text = decode(content)
        self.lines = self.text.splitlines()
        tree = ast.parse(content, path)
        code = compile(content, path, "exec", dont_inherit=True)
        self.first = first_lines(self.text)
        left_out = docstrings(tree) | excluded(tree, self.lines)
        self.statements = {self.first_of(line) for line in executable(code)} - {
            self.first_of(line) for line in left_out
        }
        found = branches.find(tree, self.statements, self.first_of)
        self.branches = {line: exits for line, exits in found.items() if line in self.statements}

    def first_of(self, line):
        """Of the statement that a line belongs to; exits are what they are."""
        return self.first.get(line, line)


def decode(content):
    encoding, _ = tokenize.detect_encoding(io.BytesIO(content).readline)
    return io.TextIOWrapper(io.BytesIO(content), encoding, newline=None).read()


def first_lines(text):
    """By line the first one of its statement, where it is another."""
    firsts, first = {}, None
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type in (tokenize.COMMENT, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER):
            continue
        if first is None:
            first = token.start[0]
        if token.type == tokenize.NEWLINE:
            firsts.update((line, first) for line in range(first + 1, token.end[0] + 1))
            first = None
    return firsts


def executable(code):
    """Lines that have code."""
    found = {line for _, line in dis.findlinestarts(code) if line}
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            found |= executable(constant)
    return found


def docstrings(tree):
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
                found.update(range(first.lineno, first.end_lineno + 1))
    return found


def excluded(tree, lines):
    """What its author takes out by a comment: a line, or all that it heads."""
    marked = {number for number, line in enumerate(lines, 1) if NO_COVER.search(line)}
    found = set(marked)
    for node in ast.walk(tree) if marked else ():
        for body in ("body", "orelse", "finalbody", "handlers"):
            inner = getattr(node, body, None)
            if isinstance(inner, list) and inner and hasattr(node, "lineno") and body == "body":
                head = range(branches.head_line(node), inner[0].lineno)
                if marked.intersection(head) or node.lineno in marked:
                    found.update(range(branches.head_line(node), inner[-1].end_lineno + 1))
    return found
