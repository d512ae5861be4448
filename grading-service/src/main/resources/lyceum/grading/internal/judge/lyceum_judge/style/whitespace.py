"""E2: blanks beside brackets, commas, keywords, equal signs and comments."""

import keyword
import re
import tokenize

# Names that were statements when homework was first scored so, and names that are keywords in places.
ALSO_KEYWORDS = frozenset(["print", "exec", "match", "case", "type"])
KEYWORDS = frozenset([*keyword.kwlist, "print", "async"]) - {"None", "True", "False"}
BESIDE_BRACKET = re.compile(r"[\[({] | [\]}),;]| :(?!=)")
AROUND_KEYWORD = re.compile(r"(?:[^\s]|\b)(\s*)\b(?:%s)\b(\s*)" % "|".join(sorted(KEYWORDS)))
DEFINITION = re.compile(r"(?:async\s+)?def\b")


def beside_brackets(line):
    for match in BESIDE_BRACKET.finditer(line.text):
        text, at = match.group(), match.start()
        char = text.strip()
        if text == char + " ":
            yield at + 1, "E201 whitespace after '%s'" % char
        elif line.text[at - 1] != ",":
            yield at, "%s whitespace before '%s'" % ("E202" if char in "}])" else "E203", char)


def around_keywords(line):
    for match in AROUND_KEYWORD.finditer(line.text):
        before, after = match.groups()
        if "\t" in before:
            yield match.start(1), "E274 tab before keyword"
        elif len(before) > 1:
            yield match.start(1), "E272 multiple spaces before keyword"
        if "\t" in after:
            yield match.start(2), "E273 tab after keyword"
        elif len(after) > 1:
            yield match.start(2), "E271 multiple spaces after keyword"


def after_separators(line):
    text = line.text
    for at, char in enumerate(text[:-1]):
        following = text[at + 1]
        if char not in ",;:" or following in " \t\xa0":
            continue
        before = text[:at]
        if char == ":" and (following == "=" or is_slice(before)):
            continue
        if char == "," and following in ")]":
            continue
        yield at, "E231 missing whitespace after '%s'" % char


def is_slice(before):
    return before.count("[") > before.count("]") and before.rfind("{") < before.rfind("[")


def before_parameters(line):
    tokens = line.tokens
    for place, token in enumerate(tokens[1:], 1):
        last = tokens[place - 1]
        if token.kind != tokenize.OP or token.text not in "([" or token.start == last.end:
            continue
        if last.kind != tokenize.NAME and last.text not in ("}", "]", ")"):
            continue
        is_class = place > 1 and tokens[place - 2].text == "class"
        if not is_class and not keyword.iskeyword(last.text) and last.text not in ALSO_KEYWORDS:
            yield last.end, "E211 whitespace before '%s'" % token.text


def around_equal_signs(line):
    """Of arguments and defaults; beside a default behind an annotation there are blanks."""
    parens, expects_none, is_annotated, end = 0, False, False, None
    is_definition = DEFINITION.match(line.text)
    text = "E251 unexpected spaces around keyword / parameter equals"
    for token in line.tokens:
        if token.kind == tokenize.NL:
            continue
        if expects_none:
            expects_none = False
            if token.start != end:
                yield end, text
        if token.kind == tokenize.OP:
            if token.text in "([":
                parens += 1
            elif token.text in ")]":
                parens -= 1
            elif parens == 1 and token.text == ":" and is_definition:
                is_annotated = True
            elif parens == 1 and token.text == ",":
                is_annotated = False
            elif parens and token.text == "=" and not is_annotated:
                expects_none = True
                if token.start != end:
                    yield end, text
        end = token.end


def before_comments(line):
    end = (0, 0)
    for token in line.tokens:
        if token.kind == tokenize.COMMENT:
            yield from comment(line, token, end)
        elif token.kind != tokenize.NL:
            end = token.end


def comment(line, token, end):
    is_inline = line.line_of(token.start[0])[: token.start[1]].strip()
    symbol, _, text = token.text.partition(" ")
    is_bad = symbol not in ("#", "#:")
    if is_inline:
        if end[0] == token.start[0] and token.start[1] < end[1] + 2:
            yield end, "E261 at least two spaces before inline comment"
        if is_bad or text[:1].isspace():
            yield token.start, "E262 inline comment should start with '# '"
    elif is_bad and token.text.rstrip("#") and (token.start[0] > 1 or symbol[1] != "!"):
        yield token.start, "E265 block comment should start with '# '"


RULES = (
    beside_brackets,
    around_keywords,
    after_separators,
    before_parameters,
    around_equal_signs,
    before_comments,
)
