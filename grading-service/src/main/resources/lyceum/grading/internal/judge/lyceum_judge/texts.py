"""Texts that are translated, and get their arguments, when they are shown."""

import numbers


class LazyText:
    def __init__(self, text, kwargs):
        self.text, self.kwargs = text, kwargs

    def __str__(self):
        return self.text % self.kwargs if self.text else ""

    def __repr__(self):
        return "lazy_gettext(%r, **%r)" % (self.text, self.kwargs)

    def __mod__(self, arguments):
        return str(self) % arguments


def lazy_gettext(*text, **kwargs):
    """An argument may have any name, also one of ours."""
    (text,) = text
    return LazyText(text, kwargs)


def as_json(text):
    """What is no lazy text, and nothing at all, is one on the wire, too: an outside runner says it so."""
    if text is None:
        return {"text": "", "kwargs": {}}
    if isinstance(text, LazyText):
        return {"text": text.text, "kwargs": {name: plain(value) for name, value in text.kwargs.items()}}
    return {"text": "%(RAW_MESSAGE)s", "kwargs": {"RAW_MESSAGE": clean(str(text))}}


def plain(value):
    if value is None or type(value) in (bool, int):
        return value
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, numbers.Real):
        return float(value)
    return clean(str(value))


def clean(text):
    """What a student prints may be no Unicode, and a database keeps no NUL."""
    return text.encode("utf-8", "backslashreplace").decode().replace("\0", "\\x00")
