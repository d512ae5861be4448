"""What there is to be run in a file."""

import ast
import dis
import io
import re
import tokenize
import types

from . import branches

NO_COVER = re.compile(r"#\s*(pragma|PRAGMA)[:\s]?\s*(no|NO)\s*(cover|COVER)")
NO_BRANCH = re.compile(r"#\s*(pragma|PRAGMA)[:\s]?\s*(no|NO)\s*(branch|BRANCH)|(while|if) (True|1|False|0):")


class Source:
    """statements: their first lines; branches: lines that may follow each line that is a branch, -n for the exit of what
    begins at line n; unasked: lines of which all exits count as taken; lines: the text"""

    def __init__(self, content, path):
        self.text = decode(content)
        self.lines = self.text.splitlines()
        tree = ast.parse(content, path)
        code = compile(content, path, "exec", dont_inherit=True)
        self.first = first_lines(self.text)
        traced = self.firsts_of(executable(code) - docstrings(tree))
        left_out = self.firsts_of(excluded(tree, self.text, matching(NO_COVER, self.lines)))
        self.statements = traced - left_out
        self.unasked = self.firsts_of(matching(NO_BRANCH, self.lines))
        found = branches.find(tree, traced, self.first_of)
        exits = {line: found[line] - left_out for line in self.statements.intersection(found)}
        self.branches = {line: several for line, several in exits.items() if len(several) > 1}

    def firsts_of(self, lines):
        return {self.first_of(line) for line in lines}

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


def matching(pattern, lines):
    return {number for number, line in enumerate(lines, 1) if pattern.search(line)}


def excluded(tree, text, marked):
    """What its author takes out by a comment: a line, or all that it heads."""
    found = with_suites(text, marked)
    for node in ast.walk(tree):
        if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            first = branches.head_line(node)
            if found.intersection(range(first, node.lineno + 1)):
                found.update(range(first, node.end_lineno + 1))
    return found


def with_suites(text, marked):
    """The lines, and those behind the colon of each."""
    found, first, outside, depth, brackets = set(marked), None, None, 0, 0
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        depth += (token.type == tokenize.INDENT) - (token.type == tokenize.DEDENT)
        if token.type == tokenize.OP:
            brackets += (token.string in "([{") - (token.string in ")]}")
            is_head = token.string == ":" and not brackets and found.intersection(range(first, token.end[0] + 1))
            if is_head and outside is None:
                outside = depth
        if token.type == tokenize.NEWLINE:
            first = None
        elif token.string.strip() and token.type != tokenize.COMMENT and first is None:
            first = token.start[0]
            if outside is not None and depth <= outside:
                outside = None
            if outside is not None:
                found.add(first)
    return found
