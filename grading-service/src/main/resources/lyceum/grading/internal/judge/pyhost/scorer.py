"""All scorers, by the names that judges' scripts import. Those that a script does not name are not even read."""

import importlib

PLACES = {
    "BlackBoxScorerMaker": "input_data",
    "BoundaryValueScorer": "input_data",
    "CodeStyleScorer": "code_style",
    "CoverageScorer": "coverage",
    "InputClassScorer": "input_data",
    "ObjSchemaScorer": "structure",
    "Scorer": None,
    "UnitTestScorer": "unit_test",
}

__all__ = list(PLACES)


def __getattr__(name):
    if name not in PLACES:
        raise AttributeError("module %r has no attribute %r" % (__name__, name))
    place = PLACES[name]
    found = getattr(importlib.import_module("lyceum_judge.scorers" + ("." + place if place else "")), name)
    globals()[name] = found
    return found


def __dir__():
    return sorted({*globals(), *PLACES})
