"""A mapping in TOML: how the table is read, with comments on what was guessed and what is to be filled in."""

from __future__ import annotations

import datetime as dt
from itertools import chain
from typing import TYPE_CHECKING

from rmatch.cli.guess.choice_text import choices
from rmatch.cli.guess.days import are_days, newest, order_needed
from rmatch.cli.guess.evidence import HIDDEN, evidence, is_code
from rmatch.cli.guess.families import how_well
from rmatch.cli.guess.guess import BANDS_FIRST
from rmatch.cli.guess.questions import wishes_as
from rmatch.cli.guess.role_text import consent, roles, undecided, wishes
from rmatch.cli.guess.toml import document, key_text, listed, quoted
from rmatch.cli.guess.value_text import values
from rmatch.io import PREFIXES, UNKNOWN, column_of, timed_column

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.cli.guess.guess import Guess


def mapping_text(
    guess: Guess, name: str, joining: str = "", *, undated: str = "", sided: bool = False
) -> str:
    """Return the text of a mapping.

    Parameters
    ----------
    guess : Guess
        What the columns are.
    name : str
        The file that they are in.
    joining : str
        The lines that say how several files are joined.
    undated : str
        The column that tells somebody's newest row, where it could have the day or the month first.
    sided : bool
        Whether everybody in the table plays the same role, and the mapping is a part of one for two tables.

    Returns
    -------
    str
        TOML.
    """
    parts = (
        iter([joining] if joining else []),
        _settings(guess, undated),
        chain(_columns(guess), _left_out(guess)),
        *choices(guess),
        *values(guess),
        wishes(guess),
        *(() if sided else (roles(guess), consent(guess))),
        undecided(guess),
    )
    if sided:
        return "\n\n".join(filter(None, ("\n".join(part) for part in parts)))
    return document("How rmatch reads a table of people.", name, *parts)


def _settings(guess: Guess, undated: str) -> Iterator[str]:
    if guess.markers - UNKNOWN:
        yield f'unknown = {listed(sorted(UNKNOWN | guess.markers))} # what means "not known", in any cell'
    if count := _further_rows(guess):
        by = timed_column(guess.table)
        keep = f'"newest", by = {quoted(by)}' if by else '"last"'
        some = f"{count} {'row has' if count == 1 else 'rows have'} the address of another one"
        yield f"#duplicates = {{ keep = {keep} }} # {some}: take the # away if these are further answers"
    yield from _outside(guess)
    yield from _days(guess, undated)
    if guess.grid:
        slots = len(guess.grid)
        yield f'hours_grid = "found" # {slots} columns are slots of the week: {listed(guess.grid[:3])[1:-1]}'
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


def _days(guess: Guess, undated: str) -> Iterator[str]:
    hired = guess.known("years")
    if are_days(hired):
        last = newest(guess.table)
        why = "the last day in the table; give the first day of the round" if last else "today"
        yield f"dates.CHECK.on = {last or dt.datetime.now().astimezone().date()} # {why}: to it years are counted"
    if undated or (are_days(hired) and order_needed(hired)):
        so = f" in {quoted(undated)}, which tells the newest row" if undated else ""
        yield f'dates.CHECK.order = "day first" # or "month first": no day after the 12th tells{so}'


def _outside(guess: Guess) -> Iterator[str]:
    if guess.unusable_chart:
        return
    if guess.open_chart:
        count = sum(map(len, guess.strangers.values()))
        yield f'unknown_managers = "outside" # {count} people have a manager who has no row in the table'
    elif guess.strangers:
        for manager, people in guess.strangers.items():
            # A boss may be written as a name or an address, and these are not shown.
            shown = f"the id {quoted(manager)}" if is_code(manager) else "this name or address"
            yield f"# CORRECT in the table: no row has {shown}, the manager of {listed(people)[1:-1]}."
        yield '#unknown_managers = "outside" # only if they are right, and have no row on purpose'


def _columns(guess: Guess) -> Iterator[str]:
    yield "[columns] # rmatch's field = your column; columns that bear rmatch's own names need no line"
    for name, headers in guess.columns.items():
        if name == "role" and guess.processing:
            yield f"# {quoted(headers[0])} and who agreed to take part: see the roles below"
        elif headers != [name]:
            source = quoted(headers[0]) if len(headers) == 1 else listed(headers)
            doubt = guess.questions.get(name, "")
            mark, why = ("CHECK.", f"{doubt}; ") if doubt else ("", "")
            cells = [" ".join(texts) for texts in zip(*map(guess.texts.get, headers), strict=True)]
            told = evidence(name, headers[0], [text.strip() for text in cells])
            yield f"{mark}{key_text(name)} = {source} # {why}{told}"
    for name, header in guess.exact.items():
        yield f"# BANDS NEEDED: {quoted(header)}, a column {BANDS_FIRST}"
        yield from () if column_of(header) else (f"#{key_text(name)} = {quoted(header)}",)
    if "id" not in guess.columns:
        yield from _no_id(guess)


def _no_id(guess: Guess) -> Iterator[str]:
    """Ask for the column of ids; addresses will do where each row has one, also where somebody has several rows."""
    headers = guess.columns.get("email", [])
    if _further_rows(guess) and (ids := _repeated_ids(guess)):
        yield f"#id = {quoted(ids)} # FILL IN: some of these ids have several rows, with duplicates as above"
    elif _further_rows(guess):
        yield f"#id = {quoted(headers[0])} # FILL IN: these addresses, which reports then show, with duplicates as above; or a column of ids"
    else:
        yield '#id = "…" # FILL IN the column that tells people apart: every cell filled, no two alike'


def _repeated_ids(guess: Guess) -> str | None:
    """Return the column that sounds like ids and has as many of them as there are addresses, if there is one."""
    [address] = guess.columns["email"]
    people = len(set(map(str.casefold, guess.texts[address])))
    heard = [header for header in guess.left if guess.sounds.get(header, ("", 0))[0] == "id"]
    found = [header for header in heard if len(set(guess.texts[header])) == people]
    return next((header for header in found if all(guess.texts[header])), None)


def _further_rows(guess: Guess) -> int:
    """Return how many rows have the address of another one, where every row has one and there is no column of ids."""
    headers = guess.columns.get("email", [])
    if "id" in guess.columns or len(headers) != 1:
        return 0
    texts = guess.texts[headers[0]]
    return len(texts) - len(set(map(str.casefold, texts))) if all(texts) else 0


def _left_out(guess: Guess) -> Iterator[str]:
    """Say of each column that is not read why, with a line to read it by where it sounds like a field."""
    timed = timed_column(guess.table)
    for header in guess.left:
        name, _ = guess.sounds.get(header, ("", 0))
        # What sounds like names or demographic answers is as private as if it were read.
        private = name in HIDDEN or name.startswith(PREFIXES)
        told = evidence(name if private else "", header, guess.texts[header])
        if wishes_as(header) or how_well(header, guess.texts[header]):
            yield f"# {quoted(header)}: see below; {told}"
            continue
        if not name:
            why = "tells the newest row" if header == timed else "sounds like no field"
            yield f"# not read: {quoted(header)}: {why}; {told}"
            continue
        better = name in guess.columns
        why = "another column says it better" if better else "its cells speak against it"
        yield f"# not read: {quoted(header)}: sounds like {name}, but {why}; {told}"
    kept = [header for header in guess.left if header != "role"]
    if kept:
        yield "# To keep them for criteria and rules of your own, write above [columns]:"
        yield f"# extra = {listed(kept)}"
