"""E1: indentation of statements, and of comments."""


def indentation(line):
    expects = line.previous_text.endswith(":")
    if line.indent % 4:
        yield 0, "E111 indentation is not a multiple of four"
    if expects and line.indent <= line.previous_indent:
        yield 0, "E112 expected an indented block"
    if line.indent > line.previous_indent and not expects:
        yield 0, "E113 unexpected indentation"


RULES = (indentation,)
