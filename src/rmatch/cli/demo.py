"""What ``rmatch demo`` shows: the little example, matched and explained."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from rmatch.datasets import example, example_programme
from rmatch.matching import match
from rmatch.verification import verify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.matching import Matching, Pair

WIDTH = 100
NEXT = """\
Next, with your own people:
  rmatch template people.csv                  a table to fill in; or `rmatch init` reads one that you have
  rmatch check people.csv                     what is wrong, or will be, before anything is decided
  rmatch match people.csv --out pairs.csv     the best pairs, verified and written"""


def matched() -> Matching:
    """Return the little example, matched."""
    return match(example(), example_programme())


def demo(matching: Matching) -> str:
    """Return the text.

    Parameters
    ----------
    matching : Matching
        The little example, matched.

    Returns
    -------
    str
        The pairs and why, who stays out and why, one pair explained, the verification, what to do next.
    """
    people = matching.people
    best = max(matching.pairs, key=lambda pair: pair.points)
    juniors, leaders = len(people.mentors), len(people.mentees)
    alone = [f"{each.id} ({each.role}): {each.sentence}" for each in matching.unmatched]
    parts = {
        "Who meets whom, and why:": "\n".join(_pairs(matching)),
        "Who stays out, and why:": "\n".join(alone),
        "One pair, for the organiser:": matching.explain(best.mentor, best.mentee),
        "The same pair, for the two themselves:": matching.explain(
            best.mentor, best.mentee, "participant"
        ),
    }
    blocks = [f"{head}\n{textwrap.indent(str(text), '  ')}" for head, text in parts.items()]
    opening = f"{len(people)} invented people: {juniors} juniors could each teach one of {leaders} leaders."
    checked = textwrap.fill(
        f"Checked without the solver: {verify(matching, people, matching.programme, matching.requests)}.",
        WIDTH,
    )
    return "\n\n".join([opening, *blocks, checked, NEXT])


def _pairs(matching: Matching) -> Iterator[str]:
    level = dict(zip(matching.people.id, matching.people.level, strict=True))
    rows = [("mentor", "", "mentee", "", matching.unit.heading, "teaches; in return learns")]
    for pair in matching.pairs:
        mentor = (pair.mentor, level[pair.mentor] or "")
        mentee = (pair.mentee, level[pair.mentee] or "")
        rows.append((*mentor, *mentee, matching.unit.figure(pair.points), _topics(matching, pair)))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(
            f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)
        ).rstrip()


def _topics(matching: Matching, pair: Pair) -> str:
    lines = [line for line in matching.explain(pair.mentor, pair.mentee).lines if line.points]
    taught, learned = (
        ", ".join(line.subject for line in lines if line.criterion == criterion)
        for criterion in ("expertise", "growth")
    )
    return f"{taught}; {learned}" if learned else taught
