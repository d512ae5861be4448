"""A cell as its nursery knows it."""

import turns

OUTPUT_WINDOW = 1 << 18


class Room:
    """Its process is None before it is born, and 0 when it is dead."""

    def __init__(self, number, ends):
        self.number, self.pid = number, None
        self.control, self.stdin, outputs = ends
        self.outputs = {outputs[0]: b"o", outputs[1]: b"e"}
        self.window, self.waiting, self.fed_all, self.reads = OUTPUT_WINDOW, b"", False, False
        self.terminal, self.directory, self.report = None, None, None
        self.ending = None  # what is left to type when no more will come
        self.over, self.ended, self.begun, self.unwanted = None, None, False, False
        self.turns = turns.Turns()
        self.lost, self.ended_by, self.compiler_micros = False, 0, 0
        self.listener, self.answering_seconds = None, 0.0
        self.question, self.asked_at = None, 0.0  # what is not answered yet

    def descriptors(self):
        own = {*self.outputs, self.stdin, self.directory, self.ended, self.terminal, self.listener}
        return own - {None}
