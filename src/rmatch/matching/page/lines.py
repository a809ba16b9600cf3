"""What a pair's points are made of, criterion by criterion."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rmatch.formulas import Line, criterion_words
from rmatch.programme import Unit
from rmatch.rounds import InCommon
from rmatch.utils.messages import Message, about, joined

TEACHING = ("expertise", "growth")
PROTECTED = Message("protected attributes")
ABOUT_PROTECTED = Message(
    "as far as both released them for matching; which, and how, is not shown here"
)
LIVED = Message("a lived topic that is not released")
IN_VAIN = "wanted, but not among"
"""How the reason of a topic begins that the other does not teach."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one criterion gives a pair.

    Attributes
    ----------
    criterion : str
        Its name in words.
    fit : int
        What it gives, of 100.
    sentence : str
        Why.
    """

    criterion: str
    fit: int
    sentence: str


def parts(lines: Sequence[Line], told: InCommon, unit: Unit) -> tuple[Part, ...]:
    """Return the lines of a pair, one a criterion, without what participants keep from each other.

    Protected attributes are told together, and topics that a person has lived and not released are not named.

    Parameters
    ----------
    lines : sequence of Line
        The explanation of the points.
    told : InCommon
        What the two may read.
    unit : Unit
        What points are told in.

    Returns
    -------
    tuple of Part
        They add up to the points, of 100.
    """
    groups: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        groups[PROTECTED if line.protected else criterion_words(line.criterion)].append(line)
    shares = unit.shares([sum(line.points for line in group) for group in groups.values()])
    return tuple(
        Part(name, share, ABOUT_PROTECTED if name == PROTECTED else _sentence(group, told))
        for (name, group), share in zip(groups.items(), shares, strict=True)
    )


def _sentence(lines: Sequence[Line], told: InCommon) -> str:
    return joined("; ", [*_taught(lines, told), *_other(lines), *_in_vain(lines)])


def _taught(lines: Sequence[Line], told: InCommon) -> Iterator[str]:
    topics = [
        Message("{topic} ({how})", topic=_subject(line, told), how=_how(line.sentence))
        for line in lines
        if line.criterion in TEACHING and line.subject and line.points
    ]
    if topics:
        yield joined(", ", topics)


def _other(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        if line.criterion not in TEACHING or not line.subject:
            yield about(line.subject, line.sentence)


def _in_vain(lines: Sequence[Line]) -> Iterator[str]:
    """Go through what topics give nothing: why is told only where it says nothing of what the other knows."""
    nothing = [line for line in lines if not line.points and line.criterion in TEACHING]
    missing = [line.subject for line in nothing if line.sentence.startswith(IN_VAIN)]
    known = sum(bool(line.subject) for line in nothing) - len(missing)
    if missing:
        yield Message("not covered: {topics}", topics=", ".join(missing))
    if known:
        yield Message(
            "{count} more known already, or counted with another partner",
            "{count} more known already, or counted with another partner",
            count=known,
        )


def _how(sentence: str) -> str:
    """Return how a topic is taught, without that it is wanted; what was kept is no message any more."""
    if isinstance(sentence, Message) and isinstance(taught := sentence.gaps.get("taught"), str):
        return taught
    return sentence.removeprefix("wanted; ")


def _subject(line: Line, told: InCommon) -> str:
    listed = {"expertise": told.taught, "growth": told.given}.get(line.criterion)
    if listed is None or f", {line.subject}," in f", {listed},":
        return line.subject
    return LIVED
