"""Plain values as JSON, and back. What JSON has no word for is a list that begins with a tag.

  l t s z d   list, tuple, set, frozenset, dict as pairs      i  integer beyond 62 bits, hexadecimal
  b a         bytes, bytearray, as Latin-1                    c  complex    r  range    S  slice    E  ...
  O q         OrderedDict as pairs, deque                     D F  Decimal, Fraction
  y m w       datetime, date, timedelta

Other tags belong to objects.py.
"""

import collections
import datetime
import decimal
import fractions
import json

MOST_DEPTH = 100
MOST_ITEMS = 1_000_000
MOST_DIGITS = 1_000_000  # hexadecimal
FIT = 1 << 62

# As they are now, whatever a program makes of the module.
ENCODE, DECODE = json.JSONEncoder(separators=(",", ":")).encode, json.JSONDecoder().decode

PLAIN = frozenset([type(None), bool, float, str])
MANY = {list: "l", tuple: "t", set: "s", frozenset: "z"}
PAIRS = {dict: "d", collections.OrderedDict: "O", collections.defaultdict: "d"}


class Malformed(Exception):
    """What the other side says makes no sense."""


def to_json(packed):
    return ENCODE(packed).encode()


def from_json(text):
    try:
        return DECODE(text.decode())
    except (ValueError, RecursionError) as error:
        raise Malformed(str(error))


def pack(value, pack_object, depth=0):
    """pack_object is asked about everything that is not plain."""
    kind = type(value)
    if kind in PLAIN:
        return value
    if kind is int:
        return value if -FIT < value < FIT else ["i", digits(value)]
    if depth > MOST_DEPTH:
        raise RecursionError("values within values, more than %d deep" % MOST_DEPTH)
    if kind in MANY:
        return [MANY[kind], [pack(item, pack_object, depth + 1) for item in value]]
    if kind in PAIRS:
        return [PAIRS[kind], pack_pairs(value, pack_object, depth)]
    if kind in SCALARS:
        return SCALARS[kind](value)
    if kind is slice:
        return ["S"] + [pack(part, pack_object, depth + 1) for part in (value.start, value.stop, value.step)]
    if kind is collections.Counter:
        return ["d", pack_pairs(value, pack_object, depth)]
    if kind is collections.deque:
        return ["q", [pack(item, pack_object, depth + 1) for item in value], value.maxlen]
    return pack_object(value)


def digits(number):
    if number.bit_length() > 4 * MOST_DIGITS:
        raise MemoryError("a number of more than %d hexadecimal digits" % MOST_DIGITS)
    return hex(number)


def pack_pairs(value, pack_object, depth):
    return [[pack(k, pack_object, depth + 1), pack(v, pack_object, depth + 1)] for k, v in list(value.items())]


SCALARS = {
    bytes: lambda value: ["b", value.decode("latin-1")],
    bytearray: lambda value: ["a", value.decode("latin-1")],
    complex: lambda value: ["c", value.real, value.imag],
    range: lambda value: ["r", value.start, value.stop, value.step],
    decimal.Decimal: lambda value: ["D", str(value)],
    fractions.Fraction: lambda value: ["F", hex(value.numerator), hex(value.denominator)],
    datetime.datetime: lambda value: ["y", value.isoformat()],
    datetime.date: lambda value: ["m", value.isoformat()],
    datetime.timedelta: lambda value: ["w", value.days, value.seconds, value.microseconds],
    type(...): lambda value: ["E"],
}


def unpack(packed, unpack_object, depth=0):
    """Believes nothing. unpack_object is asked about tags that are not of here."""
    kind = type(packed)
    if kind in PLAIN or kind is int:
        return packed
    if kind is not list or not packed or type(packed[0]) is not str or depth > MOST_DEPTH + 8:
        raise Malformed("no value")
    tag, rest = packed[0], packed[1:]
    reader = READERS.get(tag)
    if reader is None:
        return unpack_object(tag, rest, depth)
    try:
        return reader(rest, unpack_object, depth + 1)
    except (TypeError, ValueError, IndexError, ArithmeticError) as error:
        raise Malformed("%s: %s" % (tag, error))


def read_many(make):
    return lambda rest, unpack_object, depth: make(
        [unpack(item, unpack_object, depth) for item in typed(rest[0], list)]
    )


def read_pairs(make):
    def read(rest, unpack_object, depth):
        pairs = [[unpack(part, unpack_object, depth) for part in typed(pair, list)] for pair in typed(rest[0], list)]
        return make((key, value) for key, value in pairs)

    return read


def read_text(make):
    return lambda rest, unpack_object, depth: make(typed(rest[0], str))


def read_numbers(make, kinds=(int,)):
    def read(rest, unpack_object, depth):
        if any(type(number) not in kinds for number in rest):
            raise ValueError("no number")
        return make(*rest)

    return read


def typed(value, kind):
    if type(value) is not kind:
        raise ValueError("%s, not %s" % (type(value).__name__, kind.__name__))
    return value


def integer(text):
    if len(text) > MOST_DIGITS + 3:
        raise ValueError("too many digits")
    return int(text, 16)


def read_deque(rest, unpack_object, depth):
    most = rest[1] if rest[1] is None else typed(rest[1], int)
    return collections.deque([unpack(item, unpack_object, depth) for item in typed(rest[0], list)], most)


READERS = {
    "l": read_many(list),
    "t": read_many(tuple),
    "s": read_many(set),
    "z": read_many(frozenset),
    "d": read_pairs(dict),
    "O": read_pairs(collections.OrderedDict),
    "q": read_deque,
    "i": read_text(integer),
    "b": read_text(lambda text: text.encode("latin-1")),
    "a": read_text(lambda text: bytearray(text.encode("latin-1"))),
    "c": read_numbers(complex, (int, float)),
    "r": read_numbers(range),
    "w": read_numbers(datetime.timedelta),
    "S": lambda rest, unpack_object, depth: slice(*[unpack(part, unpack_object, depth) for part in rest[:3]]),
    "E": lambda rest, unpack_object, depth: ...,
    "D": read_text(decimal.Decimal),
    "F": lambda rest, unpack_object, depth: fractions.Fraction(
        integer(typed(rest[0], str)), integer(typed(rest[1], str))
    ),
    "y": read_text(datetime.datetime.fromisoformat),
    "m": read_text(datetime.date.fromisoformat),
}
