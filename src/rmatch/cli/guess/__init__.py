"""What ``rmatch init`` guesses from a foreign table: how it is read, and a programme for its people."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rmatch.cli.guess.guess import Guess
from rmatch.cli.guess.mapping_text import mapping_text
from rmatch.cli.guess.programme_text import programme_text
from rmatch.cli.guess.sides import sided_text, sides_of
from rmatch.cli.guess.toml import quoted, remark
from rmatch.errors import Fault, InvalidInputError
from rmatch.io import (
    Layout,
    joined_by_guess,
    read_people,
    read_programme,
    read_table,
    sheets,
    taken_as_right,
)
from rmatch.utils.text import cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rmatch.cli.guess.sides import Sided
    from rmatch.io import Duplicates, Table
    from rmatch.people import People

LONGEST = 120
"""Notes on a join are cut behind so many characters: check shows them whole."""

__all__ = ["Draft", "draft", "draft_programme", "open_choices", "open_points", "sides_of"]


@dataclass(frozen=True, slots=True)
class Draft:
    """Two files to start from.

    Attributes
    ----------
    mapping, programme : str
        The texts of a mapping and of a programme in TOML, with comments on what was guessed and what is to be filled in.
    """

    mapping: str
    programme: str


def draft(*sources: str | Path) -> Draft:
    """Guess from a table's columns and cells how it is read, and what its people can be matched by.

    Parameters
    ----------
    *sources : str or Path
        Files that :func:`rmatch.read_people` reads: ``.csv``, ``.xlsx`` or ``.json``. Several are about the same people;
        two files or two sheets that are called after mentors and mentees are a side each.

    Returns
    -------
    Draft
        What to write. Consent is never guessed, and no answer to a demographic question is in it.

    Raises
    ------
    InvalidInputError
        If a file is no table, or several have nothing in common.
    """
    if places := sides_of(sources):
        return _two_sides(places)
    tables, sheet_lines = _tables(sources)
    table, rule, joining = (tables[0], None, "") if len(tables) == 1 else _together(tables)
    joining = "\n".join(filter(None, [joining, *sheet_lines]))
    if table.faults:
        raise InvalidInputError(table.faults)
    guess, name = Guess(table), table.name
    undated = rule.by if rule and rule.order else ""
    return Draft(mapping_text(guess, name, joining, undated=undated), programme_text(guess, name))


def _tables(sources: Sequence[str | Path]) -> tuple[list[Table], list[str]]:
    """Read the sources, a workbook that is given several times sheet by sheet, with the lines that name the sheets."""
    tables, lines = [], []
    for number, source in enumerate(sources, 1):
        times, turn = sources.count(source), sources[: number - 1].count(source)
        names = sheets(source) if times > 1 or _is_unclear(source) else []
        sheet = names[turn] if turn < len(names) else ""
        tables.append(read_table(source, Layout(sheet=sheet)))
        if sheet:
            apart = f"{Path(source).name} ({number})" if times > 1 else Path(source).name
            table = "table" if len(sources) == 1 else f"tables.{quoted(apart)}"
            key = f"{table}.sheet" if times == len(names) else f"{table}.CHECK.sheet"
            lines.append(f"{key} = {quoted(sheet)} # of {', '.join(map(quoted, names))}")
    return tables, lines


def _is_unclear(source: str | Path) -> bool:
    """Tell whether several sheets of a workbook may be the one with the people."""
    try:
        read_table(source)
    except InvalidInputError as error:
        return any(fault.field == "sheet" for fault in error.faults)
    return False


def _two_sides(places: Sided) -> Draft:
    guesses = {
        side: Guess(read_table(source, Layout(sheet=sheet)))
        for side, (source, sheet) in places.items()
    }
    if faults := [fault for guess in guesses.values() for fault in guess.table.faults]:
        raise InvalidInputError(faults)
    texts = {
        side: mapping_text(guess, guess.table.name, sided=True) for side, guess in guesses.items()
    }
    mapping = sided_text(texts, places)
    names = " + ".join(guess.table.name for guess in guesses.values())
    try:
        people = _read(places, taken_as_right(tomllib.loads(mapping)))
    except InvalidInputError:
        # Until it is corrected, what one side's table holds has to do.
        return Draft(mapping, programme_text(guesses["mentors"], names))
    return Draft(mapping, programme_text(_guess_of(people), names))


def _read(places: Sided, mapping: Any) -> People:
    sources = {side: source for side, (source, _) in places.items()}
    return read_people(**sources, mapping=mapping)


def _guess_of(people: People) -> Guess:
    table = read_table(list(people))
    filled = {header: cells for header, cells in table.columns.items() if any(cells)}
    return Guess(replace(table, columns=filled))


def open_points(sources: Sequence[str | Path], mapping: str | Path) -> list[Fault]:
    """Return what is still to be done before people can be read: what is to be checked, and what would be wrong then.

    Parameters
    ----------
    sources : sequence of str or Path
        The files of people.
    mapping : str or Path
        How they are read, as it was written.

    Returns
    -------
    list of Fault
        What is open; empty if the people can be read.
    """
    found: dict[tuple[str, str], Fault] = {}
    places = sides_of(sources)
    document = tomllib.loads(Path(mapping).read_text("utf-8"))
    for read_by in (mapping, taken_as_right(document)):
        try:
            _read(places, read_by) if places else read_people(list(sources), mapping=read_by)
        except InvalidInputError as error:
            for fault in error.faults:
                found.setdefault((fault.field, fault.problem), fault)
    return list(found.values())


def open_choices(programme: str | Path) -> list[Fault]:
    """Return what is still to be settled in a programme before it can be read."""
    try:
        read_programme(programme)
    except InvalidInputError as error:
        return list(error.faults)
    return []


def _together(tables: Sequence[Table]) -> tuple[Table, Duplicates | None, str]:
    """Return several tables as one, which of several rows of somebody counts, and the lines of a mapping that say so."""
    table, joins, rule = joined_by_guess(tables)
    settings = [f"{{ key = {_key(join.key)} }}" for join in joins]
    lines = [f"join = {settings[0] if len(joins) == 1 else '[' + ', '.join(settings) + ']'}"]
    if rule:
        by = f", by = {quoted(rule.by)}" if rule.by else ""
        lines.append(f"duplicates = {{ keep = {quoted(rule.keep)}{by} }}")
    comments = [f"# {remark(cut(note, LONGEST))}" for note in table.notes]
    return table, rule, "\n".join([*comments, *lines])


def _key(pairs: Sequence[tuple[str, str]]) -> str:
    """Return the headers of a key as a mapping names them."""
    one, other = pairs[0]
    if len(pairs) == 1 and one == other:
        return quoted(one)
    return f"{{ {', '.join(f'{quoted(mine)} = {quoted(theirs)}' for mine, theirs in pairs)} }}"


def draft_programme(sources: Sequence[str | Path], mapping: str | Path) -> str:
    """Guess what the people of a table can be matched by, as they are read through a mapping.

    Parameters
    ----------
    sources : sequence of str or Path
        Files that :func:`rmatch.read_people` reads.
    mapping : str or Path
        How it is read, corrected by hand.

    Returns
    -------
    str
        The text of a programme in TOML. No answer to a demographic question is in it.

    Raises
    ------
    InvalidInputError
        If the people cannot be read: every fault.
    """
    guess = _guess_of(read_people(list(sources), mapping=mapping))
    names = " + ".join(Path(source).name for source in sources)
    return programme_text(guess, f"{names}, read through {Path(mapping).name}")
