"""Sources: one table of people, or several about the same people."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault, InvalidInputError
from rmatch.io.faults import refusal
from rmatch.io.tables.layout import OWN, Layouts
from rmatch.io.tables.source import read_table
from rmatch.people import TOPICS, Person

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rmatch.io.mapping.translation import Translation
    from rmatch.io.tables.table import Table


def read_tables(source: Any, translation: Translation | None) -> Table:
    """Read one source, or several that are joined.

    Parameters
    ----------
    source : path, dataframe or sequence
        What :func:`rmatch.read_people` takes for everybody, or for a side.
    translation : Translation or None
        The mapping, which says by what tables are joined.

    Returns
    -------
    Table
        The columns of one, or of all.

    Raises
    ------
    InvalidInputError
        If one of them cannot be read, or they cannot be joined.
    """
    sources = several(source)
    layouts = laid_out(translation) if translation else OWN
    if len(sources) == 1:
        return read_table(sources[0], layouts)
    tables: list[Table] = []
    faults: list[Fault] = []
    for each, own in zip(sources, _numbered(sources, layouts), strict=True):
        try:
            tables.append(read_table(each, own))
        except InvalidInputError as error:
            faults.extend(error.faults)
    faults += _repeats(tables)
    if faults:
        raise InvalidInputError(faults)
    from rmatch.io.join.join import joined
    from rmatch.io.mapping.translation import Translation

    return joined(tables, translation or Translation())


def names_of(source: Any) -> list[str]:
    """Return what the files of a source are called in a mapping; those of one name have a number each.

    Examples
    --------
    >>> names_of("data/hris.csv"), names_of(["staff.xlsx", "staff.xlsx"])
    (['hris.csv'], ['staff.xlsx (1)', 'staff.xlsx (2)'])
    """
    paths = [each for each in several(source) if isinstance(each, str | os.PathLike)]
    names = [Path(path).name for path in paths]
    return [
        f"{name} ({number})" if names.count(name) > 1 else name
        for number, name in enumerate(names, 1)
    ]


def _numbered(sources: Sequence[Any], layouts: Layouts) -> list[Layouts]:
    """Return the layouts for each source: of several files of one name, each may have a layout of its own."""
    if not all(isinstance(each, str | os.PathLike) for each in sources):
        return [layouts] * len(sources)
    return [
        replace(layouts, by_file={**layouts.by_file, Path(path).name: layouts.by_file[name]})
        if name in layouts.by_file
        else layouts
        for path, name in zip(sources, names_of(sources), strict=True)
    ]


def _repeats(tables: Sequence[Table]) -> Iterator[Fault]:
    """Go through tables that are one and the same: a join with itself says nothing."""
    seen: set[tuple[str, str]] = set()
    for table in tables:
        if any(table.origin) and table.origin in seen:
            sheet = table.origin[1]
            problem = f"the same {f'sheet, {sheet!r},' if sheet else 'file'} is given twice"
            remedy = "give it once"
            if sheet:
                remedy += (
                    f', or name another sheet in a mapping: [tables."{table.name} (2)"] sheet = "…"'
                )
            yield Fault(table.name, "", problem, remedy)
        seen.add(table.origin)


def laid_out(translation: Translation) -> Layouts:
    """Return how sources are laid out: a mapping tells by which headers a sheet is known, and under which topics stand."""
    wanted = OWN.general.wanted | translation.mentions
    whole = frozenset(header for field in TOPICS for header in translation.columns.get(field, ()))
    general = replace(translation.layout, wanted=wanted, whole=whole, name=translation.name)
    return Layouts(general, translation.layouts)


def several(source: Any) -> list[Any]:
    """Return the tables that a source is: those in a list of them, or itself.

    Examples
    --------
    >>> several(["hris.csv", "survey.csv"]), len(several([{"id": "E7"}, {"id": "E2"}]))
    (['hris.csv', 'survey.csv'], 1)
    """
    if not isinstance(source, list | tuple):
        return [source]
    tables = bool(source) and all(_is_table(each) for each in source)
    return list(source) if tables else [source]


def alone(source: Any, translation: Translation, *, elsewhere: bool) -> Translation:
    """Return how one table is read: nothing is joined to it.

    Parameters
    ----------
    source : path, dataframe or sequence
        The source.
    translation : Translation
        The mapping.
    elsewhere : bool
        Whether the other side has several tables, so that a join may be meant for them.

    Returns
    -------
    Translation
        The same without joins where there is one table.

    Raises
    ------
    InvalidInputError
        If there is one table for everybody, and the mapping joins several.
    """
    if not translation.joins or len(several(source)) > 1:
        return translation
    if not elsewhere:
        count = len(translation.joins) + 1
        problem = f"the mapping joins {count} tables, and one was given"
        raise refusal(translation.name, problem, "give all of them, or leave out `join`")
    return replace(translation, joins=())


def _is_table(each: Any) -> bool:
    if isinstance(each, Person | Mapping):
        return False
    if isinstance(each, str | os.PathLike | bytes) or hasattr(each, "read"):
        return True
    if isinstance(each, list | tuple):
        return _holds_people(each)
    return hasattr(each, "columns") and hasattr(each, "shape")  # a dataframe of any library


def _holds_people(rows: Sequence[Any]) -> bool:
    return bool(rows) and all(isinstance(row, Person | Mapping) for row in rows)
