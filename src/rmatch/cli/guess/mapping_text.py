"""A mapping in TOML: how the table is read, with comments on what was guessed and what is to be filled in."""

from __future__ import annotations

from collections import Counter
from itertools import accumulate
from math import ceil, floor
from statistics import quantiles
from typing import TYPE_CHECKING

from rmatch.cli.guess.vocabulary import is_number
from rmatch.io import PREFIXES, SEPARATOR, UNKNOWN, column_of, number_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.cli.guess.guess import Guess

from rmatch.cli.guess.guess import BANDS_FIRST
from rmatch.cli.guess.toml import document, key_text, listed, quoted


def mapping_text(guess: Guess, name: str, joining: str = "") -> str:
    """Return the text of a mapping.

    Parameters
    ----------
    guess : Guess
        What the columns are.
    name : str
        The file that they are in.
    joining : str
        The lines that say how several files are joined.

    Returns
    -------
    str
        TOML.
    """
    parts = (
        iter([joining] if joining else []),
        _settings(guess),
        _left_out(guess),
        _columns(guess),
        _separators(guess),
        _values(guess),
        _conditions(guess),
    )
    return document("How rmatch reads a table of people.", name, *parts, _consent(guess))


def _settings(guess: Guess) -> Iterator[str]:
    if guess.markers:
        yield f'unknown = {listed(sorted(UNKNOWN | guess.markers))} # what means "not known", in any cell'
    yield from _outside(guess)
    if not guess.numbered:
        yield "levels = false # what follows the colon of a topic is part of its name, and no level"
    ignored = [
        *(["role"] if "role" in guess.left else []),
        *(each for each in guess.exact.values() if column_of(each)),
    ]
    if ignored:
        why = (
            "its cells say neither mentor nor mentee"
            if ignored == ["role"]
            else "cells that cannot be used as they are"
        )
        yield f"ignore = {listed(ignored)} # {why}"


def _outside(guess: Guess) -> Iterator[str]:
    if guess.open_chart:
        count = sum(map(len, guess.strangers.values()))
        yield f'unknown_managers = "outside" # {count} people have a manager who has no row in the table'
    elif guess.strangers:
        for manager, people in guess.strangers.items():
            yield f"# CORRECT in the table: no row has the id {quoted(manager)}, the manager of {listed(people)[1:-1]}."
        yield '#unknown_managers = "outside" # only if they are right, and have no row on purpose'


def _left_out(guess: Guess) -> Iterator[str]:
    sounds = {header: name for name, headers in guess.candidates.items() for header in headers}
    for header in guess.left:
        heard = (
            f": sounds like {sounds[header]}, but its cells or a better column speak against it"
            if header in sounds
            else ""
        )
        yield f"# not read: {quoted(header)}{heard}"
    kept = [header for header in guess.left if header != "role"]
    if kept:
        yield f"#extra = {listed(kept)} # to keep them, for criteria and rules of your own"


def _columns(guess: Guess) -> Iterator[str]:
    yield "[columns] # rmatch's field = your column; columns that bear rmatch's own names need no line"
    for name, headers in guess.columns.items():
        if headers != [name]:
            source = quoted(headers[0]) if len(headers) == 1 else listed(headers)
            yield f"{key_text(name)} = {source}{_doubt(guess, name)}"
    for name, header in guess.exact.items():
        yield f"# BANDS NEEDED: {quoted(header)}, a column {BANDS_FIRST}"
        yield from () if column_of(header) else (f"#{key_text(name)} = {quoted(header)}",)
    if "id" not in guess.columns:
        yield '#id = "…" # FILL IN the column that tells people apart: every cell filled, no two alike'


def _doubt(guess: Guess, name: str) -> str:
    if name not in guess.sensed:
        return ""
    if {"offers", "wants"} <= guess.sensed.keys() and name in {"offers", "wants"}:
        return " # DECIDE which is which: two lists with the same topics, and no heading tells what is taught or wanted"
    return " # CHECK: guessed from its cells, the heading does not tell"


def _separators(guess: Guess) -> Iterator[str]:
    found = {name: guess.separator(name, headers) for name, headers in guess.columns.items()}
    odd = {name: separator for name, separator in found.items() if separator != SEPARATOR}
    if odd:
        yield "[separators] # what stands between the items of a cell, where it is not ;"
    yield from (f"{key_text(name)} = {quoted(separator)}" for name, separator in odd.items())


def _values(guess: Guess) -> Iterator[str]:
    years, roles = guess.years(), guess.roles()
    if years:
        yield "[values.years] # in numbers; an empty text means unknown: CHECK"
    yield from _meanings(years, "")
    if roles:
        yield "[values.role] # whoever teaches, the junior, is the mentor; whoever learns, the leader, is the mentee: CHECK"
    yield from _meanings(roles, "none")
    if guess.slips:
        yield "[values.level] # better corrected in the table: conditions see cells as they stand"
    for label, (meant, person) in guess.slips.items():
        yield f"#{quoted(label)} = {quoted(meant)} # CHECK: only {quoted(person)} has it"


def _meanings(meanings: dict[str, str], default: str) -> Iterator[str]:
    for text, meaning in meanings.items():
        yield (
            f"{quoted(text)} = {quoted(meaning)}"
            if meaning
            else f"#{quoted(text)} = {quoted(default)} # FILL IN what it means"
        )


def _conditions(guess: Guess) -> Iterator[str]:
    if "role" in guess.columns:
        return
    yield "# FILL IN: no column says who is a mentor (a junior, who teaches) or a mentee (a leader, who learns)."
    yield "# A person plays a role if all conditions of one of its tables hold: at_least, at_most, equals, not_equals,"
    yield "# contains, not_contains. One suggestion:"
    if guess.years() and not guess.grades[1]:
        yield "# (They compare the cells as they stand: years in words must become numbers in the table first.)"
    mentor, mentee = _thresholds(guess)
    yield from ("#[[roles.mentor]]", f"#{mentor}", "#[[roles.mentee]]", f"#{mentee}")


def _thresholds(guess: Guess) -> tuple[str, str]:
    grades, ordered = guess.grades
    years = [number_of(text) for text in guess.known("years") if is_number(text)]
    if ordered and len(grades) > 1:
        key = key_text(guess.columns["level"][0])
        low, high = grades[: len(grades) // 2], _highest(guess)
        return f"{key} = {{ equals = {listed(low)} }}", f"{key} = {{ equals = {listed(high)} }}"
    if len(years) > 1:
        key, (few, many) = (
            key_text(guess.columns["years"][0]),
            quantiles(years, n=3, method="inclusive"),
        )
        return f"{key} = {{ at_most = {floor(few)} }}", f"{key} = {{ at_least = {ceil(many)} }}"
    return '"a column" = { equals = "…" }', '"a column" = { equals = "…" }'


def _highest(guess: Guess) -> list[str]:
    """Return the highest grades that a quarter of the people have, at most half of the grades."""
    grades, held = guess.grades[0], Counter(guess.known("level"))
    shares = accumulate(held[grade] for grade in reversed(grades))
    needed = next(
        number
        for number, share in enumerate(shares, 1)
        if 4 * share >= sum(held[each] for each in grades)
    )
    return grades[-min(needed, len(grades) // 2) :]


def _consent(guess: Guess) -> Iterator[str]:
    exact = [name.removeprefix(PREFIXES[0]) for name in guess.exact]
    asked = [*guess.dimensions, *exact]
    if not asked or any(name.startswith("consent:") for name in guess.columns):
        return
    yield "# DECIDE: answers to demographic questions are not read unless people agreed to their use, for matching, for"
    yield "# reports or for both. If all of them did, say so here and say how you know. If each decided alone, give the"
    yield f"# table a column {quoted(f'consent:{asked[0]}')} with match, report, match; report or nothing in its cells."
    yield from ("#[consent]", '#all = "match; report"', '#reason = "…"')
