"""What a cell may say, and when.

No program can speak for its cell, for none has its socket. If one had it all the same, it could say at most what its cell
will say next; and then the cell itself says it too, which is once too often.
"""

import json

LONGEST_REASON = 500
MOST_SIGNALS = 64

# Which word leads from where to where. A cell that is born waits; then one or two programs begin, the last of which reads.
TURNS = {
    "born": {"waits": "waiting"},
    "waiting": {},
    "told": {"directory": "open", "terminal": "wired", "begins": "compiling", "reads": "reading"},
    "open": {"terminal": "wired", "begins": "compiling", "reads": "reading"},
    "wired": {"begins": "compiling", "reads": "reading"},
    "compiling": {"ended": "compiled"},
    "compiled": {},
    "told to go on": {"reads": "reading"},
    "reading": {"begins": "running"},
    "running": {"over": "over"},
    "over": {},
}
ANSWERED = {"waiting": "told", "compiled": "told to go on"}  # by the service, for which it waits


class OutOfTurn(Exception):
    pass


class Turns:
    """Follows one cell."""

    def __init__(self):
        self.at = "born"

    def answer(self):
        """The service has said what the cell waits for."""
        self.at = ANSWERED.get(self.at, self.at)

    def read(self, data):
        """Returns words and their texts; where one is wrong, those before it are lost with it."""
        if not data.endswith(b"\n"):
            raise OutOfTurn("a word without an end")
        return [self.take(line) for line in data[:-1].decode().split("\n")]

    def take(self, line):
        word, _, text = line.partition(" ")
        if word == "failed":
            return word, text[:LONGEST_REASON]
        if word not in TURNS[self.at]:
            raise OutOfTurn("%.20r is said by what is %s" % (word, self.at))
        if not is_right(word, text):
            raise OutOfTurn("%s: %.80r" % (word, text))
        self.at = TURNS[self.at][word]
        return word, text


def is_right(word, text):
    if word == "begins":
        return text in ("0", "1")
    return is_account(text) if word in ("ended", "over") else text == ""


def cpu_micros(account):
    return json.loads(account)[2]


def is_account(text):
    """As cell.account writes it."""
    try:
        numbers = json.loads(text)
    except (ValueError, RecursionError):
        return False
    if type(numbers) is not list or [type(number) for number in numbers] != [int] * 4:
        return False
    code, number, cpu_micros, peak_kib = numbers
    return 0 <= code <= 255 and 0 <= number <= MOST_SIGNALS and 0 <= cpu_micros < 1 << 62 and 0 <= peak_kib < 1 << 52
