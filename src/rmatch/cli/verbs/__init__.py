"""The verbs of the command line, one module for each family of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmatch.cli.verbs import (
    advise,
    ask,
    begin,
    board,
    keep,
    life,
    look,
    match,
    plan,
    replan,
    report,
    send,
    show,
    weigh,
)

if TYPE_CHECKING:
    from rmatch.cli.verb import Verb

VERBS: dict[str, Verb] = {
    "match": match.MATCH,
    "check": look.CHECK,
    "score": look.SCORE,
    "readiness": look.READINESS,
    "what-if": advise.WHAT_IF,
    "recruit": advise.RECRUIT,
    "fix": advise.FIX,
    "verify": ask.VERIFY,
    "bundle": keep.BUNDLE,
    "rematch": life.REMATCH,
    "diff": life.DIFF,
    "plan": plan.PLAN,
    "replan": replan.REPLAN,
    "show": show.SHOW,
    "explain": ask.EXPLAIN,
    "alternatives": ask.ALTERNATIVES,
    "stand-ins": ask.STAND_INS,
    "fairness": ask.FAIRNESS,
    "report": report.REPORT,
    "board": board.BOARD,
    "slips": send.SLIPS,
    "frontier": weigh.FRONTIER,
    "lottery": weigh.LOTTERY,
    "template": begin.TEMPLATE,
    "init": begin.INIT,
    "demo": begin.DEMO,
}
