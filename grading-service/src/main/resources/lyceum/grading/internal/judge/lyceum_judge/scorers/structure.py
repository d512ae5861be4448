"""Object structure: which modules, classes and methods there are."""

from pyhost.objschema import DENIED, REQUIRED

from .. import judge_cell, trees
from ..texts import lazy_gettext
from . import Scorer, Stop

MISSING = "%(schema)s is required but the object does not exist or could not be loaded."
PRESENT = "%(schema)s is denied but the object exists."


class ObjSchemaScorer(Scorer):
    """schema: a RootSchema; each of its nodes is one point"""

    name = lazy_gettext("Object Structure Scorer")

    def __init__(self, schema):
        super().__init__()
        self.schema = schema

    def measure(self):
        try:
            checked = self.schema.check(tree)
        except Exception as error:
            raise Stop(lazy_gettext("Object Structure Scorer exited with error."), [str(error)])
        lost = [
            (node, is_there)
            for node, is_there in checked
            if (node.rule == REQUIRED and not is_there) or (node.rule == DENIED and is_there)
        ]
        total = len(checked)
        self.score = 100.0 * (total - len(lost)) / total if total else 100.0
        self.brief = lazy_gettext(
            "%(rate).2f%% check points (%(success)d out of %(total)d) passed",
            rate=self.score,
            success=total - len(lost),
            total=total,
        )
        self.detail = [lazy_gettext(PRESENT if is_there else MISSING, schema=node.path) for node, is_there in lost]


def tree(module, path):
    """A student's module is looked at where it is."""
    side = judge_cell.SIDE
    if not side.files.is_students(module):
        return trees.tree(module, path)
    found = side.ask("tree", module, path)
    return None if found is None else [str(name) for name in found]
