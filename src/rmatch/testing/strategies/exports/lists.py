"""Lists as exports write them: one cell with a separator, a column an option, ranked choices, levels beside a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from rmatch.testing.strategies.exports.written import JOINT, Written, column, headers, standing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Items = Sequence[Mapping[str, int | None]]
    """The items of everybody, each with a number or none."""

SEPARATORS = (";", ",", "|", "/", "\n", " + ")
YES = ("yes", "x", "1", "Ja", "✓")
NO = ("", "no", "0", "Nein", "false")
TITLES = ("What of this is yours?", "Please tick")
GRADES = ("Step {}", "{} - fine", "{}/9", "{} (of my own)")
"""How a grade is said; the first way is a word of a scale, which a mapping explains."""
MOST_RANKS = 5


@st.composite
def lists(draw: st.DrawFn, name: str, items: Items) -> Written:
    """Return the columns of a list in one shape that fits everybody.

    Parameters
    ----------
    name : str
        The field: offers, wants, or one whose items have no numbers.
    items : sequence of mapping
        The items of everybody.
    """
    shapes: list[st.SearchStrategy[Written]] = [_cells(name, items)]
    if any(items):
        shapes += [_option_columns(name, items), _two_columns(name, items)]
    if name == "wants" and _ranked(items):
        shapes.append(_ranks(items))
    if name in ("offers", "wants") and all(len(set(own.values())) < 2 for own in items):
        shapes.append(_levels_beside(name, items))
    return draw(st.one_of(shapes))


@st.composite
def _cells(draw: st.DrawFn, name: str, items: Items, *, bare: bool = False) -> Written:
    separator = draw(st.sampled_from(SEPARATORS))
    said = separator != ";" or draw(st.booleans())
    keys: dict[str, Any] = {"separators": {name: separator}} if said else {}
    every = list(dict.fromkeys(item for own in items for item in own))
    holding = [item for item in every if separator in item and standing(item) == item]
    listed = draw(st.booleans())
    if holding and listed:
        keys["options"] = {name: every}

    def cell(own: Mapping[str, int | None]) -> str:
        return separator.join(
            _item(
                item, None if bare else number, quote=not listed and (item in holding or not said)
            )
            for item, number in own.items()
        )

    return column(name, draw(headers(name)), [cell(own) for own in items], keys)


def _item(item: str, number: int | None, *, quote: bool) -> str:
    text = standing(item)
    if quote and text == item:
        text = f'"{item}"'
    return f"{text}:{number}" if number else text


@st.composite
def _two_columns(draw: st.DrawFn, name: str, items: Items) -> Written:
    """Return a list that is asked for twice: the usual ones, and others."""
    every = {item: None for own in items for item in own}
    usual = draw(st.sets(st.sampled_from(list(every)))) if every else set()
    columns = {
        f"{title} {name}": [
            "; ".join(
                _item(item, number, quote=";" in item)
                for item, number in own.items()
                if (item in usual) == wanted
            )
            for own in items
        ]
        for title, wanted in (("Usual", True), ("Other", False))
    }
    keys = {"columns": {name: list(columns)}, "separators": {name: ";"}}
    return Written(columns, keys, may_refuse=True)


@st.composite
def _option_columns(draw: st.DrawFn, name: str, items: Items) -> Written:
    every = list(dict.fromkeys(item for own in items for item in own))
    used = {number for own in items for number in own.values() if number}
    # Where grades stand beside it, a 1 is one of them.
    words = [word for word in YES if not (used and word.isdigit())]
    title, yes, no, grade = (draw(st.sampled_from(each)) for each in (TITLES, words, NO, GRADES))
    titles = {item: f"{title} {name}{JOINT}option {place}" for place, item in enumerate(every)}
    columns = {
        header: [_said(own, item, yes, no, grade) for own in items]
        for item, header in titles.items()
    }
    keys: dict[str, Any] = {
        "option_columns": {name: {header: item for item, header in titles.items()}}
    }
    if used and grade == GRADES[0]:
        keys["scales"] = {name: {grade.format(number): number for number in sorted(used)}}
    return Written(columns, keys)


def _said(own: Mapping[str, int | None], item: str, yes: str, no: str, grade: str) -> str:
    if item not in own:
        return no
    return grade.format(number) if (number := own[item]) else yes


def _ranked(items: Items) -> bool:
    """Tell whether nobody has two items with one number, nor more than can be ranked."""
    numbers = [list(own.values()) for own in items]
    most = max((number or 0 for own in numbers for number in own), default=0)
    return 0 < most <= MOST_RANKS and all(len(set(own)) == len(own) for own in numbers)


@st.composite
def _ranks(draw: st.DrawFn, items: Items) -> Written:
    most = max(number or 0 for own in items for number in own.values())
    word = draw(st.sampled_from(("{}. choice", "Choice no {}", "Rank {}, if any")))
    columns = {}
    for rank in range(1, most + 1):
        chosen = [
            next((standing(item) for item, number in own.items() if number == most + 1 - rank), "")
            for own in items
        ]
        columns[word.format(rank)] = chosen
    return Written(columns, {"ranks": {"wants": list(columns)}})


@st.composite
def _levels_beside(draw: st.DrawFn, name: str, items: Items) -> Written:
    own = draw(_cells(name, items, bare=True))
    header = draw(st.sampled_from((f"How well? {name}", f"{name} (1-9)")))
    numbers = [next(iter(each.values()), None) for each in items]
    levels = [str(number) if number else "" for number in numbers]
    return Written({**own.columns, header: levels}, {**own.keys, "levels_by": {name: header}})
