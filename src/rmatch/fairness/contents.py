"""What the fairness report says: its titles, sentences and tables of texts, whatever they are written in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rmatch.fairness.groups.group import FOUR_FIFTHS
from rmatch.utils.text import counted, numeral

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.fairness.figures import FairnessFigures, Side
    from rmatch.fairness.groups.group import Group, GroupTable
    from rmatch.programme import Unit

    Row = tuple[str, ...]
    Rows = list[Row]

HEADER = ("group", "people", "matched", "rate", "p of rate", "above", "share", "p of share")
ABOUT_GROUPS = """\
Each group is compared with everybody else of its population: the share that got a partner (rate), and the share that gains
more than the median of all with a partner (above), of those with a partner where the table tells who they are, else of all.

p says how often a blind draw would make as large a difference, or a larger one. Of twenty such comparisons one is below 0.05
by chance alone.

A lowest rate below four fifths of the highest is an indicator, no verdict: in small groups a blind lottery falls below it
often. Look at p and at the numbers.

A group is shown if all its figures can be, so that nobody's answer follows from them; everybody else is counted among the
others, with those who released nothing. A dash stands where the table keeps nothing apart, or there is nothing to compare."""
NO_GROUPS = "The people have no dimensions to report on."
POPULATIONS = {"mentor": "Mentors", "mentee": "Mentees", "both": "People in both roles"}
NOTHING = "–"
EVEN = {"Gini": 0, "Jain": 1, "Atkinson(1/2)": 0, "Atkinson(1)": 0}
"""The indices if all gain the same."""


class Part(NamedTuple):
    """A part of the report.

    Attributes
    ----------
    title : str
        What it is about; empty for the first one.
    body : list of str or list of tuple of str
        Paragraphs, and tables by rows of cells, the header first.
    """

    title: str
    body: list[str | Rows]


def parts(report: FairnessFigures) -> Iterator[Part]:
    """Go through the report from top to bottom.

    Parameters
    ----------
    report : FairnessFigures
        The figures.

    Yields
    ------
    Part
        What each part says.
    """
    yield Part("", [_overall(report)])
    sides = list(report.sides.values())
    about_sides = [sentence for side in sides for sentence in _about_side(side)]
    yield Part("What each side gains", [_sides(sides, report.unit), *about_sides])
    yield Part("Would people rather meet others?", [_blocking(report), str(report.pareto)])
    yield Part("Protected attributes", [_effect(report)])
    about_groups = ABOUT_GROUPS if report.groups else NO_GROUPS
    yield Part("Groups", [*about_groups.split("\n\n")])
    for table in report.groups:
        title = f"{POPULATIONS[table.side]} by {' × '.join(table.dimensions)}"
        yield Part(title, [_groups(table), *_about_table(table)])


def _overall(report: FairnessFigures) -> str:
    name = f"{report.programme}: " if report.programme else ""
    count = len(report.points)
    if report.worst is None:
        return f"{name}nobody has a partner."
    mean, worst = report.unit.mean(report.total, count), report.unit.worth(report.worst)
    return f"{name}{counted(count, 'pair')}, {mean}; the worst has {worst}."


def _sides(sides: list[Side], unit: Unit) -> Rows:
    columns = [dict(_side_column(side, unit)) for side in sides]
    return [(label, *(column[label] for column in columns)) for label in columns[0]]


def _side_column(side: Side, unit: Unit) -> Iterator[tuple[str, str]]:
    """Go through the labels of the table of sides and what it says of one side."""
    of = "in points" if unit.exact else unit.heading
    yield "", f"{side.side}s"
    yield "matched", f"{numeral(side.matched)} of {numeral(side.people)}"
    yield f"mean gain, {of}", _gain(side.mean, unit)
    yield f"least gain, {of}", _gain(side.least, unit)
    yield "nobody else would suit them better", numeral(side.first_choice)
    yield "would rather have another's partner", numeral(side.envious)
    for name, index in side.indices.items():
        yield f"{name} index ({EVEN[name]} if all gain the same)", _decimal(index)


def _about_side(side: Side) -> Iterator[str]:
    if side.criteria:
        named = ", ".join(name.replace("_", " ") for name in side.criteria)
        yield f"A {side.side} gains the points of: {named}."
    else:
        yield f"No criterion says what a {side.side} gains."
    if None in side.indices.values():
        yield (
            f"The indices of the {side.side}s cannot be estimated: "
            "they compare shares of gains of 0 and more, not all 0."
        )


def _blocking(report: FairnessFigures) -> str:
    if not report.blocking:
        return "No two people would both rather meet each other than their partners (stable)."
    verb = "pair of people would" if report.blocking == 1 else "pairs of people would"
    return f"{numeral(report.blocking)} {verb} both rather meet each other (blocking pairs)."


def _effect(report: FairnessFigures) -> str:
    effect = report.effect
    if effect.price is None:
        return effect.sentence
    all_pairs = report.unit.gap(effect.price)
    return (
        f"{effect.sentence} The price of fair places: all pairs together would be {all_pairs} if these attributes "
        "decided places, too."
    )


def _groups(table: GroupTable) -> Rows:
    return [HEADER, *map(_figures, (table.overall, *table.by_group, table.rest))]


def _figures(group: Group) -> Row:
    return (
        " × ".join(group.name),
        numeral(group.people),
        _count(group.matched),
        _percent(group.match_rate),
        _decimal(group.p_match_rate),
        _count(group.above),
        _percent(group.above_rate),
        _decimal(group.p_above_rate),
    )


def _about_table(table: GroupTable) -> Iterator[str]:
    yield from map(_sentence, table.notes)
    if len(table.by_group) < 2:
        yield "Groups cannot be compared: fewer than two are shown."
        return
    if (difference := table.difference["match_rate"]) is not None:
        yield _compared(table, difference)
    if table.difference["above_rate"] is not None:
        points = 100 * table.difference["above_rate"]
        yield f"The shares that gain more than the median differ by {points:.0f} percentage points."


def _compared(table: GroupTable, difference: float) -> str:
    ratio = table.ratio["match_rate"]
    if ratio is None:
        return "The ratio of match rates cannot be estimated: nobody is matched."
    where = "below" if table.below_four_fifths else "not below"
    return (
        f"Match rates differ by {100 * difference:.0f} percentage points; "
        f"the lowest is {ratio:.2f} of the highest, {where} {FOUR_FIFTHS:g}."
    )


def _sentence(note: str) -> str:
    return f"{note[0].upper()}{note[1:]}."


def _gain(points: float | None, unit: Unit) -> str:
    return NOTHING if points is None else unit.finely(points)


def _count(number: int | None) -> str:
    return NOTHING if number is None else numeral(number)


def _percent(share: float | None) -> str:
    return NOTHING if share is None else f"{share:.0%}"


def _decimal(figure: float | None) -> str:
    return NOTHING if figure is None else f"{figure:.3f}"
