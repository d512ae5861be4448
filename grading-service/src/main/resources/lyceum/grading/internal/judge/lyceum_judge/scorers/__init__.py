"""One module for each kind of scorer. A scorer is run once and has name, score, time, brief and detail then."""

import os
import time

OLD_COUNTING = "RAILGUN_OLD_COUNTING"
YES = frozenset(["true", "on", "1", "yes"])


class Stop(Exception):
    """A scorer cannot go on, and says why; it has no time then."""

    def __init__(self, brief, detail):
        super().__init__(str(brief))
        self.brief, self.detail = brief, detail


class Scorer:
    """score: 0 to 100; time: seconds, or None"""

    name = None

    def __init__(self):
        self.score, self.time, self.brief, self.detail = 0.0, None, None, []

    def run(self):
        begin = time.monotonic()
        try:
            self.measure()
        except Stop as stop:
            self.score, self.brief, self.detail = 0.0, stop.brief, stop.detail
        else:
            self.time = time.monotonic() - begin

    def measure(self):
        raise NotImplementedError


def counts_as_of_old(wanted):
    """Whether to count as the original did, where it was generous: by argument, or for all scorers of a script."""
    return os.environ.get(OLD_COUNTING, "").lower() in YES if wanted is None else bool(wanted)
