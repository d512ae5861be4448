"""E22: blanks around operators."""

import re
import tokenize

from .reading import SILENT
from .whitespace import KEYWORDS

AROUND = re.compile(r"(?:[^,\s])(\s*)(?:[-+*/|!<=>%&^]+)(\s*)")
UNARY = frozenset([">>", "**", "*", "+", "-"])
ARITHMETIC = frozenset(["**", "*", "/", "//", "+", "-", "@"])
OPTIONAL = ARITHMETIC | {"^", "&", "|", "<<", ">>", "%"}
NEEDED = frozenset("**= *= /= //= += -= != <> < > %= ^= &= |= == <= >= <<= >>= = @=".split())


def too_much(line):
    for match in AROUND.finditer(line.text):
        before, after = match.groups()
        if "\t" in before:
            yield match.start(1), "E223 tab before operator"
        elif len(before) > 1:
            yield match.start(1), "E221 multiple spaces before operator"
        if "\t" in after:
            yield match.start(2), "E224 tab after operator"
        elif len(after) > 1:
            yield match.start(2), "E222 multiple spaces after operator"


def missing(line):
    """need: whether a blank must follow; or, where none need be, the place before the operator and whether there is one"""
    parens, need, last = 0, False, None
    for token in line.tokens:
        if token.kind in SILENT:
            continue
        if token.text in ("(", "lambda"):
            parens += 1
        elif token.text == ")":
            parens -= 1
        if need:
            yield from follow(need, last, token)
            need = False
        elif token.kind == tokenize.OP and last is not None:
            need = needs(token, last, parens)
            if need is True and token.start == last.end:
                yield last.end, "E225 missing whitespace around operator"
                need = False
        last = token


def needs(token, last, parens):
    if token.text == "=" and parens:
        return False
    if token.text in NEEDED:
        return True
    if token.text in OPTIONAL and (token.text not in UNARY or is_binary(last)):
        return last.end, token.start != last.end
    return False


def is_binary(last):
    if last.kind == tokenize.OP:
        return last.text in "}])"
    return last.kind != tokenize.NAME or last.text not in KEYWORDS


def follow(need, last, token):
    if token.start != last.end:
        if need is not True and not need[1]:
            yield need[0], "E225 missing whitespace around operator"
    elif last.text in ("/", "*") and token.text in (",", ")", ":"):
        pass  # a mark among parameters
    elif need is True or need[1]:
        yield last.end, "E225 missing whitespace around operator"
    elif last.text == "%":
        yield need[0], "E228 missing whitespace around modulo operator"
    elif last.text in ARITHMETIC:
        yield need[0], "E226 missing whitespace around arithmetic operator"
    else:
        yield need[0], "E227 missing whitespace around bitwise or shift operator"


RULES = (too_much, missing)
