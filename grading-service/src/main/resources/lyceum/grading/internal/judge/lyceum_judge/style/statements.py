"""E4, E5, E7, W6: statements, and how they are put."""

import re
import tokenize

LAMBDA = re.compile(r"\blambda\b")
HEAD = re.compile(
    r"(?:async\s+)?(?:def|for|while|with|class|if|elif|else|try|except|finally)\b|(?:match|case)\b[^=]*:(?!=)"
)
SINGLETON = re.compile(r"([=!]=)\s*(None|False|True)\b")
NEGATIVE = re.compile(r"\b(not)\s+([^\[({ ]+)\s+(in|is)\s")
TYPES = re.compile(r"(?:[=!]=|is(?:\s+not)?)\s*type(?:s.\w+Type|\s*\(\s*([^)]*[^ )])\s*\))")
RAISE = re.compile(r"raise\s+\w+\s*,")


def imports(line):
    if line.text.startswith("import "):
        found = line.text.find(",")
        if found > -1 and ";" not in line.text[:found]:
            yield found, "E401 multiple imports on one line"


def backslashes(line):
    begun = ended = parens = 0
    backslash = None
    for token in line.tokens:
        if token.start[0] != begun and parens and backslash:
            yield backslash, "E502 the backslash is redundant between brackets"
        if token.end[0] != ended:
            text = line.line_of(token.end[0]).rstrip("\r\n")
            backslash = (token.end[0], len(text) - 1) if text.endswith("\\") else None
            begun = ended = token.end[0]
        else:
            begun = token.start[0]
        if token.kind == tokenize.OP:
            parens += (token.text in "([{") - (token.text in ")]}")


def several(line):
    text = line.text
    last = len(text) - 1
    if HEAD.match(text):
        for at in positions(text, ":"):
            before = text[:at]
            if at < last and not is_inside(before) and text[at + 1] != "=" and not LAMBDA.search(before):
                yield at, "E701 multiple statements on one line (colon)"
    for at in positions(text, ";"):
        if at < last:
            yield at, "E702 multiple statements on one line (semicolon)"
        else:
            yield at, "E703 statement ends with a semicolon"


def positions(text, char):
    return [at for at, each in enumerate(text) if each == char]


def is_inside(before):
    return any(before.count(opened) > before.count(closed) for opened, closed in ("{}", "[]", "()"))


def comparisons(line):
    match = not line.is_exempt and SINGLETON.search(line.text)
    if match:
        is_same, singleton = match.group(1) == "==", match.group(2)
        advice = "'if cond is %s:'" % (("" if is_same else "not ") + singleton)
        code = "E711"
        if singleton != "None":
            code = "E712"
            advice += " or 'if %scond:'" % ("" if (singleton == "True") == is_same else "not ")
        yield match.start(1), "%s comparison to %s should be %s" % (code, singleton, advice)
    match = NEGATIVE.search(line.text)
    if match:
        if match.group(3) == "in":
            yield match.start(1), "E713 test for membership should be 'not in'"
        else:
            yield match.start(1), "E714 test for object identity should be 'is not'"
    match = TYPES.search(line.text)
    if match:
        other = match.group(1)
        if not (other and other.isidentifier() and other not in ("None", "True", "False")):
            yield match.start(), "E721 do not compare types, use 'isinstance()'"


def deprecated(line):
    found = line.text.find(".has_key(")
    if found > -1:
        yield found, "W601 .has_key() is deprecated, use 'in'"
    match = RAISE.match(line.text)
    if match:
        yield match.end() - 1, "W602 deprecated form of raising exception"
    found = line.text.find("<>")
    if found > -1:
        yield found, "W603 '<>' is deprecated, use '!='"
    found = line.text.find("`")
    if found > -1:
        yield found, "W604 backticks are deprecated, use 'repr()'"


RULES = (imports, backslashes, several, comparisons, deprecated)
