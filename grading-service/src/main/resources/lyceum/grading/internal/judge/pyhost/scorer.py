"""All scorers, by the names that judges' scripts import."""

from lyceum_judge.scorers import Scorer
from lyceum_judge.scorers.code_style import CodeStyleScorer
from lyceum_judge.scorers.coverage import CoverageScorer
from lyceum_judge.scorers.input_data import BlackBoxScorerMaker, BoundaryValueScorer, InputClassScorer
from lyceum_judge.scorers.structure import ObjSchemaScorer
from lyceum_judge.scorers.unit_test import UnitTestScorer

__all__ = [
    "BlackBoxScorerMaker",
    "BoundaryValueScorer",
    "CodeStyleScorer",
    "CoverageScorer",
    "InputClassScorer",
    "ObjSchemaScorer",
    "Scorer",
    "UnitTestScorer",
]
