"""Input classes and boundary values: rules that the rows of a CSV have to meet."""

import csv
import io

from railgun.common.csvdata import CsvMismatch

from ..texts import lazy_gettext
from . import Scorer, Stop


class RuleScorer(Scorer):
    """schema: a CsvSchema; csvdata: an open file, or its text; check_classes: pairs of a description and a predicate"""

    def __init__(self, schema, csvdata, check_classes=None):
        super().__init__()
        self.schema, self.csvdata, self.rules = schema, csvdata, list(check_classes or ())

    def rule(self, description):
        """Decorates a predicate on one row; one that raises says no."""

        def add(predicate):
            self.rules.append((description, predicate))
            return predicate

        return add

    def measure(self):
        rows = self.rows()
        met = [any(meets(predicate, row) for row in rows) for _, predicate in self.rules]
        total, covered = len(met), sum(met)
        self.score = 100.0 * covered / total if total else 100.0
        self.brief = lazy_gettext(
            "%(rate).2f%% rules (%(cover)s out of %(total)s) covered", rate=self.score, cover=covered, total=total
        )
        self.detail = [
            lazy_gettext("COVERED: %(checker)s" if is_met else "NOT COVERED: %(checker)s", checker=description)
            for (description, _), is_met in zip(self.rules, met)
        ]

    def rows(self):
        try:
            return list(self.schema.read(io.StringIO(text_of(self.csvdata), newline="")))
        except CsvMismatch as mismatch:
            detail = lazy_gettext(mismatch.text, **mismatch.kwargs)
        except (csv.Error, UnicodeDecodeError) as error:
            detail = str(error)
        raise Stop(lazy_gettext("CSV data does not match schema."), [detail])


class InputClassScorer(RuleScorer):
    name = lazy_gettext("InputClass Scorer")


class BoundaryValueScorer(RuleScorer):
    name = lazy_gettext("BoundaryValue Scorer")


class BlackBoxScorerMaker:
    """Both scorers over the same data. One without rules is left out, and the other one counts alone."""

    def __init__(self, schema, csvdata, input_class_weight=0.6, boundary_value_weight=0.4):
        self.weights = input_class_weight, boundary_value_weight
        shared = Shared(csvdata)
        self.scorers = InputClassScorer(schema, shared), BoundaryValueScorer(schema, shared)

    def class_(self, description):
        return self.scorers[0].rule(description)

    def boundary(self, description):
        return self.scorers[1].rule(description)

    def get_scorers(self, weight=1.0):
        if all(scorer.rules for scorer in self.scorers):
            return [(scorer, weight * own) for scorer, own in zip(self.scorers, self.weights)]
        return [(scorer, weight) for scorer in self.scorers if scorer.rules]


class Shared:
    """Data that is read once, when it is needed."""

    def __init__(self, data):
        self.data, self.text = data, None

    def read(self):
        if self.text is None:
            self.text = text_of(self.data)
        return self.text


def text_of(data):
    if isinstance(data, str):
        return data
    return data.read() if hasattr(data, "read") else "".join(data)


def meets(predicate, row):
    try:
        return bool(predicate(row))
    except Exception:
        return False
