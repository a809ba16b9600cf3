"""Reading people: one table, or one a side, from wherever they are."""

from __future__ import annotations

import gc
import os
from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault, InvalidInputError, nearest
from rmatch.io.assemble import consent_notes, nested, zone_notes
from rmatch.io.checks import check_ids, check_managers, check_sides
from rmatch.io.columns import PREFIXES
from rmatch.io.crowd import Crowd, crowd_of, crowd_of_sides
from rmatch.io.faults import Faults, refusal
from rmatch.io.mapping import NAME as MAPPING
from rmatch.io.mapping import SIDES, translations
from rmatch.io.parse import Parsed, parse
from rmatch.people.people import People, Person, people_of
from rmatch.utils.validation import refuse, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rmatch.io.mapping import Translation
    from rmatch.io.table import Table

ASKER = "read_people"
ASKED = "give one source, or both mentors= and mentees="


def read_people(
    source: Any = None,
    *,
    mentors: Any = None,
    mentees: Any = None,
    mapping: str | os.PathLike[str] | Mapping[str, Any] | None = None,
) -> People:
    """Read the people of a programme, and say everything that is wrong with them at once.

    Parameters
    ----------
    source : path, dataframe, sequence or People, optional
        One table for both sides, with a `role` column or with a mapping that derives the roles. A path ends in ``.csv``
        (or ``.tsv``, ``.txt``), ``.xlsx`` or ``.json``; a dataframe is anything that narwhals understands; a sequence holds
        :class:`~rmatch.Person` or mappings of fields to values. People that were read already are returned as they are.
    mentors, mentees : path, dataframe or sequence, optional
        Two tables instead of one. Whoever stands in both plays both roles, and must be described alike.
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
        If a workbook is to be read and openpyxl is not installed.

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
      person 2, id: 'E7' is also the id of person 1; give every person one row and an id of their own
    """
    sources = _sources(source, mentors, mentees)
    if isinstance(source, People):
        if mapping is not None:
            raise refusal(MAPPING, "People that were read already need no mapping", "leave it out")
        return source
    sides = SIDES if len(sources) == 2 else ()
    read = translations(mapping, sides) if mapping is not None else [None] * len(sources)
    with _collector_at_rest():
        parsed = [
            parse(table, translation, side)
            for table, translation, side in zip(_tables(sources), read, sides or ("",), strict=True)
        ]
        return _checked(parsed, read)


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


def _tables(sources: Sequence[Any]) -> list[Table]:
    tables: list[Table] = []
    faults: list[Fault] = []
    for source in sources:
        try:
            tables.append(read_table(source))
        except InvalidInputError as error:
            faults.extend(error.faults)
    if faults:
        raise InvalidInputError(faults)
    return tables


def read_table(source: Any) -> Table:
    """Read a source into raw columns.

    Parameters
    ----------
    source : path, dataframe or sequence
        What :func:`read_people` takes.

    Returns
    -------
    Table
        The columns as they are.

    Raises
    ------
    InvalidInputError
        If it cannot be read.
    """
    if isinstance(source, str | os.PathLike):
        return _file(Path(source))
    if isinstance(source, Sequence) and not isinstance(source, bytes):
        from rmatch.io.records import person_faults, tabulate_records
        from rmatch.io.write import record_of

        made = ((number, each) for number, each in enumerate(source, 1) if isinstance(each, Person))
        refuse(fault for number, person in made for fault in person_faults(number, person))
        return tabulate_records(
            "the list", [record_of(each) if isinstance(each, Person) else each for each in source]
        )
    from rmatch.io.frames import read_frame

    return read_frame(source)


def _file(path: Path) -> Table:
    readers = _readers()
    try:
        if path.is_dir():
            raise refusal(path.name, "this is a directory", "give a file in it")
        if path.suffix.lower() not in readers:
            raise refusal(
                shown(path.name),
                f"{shown(path.suffix)} is not a kind of file that is read",
                nearest(path.suffix, readers),
            )
        return readers[path.suffix.lower()](path)
    except InvalidInputError:
        raise
    except FileNotFoundError:
        raise refusal(
            path.name, "there is no such file", "give the path of an existing one"
        ) from None
    except (OSError, ValueError) as error:
        raise refusal(shown(path.name), f"the file cannot be read: {_reason(error)}") from None


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)


def _readers() -> dict[str, Callable[[Path], Table]]:
    from rmatch.io.csv import read_csv
    from rmatch.io.json import read_json
    from rmatch.io.xlsx import read_xlsx

    return {
        **dict.fromkeys((".csv", ".tsv", ".txt"), read_csv),
        ".xlsx": read_xlsx,
        ".json": read_json,
    }


def _checked(parsed: Sequence[Parsed], read: Sequence[Translation | None]) -> People:
    faults = Faults()
    for each in parsed:
        for fault in each.faults.listed():
            faults.add(fault)
    nobody = [
        each.placed.table.name
        for each in parsed
        if not each.placed.table.faults and not len(each.placed)
    ]
    for name in nobody:
        faults.add(Fault(name, "", "there is nobody in it", "give one row a person"))
    crowd = (
        crowd_of_sides(parsed[0], parsed[1], faults) if len(parsed) == 2 else crowd_of(parsed[0])
    )
    _check_rows(
        crowd,
        faults,
        whole=not nobody and not any(each.placed.table.faults for each in parsed),
        read=read,
    )
    _check_consent(crowd, read, faults)
    faults.check()
    return people_of(
        nested(crowd.columns), [*crowd.notes, *consent_notes(crowd, read), *zone_notes(crowd)]
    )


def _check_rows(
    crowd: Crowd, faults: Faults, *, whole: bool, read: Sequence[Translation | None]
) -> None:
    unsure = faults.fields()
    telling = {"role", *(test.column for each in read if each for test in each.tests())}
    check_ids(crowd, faults)
    if whole and "id" not in unsure:
        check_managers(crowd, faults, outside=any(each.outside for each in read if each))
    if whole and not telling & unsure and not any(field.startswith("roles") for field in unsure):
        check_sides(crowd, faults)


def _check_consent(crowd: Crowd, read: Sequence[Translation | None], faults: Faults) -> None:
    names = [
        header.removeprefix(PREFIXES[0])
        for header in crowd.columns
        if header.startswith(PREFIXES[0])
    ]
    for translation in filter(None, read[:1]):
        for name in translation.consent.keys() - {"all", "lived_topics", *names}:
            problem = f"there is no dimension {name!r}"
            faults.add(
                Fault(
                    translation.name,
                    f"consent.{name}",
                    problem,
                    nearest(name, ["all", "lived_topics", *names]),
                )
            )
