"""E3: blank lines."""

import re

DOCSTRING = re.compile(r"u?r?[\"\']")
DEFINITIONS = ("def ", "class ", "@", "async def ")


def blank_lines(line):
    if line.number < 3 and not line.previous_text:
        return
    if line.previous_text.startswith("@"):
        if line.blank_lines:
            yield 0, "E304 blank lines found after function decorator"
    elif line.blank_lines > 2 or (line.indent and line.blank_lines == 2):
        yield 0, "E303 too many blank lines (%d)" % line.blank_lines
    elif line.text.startswith(DEFINITIONS):
        if line.indent:
            is_first = line.previous_indent < line.indent or DOCSTRING.match(line.previous_text)
            if not line.blank_before and not is_first:
                yield 0, "E301 expected 1 blank line, found 0"
        elif line.blank_before != 2:
            yield 0, "E302 expected 2 blank lines, found %d" % line.blank_before


RULES = (blank_lines,)
