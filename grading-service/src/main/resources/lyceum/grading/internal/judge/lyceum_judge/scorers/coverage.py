"""Coverage: how much of certain files a student's tests run."""

import os

from .. import judge_cell, work
from ..coverage.results import FileResult, Totals
from ..coverage.source import Source
from ..coverage.tracer import Tracer
from ..handin import module_of
from ..texts import lazy_gettext
from . import Scorer

BRIEF = (
    "%(stmt).2f%% statements covered (%(stmt_score).2f pts), %(branch).2f%% branches fully covered "
    "(%(branch_score).2f pts) and %(partial).2f%% partially covered (%(partial_score).2f pts)."
)
TOTAL = (
    "Coverage Results:\n%(delim1)s\nfile, stmts, taken, covered, branches, taken, partially taken, covered, partially "
    "covered\n%(delim2)s\n%(detail)s\n%(delim2)s\ntotal, %(stmt)d, %(stmt_taken)d, %(stmt_cov).2f%%, %(branch)d, "
    "%(branch_taken)d, %(branch_partial)d, %(branch_cov).2f%%, %(branch_partial_cov).2f%%"
)
STATEMENTS = "%(filename)s: %(miss)d statement(s) not covered.\n%(sep)s\n%(source)s"
BRANCHES = (
    "%(filename)s: %(partial)d branch(es) partially taken and %(notaken)d branch(es) not taken.\n%(sep)s\n%(source)s"
)
ROW = "%s, %d, %d, %.2f%%, %d, %d, %d, %.2f%%, %.2f%%"
THICK, THIN = "=" * 70, "-" * 70


class CoverageScorer(Scorer):
    """suite: as of UnitTestScorer; filelist: paths of the files to be covered.

    A file of the homework is measured where a student cannot reach: it runs on the judge's side, whoever imports it. A file
    that a student has handed in himself is measured in his own process, and what is said of it is worth what his code is.
    """

    name = lazy_gettext("Coverage Scorer")

    def __init__(self, suite, filelist, stmt_weight=0.5, branch_weight=0.5):
        super().__init__()
        self.suite, self.filelist = suite, [os.path.normpath(path) for path in filelist]
        self.weights = stmt_weight, branch_weight

    @classmethod
    def FromHandinDir(cls, files_to_cover, test_pattern=work.TESTS, stmt_weight=0.5, branch_weight=0.5):
        return cls(lambda: work.found(test_pattern), files_to_cover, stmt_weight, branch_weight)

    def measure(self):
        arcs = self.run_suite()
        results = [FileResult(path, source_of(path), arcs.get(path, ())) for path in self.filelist]
        totals = Totals(results)
        statement_weight, branch_weight = self.weights
        points = (
            totals.statement_rate * statement_weight,
            totals.branch_rate * branch_weight,
            totals.partial_rate * branch_weight * 0.5,
        )
        self.score = sum(points)
        self.brief = lazy_gettext(
            BRIEF,
            stmt=totals.statement_rate,
            stmt_score=points[0],
            branch=totals.branch_rate,
            branch_score=points[1],
            partial=totals.partial_rate,
            partial_score=points[2],
        )
        self.detail = [table(results, totals)]
        for result in results:
            self.detail += listings(result)

    def run_suite(self):
        side = judge_cell.SIDE
        theirs = [path for path in self.filelist if path in side.files.student]
        ours = [path for path in self.filelist if path not in theirs]
        side.cover(module_of(path) for path in ours if path.endswith(".py"))
        if theirs:
            side.ask("measure", theirs)
        tracer = Tracer(side.files.root, ours)
        tracer.start()
        try:
            work.run(self.suite)
        finally:
            tracer.stop()
        found = dict(tracer.as_plain())
        if theirs:
            found.update((path, pairs(arcs)) for path, arcs in side.ask("measured"))
        return found


def pairs(arcs):
    return [(int(here), int(there)) for here, there in arcs]


def source_of(path):
    with open(path, "rb") as file:
        return Source(file.read(), path)


def table(results, totals):
    rows = []
    for result in results:
        own = Totals([result])
        rows.append(
            ROW
            % (
                result.path,
                own.statements,
                own.run,
                own.statement_rate,
                own.branches,
                own.taken,
                own.partial,
                own.branch_rate,
                own.partial_rate,
            )
        )
    return lazy_gettext(
        TOTAL,
        delim1=THICK,
        delim2=THIN,
        detail="\n".join(rows),
        stmt=totals.statements,
        stmt_taken=totals.run,
        stmt_cov=totals.statement_rate,
        branch=totals.branches,
        branch_taken=totals.taken,
        branch_partial=totals.partial,
        branch_cov=totals.branch_rate,
        branch_partial_cov=totals.partial_rate,
    )


def listings(result):
    yield lazy_gettext(
        STATEMENTS, filename=result.path, miss=len(result.missing), sep=THIN, source=result.statement_listing()
    )
    yield lazy_gettext(
        BRANCHES,
        filename=result.path,
        miss=len(result.missing),
        taken=len(result.taken),
        partial=len(result.partial),
        notaken=len(result.untaken),
        sep=THIN,
        source=result.branch_listing(),
    )
