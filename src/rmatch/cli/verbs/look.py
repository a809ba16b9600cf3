"""The verbs that look before anything is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rmatch.checking import Findings, check, invalid
from rmatch.cli.aims import AIMS, aims_of
from rmatch.cli.codes import NO_ANSWER
from rmatch.cli.failure import Failure
from rmatch.cli.inputs import inputs
from rmatch.cli.options import INPUTS, MAX_SECONDS, POINTS
from rmatch.cli.progress import bar
from rmatch.cli.verb import Answer, Command, Told
from rmatch.errors import InvalidInputError
from rmatch.programme import Unit
from rmatch.scoring import lacking, score
from rmatch.utils.text import aligned, counted, numeral

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from rmatch.scoring import Scores

SHOWN = 25


def _check(arguments: Namespace) -> Answer:
    try:
        given = inputs(arguments)
    except InvalidInputError as error:
        # The faults are findings, too; in words they are said once, as the error.
        understood = "" if error.understood is None else str(error.understood)
        unread = Findings(tuple(invalid(error)), error.understood)
        return Answer(Told(understood, unread.to_json), failure=error)
    findings = check(*given)
    found = counted(len(findings.errors), "error")
    failure = Failure("errors_found", found, NO_ANSWER) if findings.errors else None
    return Answer(findings, failure=failure)


def _score(arguments: Namespace) -> Answer:
    scores = score(*inputs(arguments))
    return Answer(Told("\n".join(_summary(scores)), scores.to_json))


def _summary(scores: Scores) -> Iterator[str]:
    """Go through how many pairs are allowed, and those with the most points."""
    (mentors, mentees), points = scores.shape, scores.points
    rows, columns = np.nonzero(scores.allowed)
    yield f"{numeral(mentors)} mentors × {numeral(mentees)} mentees: {numeral(len(rows))} of {numeral(mentors * mentees)} pairs are allowed"
    yield from (f"The criterion {lack}." for lack in lacking(scores.programme, scores.without_data))
    best = np.argsort(-points[rows, columns], kind="stable")[:SHOWN]
    cells = list(zip(rows[best].tolist(), columns[best].tolist(), strict=True))
    ids = scores.mentors, scores.mentees
    unit = Unit.of(scores.programme, points[rows, columns][best].tolist())
    table = [
        [ids[0][row], ids[1][column], unit.figure(int(points[row, column]))]
        for row, column in cells
    ]
    yield from aligned([["mentor", "mentee", unit.heading], *table], "  ", right=(2,))
    if len(rows) > len(best):
        yield f"  … and {numeral(len(rows) - len(best))} more with fewer points; all of them with --format json"


def _readiness(arguments: Namespace) -> Answer:
    from rmatch.advice import readiness

    aims = aims_of(arguments.aims)
    with bar() as progress:
        found = readiness(
            *inputs(arguments), aims=aims, max_seconds=arguments.max_seconds, progress=progress
        )
    return Answer(found)


CHECK = Command(
    (INPUTS,),
    """\
  rmatch check people.csv
  rmatch check people.csv --format json
  rmatch check staff.xlsx --mapping mapping.toml --programme programme.toml
""",
    _check,
)
SCORE = Command(
    (INPUTS, POINTS),
    """\
  rmatch score people.csv
  rmatch score people.csv --format json
""",
    _score,
)
READINESS = Command(
    (INPUTS, AIMS, MAX_SECONDS),
    """\
  rmatch readiness people.csv
  rmatch readiness people.csv --programme programme.toml --aims aims.toml
""",
    _readiness,
)
