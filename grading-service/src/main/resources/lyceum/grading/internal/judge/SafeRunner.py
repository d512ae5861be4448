"""Runs the scorers of a homework and reports what they found: the name that judges' scripts import."""

from lyceum_judge import judge_cell
from lyceum_judge.texts import as_json, lazy_gettext


def run(scorers, checker=None):
    """scorers: pairs of a scorer and its weight. checker: a scorer that runs last, and must reach 100.

    To be called once in a process.
    """
    side = judge_cell.SIDE
    if side.is_reported:
        raise RuntimeError("SafeRunner.run was called twice")
    side.report(judged(list(scorers), checker))


def judged(scorers, checker):
    if not scorers and checker is None:
        return report(False, lazy_gettext("No scorer defined, please contact TA."), [])
    partials = []
    for scorer, weight in scorers:
        scorer.run()
        partials.append(partial(scorer, weight))
    if checker is not None:
        checker.run()
        if checker.score < 100.0:
            failed = dict(partial(checker, 1.0), name=as_json(lazy_gettext("Functionality Checker")), score=0.0)
            text = "Your submission does not pass the functionality checker."
            return report(False, lazy_gettext(text), [failed])
    return report(True, None, partials)


def report(accepted, result, partials):
    return {"accepted": accepted, "result": as_json(result), "compile_error": as_json(None), "partials": partials}


def partial(scorer, weight):
    return {
        "name": as_json(scorer.name),
        "typeName": type(scorer).__name__,
        "score": float(scorer.score),
        "weight": float(weight),
        "time": None if scorer.time is None else float(scorer.time),
        "brief": as_json(scorer.brief),
        "detail": [as_json(text) for text in scorer.detail or ()],
    }
