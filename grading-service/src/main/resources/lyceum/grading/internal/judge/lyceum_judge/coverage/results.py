"""What was run of what there is."""


class FileResult:
    """statements, missing: lines; branches: lines; taken, partial, untaken: those of them with all, some, no exits taken"""

    def __init__(self, path, source, arcs):
        self.path, self.source = path, source
        first_of = source.first_of
        run = {(first_of(here), first_of(there) if there > 0 else there) for here, there in arcs}
        lines = {there for _, there in run if there > 0}
        self.statements = source.statements
        self.missing = self.statements - lines
        self.taken, self.partial, self.untaken = set(), set(), set()
        for line, exits in source.branches.items():
            count = sum((line, exit) in run or line in source.unasked for exit in exits)
            kind = self.taken if count == len(exits) else self.partial if count else self.untaken
            kind.add(line)

    @property
    def branches(self):
        return len(self.source.branches)

    def statement_listing(self):
        return self.listing(lambda line: "- " if line in self.missing else "+ " if line in self.statements else "  ")

    def branch_listing(self):
        marks = [(self.taken, "+ "), (self.partial, "* "), (self.untaken, "- ")]
        return self.listing(lambda line: next((mark for lines, mark in marks if line in lines), "  "))

    def listing(self, mark):
        return "\n".join(mark(number) + text for number, text in enumerate(self.source.lines, 1))


class Totals:
    """Over several files; rates in percent."""

    def __init__(self, results):
        self.statements = sum(len(each.statements) for each in results)
        self.run = self.statements - sum(len(each.missing) for each in results)
        self.branches = sum(each.branches for each in results)
        self.taken = sum(len(each.taken) for each in results)
        self.partial = sum(len(each.partial) for each in results)
        missing = self.statements - self.run
        self.statement_rate = 100.0 - 100.0 * missing / self.statements if self.statements else 0.0
        self.branch_rate = 100.0 * self.taken / self.branches if self.branches else 100.0
        self.partial_rate = 100.0 * self.partial / self.branches if self.branches else 0.0
