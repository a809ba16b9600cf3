"""Reading people: one table, or one a side, from wherever they are."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault, InvalidInputError, nearest
from rmatch.io.assemble import assemble
from rmatch.io.faults import refusal
from rmatch.io.join.several import alone, names_of, read_tables, several
from rmatch.io.parse import Parsed, parse
from rmatch.io.tables.source import sheets
from rmatch.io.tables.table import Table
from rmatch.people import People
from rmatch.utils.log import timed
from rmatch.utils.sides import SIDES

if TYPE_CHECKING:
    from rmatch.io.mapping.translation import Translation

ASKER, MAPPING = "read_people", "mapping"
ASKED = "give one source, or both mentors= and mentees="


@timed
def read_people(
    source: Any = None,
    *,
    mentors: Any = None,
    mentees: Any = None,
    mapping: str | os.PathLike[str] | Mapping[str, Any] | None = None,
) -> People:
    r"""Read the people of a programme, and say everything that is wrong with them at once.

    Parameters
    ----------
    source : path, dataframe, sequence or People, optional
        One table for both sides, with a `role` column or with a mapping that derives the roles. A path ends in ``.csv``
        (or ``.tsv``, ``.txt``), ``.xlsx`` or ``.json``; a dataframe is anything that narwhals understands; a sequence holds
        :class:`~rmatch.Person` or mappings of fields to values. People that were read already are returned as they are.
        A list of paths, dataframes or such sequences is several tables about the same people, which a mapping joins.
    mentors, mentees : path, dataframe or sequence, optional
        Two tables instead of one, each of which may be several. Whoever stands in both plays both roles, and must be described alike.
    mapping : path or mapping, optional
        How a foreign table is read: a TOML or JSON file, or what it would hold. Without it, every header must be one of
        rmatch's own (``docs/reference/columns.md``); with it, columns that it does not name are left out and noted.

    Returns
    -------
    People
        The people in the order of the input. Answers to a dimension without consent are not in it; `notes` says what
        else was left out or guessed.

    Raises
    ------
    InvalidInputError
        If anything is wrong. Its `faults` list every one with its row, field, value and remedy; the values of names,
        e-mail addresses, demographic and lived-topic cells are never shown.
    ModuleNotFoundError
        If a workbook is to be read and python-calamine is not installed.

    Examples
    --------
    Anything that has the columns will do:

    >>> people = read_people(
    ...     [
    ...         {
    ...             "id": "E7",
    ...             "role": "mentor",
    ...             "years": 3,
    ...             "offers": "python:4; prompt engineering",
    ...         },
    ...         {
    ...             "id": "E2",
    ...             "role": "mentee",
    ...             "years": "24,5",
    ...             "wants": {"Python": 2},
    ...             "languages": ["en", "de"],
    ...         },
    ...     ]
    ... )
    >>> people
    <People: 1 mentor, 1 mentee, 2 topics, 0 dimensions>
    >>> people.person(1).years, people.person(1).wants
    (24.5, {'Python': 2})

    A mapping reads a foreign export as it is:

    >>> staff = [
    ...     {"No": 7, "Name": "Ada", "Exp": 3, "Grade": "A"},
    ...     {"No": 2, "Name": "Grace", "Exp": 24, "Grade": "D"},
    ... ]
    >>> mapping = {
    ...     "columns": {"id": "No", "name": "Name", "years": "Exp"},
    ...     "roles": {"mentor": [{"Exp": {"at_most": 7}}], "mentee": [{"Exp": {"at_least": 15}}]},
    ... }
    >>> people = read_people(staff, mapping=mapping)
    >>> [(person.id, person.role) for person in people]
    [('7', 'mentor'), ('2', 'mentee')]
    >>> people.notes
    ('the list: 1 column is not in the mapping and left out: Grade',)

    Two tables about the same people are joined, and the notes say who is where:

    >>> form = [{"E-mail": "ADA@x.org", "Teach": "Python"}, {"E-mail": "bo@y.org", "Teach": "ML"}]
    >>> staff = [{"id": "7", "role": "mentor", "email": "ada@x.org"}, {"id": "2", "role": "mentee"}]
    >>> mapping = {"join": {"key": {"email": "E-mail"}}, "columns": {"offers": "Teach"}}
    >>> people = read_people([staff, form], mapping=mapping)
    >>> print(*people.notes, sep="\n")
    the list (1) and the list (2) are joined by email = E-mail: 1 person in both
    only in the list (1): 1 person, kept: 2
    only in the list (2): 1 person, left out: the list (2), person 2

    Everything that is wrong is said in one go:

    >>> read_people(
    ...     [
    ...         {"id": "E7", "role": "mentro", "years": -3},
    ...         {"id": "E7", "role": "mentee", "Departement": "Data"},
    ...     ]
    ... )
    Traceback (most recent call last):
        ...
    rmatch.errors.InvalidInputError: 4 faults in the input:
      the list, Departement: 'Departement' is not a column of rmatch; did you mean 'department'? prefix it with dimension: or extra: to keep it, or list it in a mapping's `ignore`
      person 1 (id 'E7'), role: 'mentro' is not a role; give mentor, mentee, both or none
      person 1 (id 'E7'), years: '-3' is negative; give 0 to 80 years
      person 2, id: 'E7' is also the id of person 1; give every person one row and an id of their own, or say at the top of a mapping: duplicates = { keep = "last" }
    """
    if isinstance(source, People) and mentors is None and mentees is None:
        if mapping is not None:
            raise refusal(MAPPING, "People that were read already need no mapping", "leave it out")
        return source
    with _collector_at_rest():
        return assemble(*parsed_sources(source, mentors, mentees, mapping))


def parsed_sources(
    source: Any, mentors: Any, mentees: Any, mapping: Any
) -> tuple[list[Parsed], list[Translation | None]]:
    """Read the cells of one source, or of a table a side, and say how each was read.

    Parameters
    ----------
    source, mentors, mentees, mapping : object
        As for :func:`read_people`.

    Returns
    -------
    list of Parsed, list of Translation or None
        One each for every table, which may be joined of several.
    """
    sources = _sources(source, mentors, mentees)
    sides = [f"{side}s" for side in SIDES] if len(sources) == 2 else []
    read: list[Translation | None] = [None] * len(sources)
    if mapping is not None:
        from rmatch.io.mapping.translation import translations

        read = list(translations(mapping, sides))
    tables, used = _tables(sources, read)
    told = zip(tables, used, sides or [""], strict=True)
    return [parse(table, translation, side) for table, translation, side in told], used


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Keep the garbage collector from looking through millions of fresh cells, again and again: none is in a cycle."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _sources(source: Any, mentors: Any, mentees: Any) -> list[Any]:
    given = [each is not None for each in (source, mentors, mentees)]
    if given not in ([True, False, False], [False, True, True]):
        raise refusal(ASKER, "it is not clear what to read", ASKED)
    return [source] if given[0] else [mentors, mentees]


def _tables(
    sources: Sequence[Any], read: Sequence[Translation | None]
) -> tuple[list[Table], list[Translation | None]]:
    tables: list[Table] = []
    used: list[Translation | None] = []
    faults: dict[Fault, None] = {}  # what is wrong with the mapping is wrong for both sides
    elsewhere = any(len(several(source)) > 1 for source in sources)
    for source, translation in zip(sources, read, strict=True):
        try:
            own = translation and alone(source, translation, elsewhere=elsewhere)
            tables.append(read_tables(source, own))
            used.append(own)
        except InvalidInputError as error:
            faults |= dict.fromkeys(error.faults)
    faults |= dict.fromkeys(_strange_files(sources, read))
    if not faults and len(tables) == 2 and _same(*tables):
        faults[_twice(tables[0])] = None
    if faults:
        raise InvalidInputError(faults)
    return tables, used


def _strange_files(sources: Sequence[Any], read: Sequence[Translation | None]) -> Iterator[Fault]:
    """Go through layouts of files that nobody reads, where all that is read are files."""
    names = [name for source in sources for name in names_of(source)]
    if len(names) < sum(len(several(source)) for source in sources):
        return
    known = {*names, *(name.rpartition(" (")[0] or name for name in names)}
    for translation in filter(None, read):
        for name in translation.layouts.keys() - known:
            problem = "no file that is read has this name"
            remedy = nearest(name, names)
            yield Fault(translation.name, f"tables.{name}", problem, remedy)


def _same(mentors: Table, mentees: Table) -> bool:
    return any(mentors.origin) and mentors.origin == mentees.origin


def _twice(table: Table) -> Fault:
    """Return the fault of one table that was given for both sides: mentors would meet mentors."""
    file, sheet = table.origin
    if not sheet:
        remedy = "give it once, with a role column or with roles in a mapping; or give two files"
        return Fault(table.name, "", "the same file is given for mentors and mentees", remedy)
    problem = f"the same sheet, {sheet!r}, is read for mentors and mentees"
    listed = ", ".join(map(repr, sheets(file)))
    remedy = f'write sheet = "…" under [mentors.table] and under [mentees.table] in a mapping; its sheets are {listed}'
    return Fault(table.name, "sheet", problem, remedy)
