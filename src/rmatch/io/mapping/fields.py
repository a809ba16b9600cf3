"""Which columns of a table are read as which field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmatch.errors import Fault, nearest
from rmatch.io.cells.cell import sane
from rmatch.io.columns import PREFIXES, STANDARD, column_of, public
from rmatch.io.join.keys import PLUS
from rmatch.utils.text import counted
from rmatch.utils.validation import Malformed, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rmatch.io.faults import Faults
    from rmatch.io.mapping.translation import Translation
    from rmatch.io.tables.table import Table

FEW = 8
LEFT_OUT = "not in the mapping and left out"


def fields_of(
    table: Table, translation: Translation | None, *, sided: bool, faults: Faults
) -> dict[str, list[str]]:
    """Return the source columns of each field.

    A header of rmatch is read under its own name, unless a mapping reads its field from elsewhere, reads the column as
    something else, or ignores it.

    Parameters
    ----------
    table : Table
        The source.
    translation : Translation or None
        The mapping, if there is one.
    sided : bool
        Whether the table holds one side only, so that it needs no roles.
    faults : Faults
        Where to note what is wrong with the columns.

    Returns
    -------
    dict of str to list of str
        Source headers by field, in the order of the table.
    """
    mapped = dict(translation.columns) if translation else {}
    taken = _taken(translation) if translation else set()
    own = [
        header
        for header in table.columns
        if header not in taken and header not in mapped and column_of(header)
    ]
    if translation is not None:
        _check_sources(table, translation, faults)
        own = _without_role(own, table, translation, faults)
        _note_left_out(table, translation, own)
    else:
        _check_headers(table, faults)
    fields = {header: [header] for header in own} | mapped
    for field, sources in translation.choices().items() if translation else ():
        fields[field] = [*fields.get(field, ()), *sources]
    present = {
        field: [source for source in sources if source in table.columns]
        for field, sources in fields.items()
    }
    if translation:
        _note_scales(table, translation, fields)
    _check_names(table.name, fields, faults)
    if table.columns:
        derived = sided or bool(translation and translation.roles)
        _check_required(table.name, fields, ["id"] if derived else ["id", "role"], faults)
        _check_consents(table, fields, faults)
    return {field: sources for field, sources in present.items() if sources}


def looked_into(fields: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the source columns of most fields: extra ones are passed on, and answers are not looked at without consent."""
    read = [header for header in fields if not header.startswith(PREFIXES)]
    return list(dict.fromkeys(source for header in read for source in fields[header]))


def is_private(source: str, fields: Mapping[str, Sequence[str]]) -> bool:
    """Return whether some field that a source column is read as keeps its cells out of errors."""
    columns = [column_of(header) for header in fields if source in fields[header]]
    return any(column is None or column.private for column in columns)


def _taken(translation: Translation) -> set[str]:
    return {
        *translation.ignore,
        *(source for sources in translation.columns.values() for source in sources),
        *(source for columns in translation.option_columns.values() for source in columns),
        *(source for sources in translation.ranks.values() for source in sources),
    }


def _check_headers(table: Table, faults: Faults) -> None:
    foreign = [header for header in table.columns if column_of(header) is None]
    if foreign and "id" not in table.columns:
        known = known_headers(table, None)
        listed = [public(header) for header in foreign if public(header) in known]
        problem = (
            f"these columns are not rmatch's own: {', '.join(map(repr, dict.fromkeys(listed)))}"
        )
        remedy = "read the table with a mapping: `rmatch init` writes one to start from"
        if not known:
            problem = f"none of its {counted(len(foreign), 'column')} is rmatch's own"
            remedy = f"put the headers into the first row if they are missing, or {remedy}"
        faults.add(Fault(table.name, "", problem, remedy))
        return
    for header in foreign:
        hint = nearest(header, STANDARD)
        hint = f"{hint} " if hint.startswith("did") else ""
        remedy = f"{hint}prefix it with dimension: or extra: to keep it, or list it in a mapping's `ignore`"
        told = public(header)
        problem = f"{told!r} is not a column of rmatch"
        faults.add(Fault(_column(table, header), told, problem, remedy))


def _column(table: Table, header: str) -> str:
    """Return where a column stands: ``"staff.csv, column C"``."""
    source = table.source(header) or table.name
    return f"{source}, column {table.letters[header]}" if header in table.letters else source


def _check_sources(table: Table, translation: Translation, faults: Faults) -> None:
    known = known_headers(table, translation)
    for key, source in _sources(translation):
        if source not in table.columns:
            problem = f"{source!r} is not a column of {table.name}"
            remedy = nearest(source, known) or "put the headers into the first row"
            faults.add(Fault(translation.name, key, problem, remedy))


def known_headers(table: Table, translation: Translation | None) -> list[str]:
    """Return the headers that a message may list: without any that is expected the first row may be somebody's."""
    wanted = {source for _, source in _sources(translation)} if translation else set()
    expected = any(header in wanted or column_of(header) for header in table.columns)
    if table.letters and not expected:
        return []
    return list(dict.fromkeys(map(public, table.columns)))


def _sources(translation: Translation) -> Iterator[tuple[str, str]]:
    yield from (
        (f"columns.{field}", source)
        for field, sources in translation.columns.items()
        for source in sources
    )
    yield from (
        (f"wishes.{role}", source)
        for role, sources in translation.wishes.columns.items()
        for source in sources
    )
    yield from (
        (f"option_columns.{field}", source)
        for field, columns in translation.option_columns.items()
        for source in columns
    )
    yield from (
        (f"ranks.{field}", source)
        for field, sources in translation.ranks.items()
        for source in sources
    )
    yield from ((f"levels_by.{field}", source) for field, source in translation.levels_by.items())
    yield from (("ignore", source) for source in translation.ignore)
    if translation.duplicates and translation.duplicates.by:
        yield "duplicates.by", translation.duplicates.by
    tested = {
        (f"roles.{side}", test.column): None
        for side, rules in translation.roles.items()
        for rule in rules
        for test in rule
    }
    yield from tested


def _without_role(
    own: list[str], table: Table, translation: Translation, faults: Faults
) -> list[str]:
    tested = {condition.column for condition in translation.tests()}
    if translation.roles and (
        "role" in translation.columns or ("role" in own and "role" not in tested)
    ):
        problem = "roles come from a column and from conditions"
        faults.add(
            Fault(
                translation.name,
                "roles",
                problem,
                f'drop one of them; ignore = ["role"] leaves out the column of {table.name}',
            )
        )
    return [header for header in own if header != "role"] if translation.roles else own


def _note_left_out(table: Table, translation: Translation, own: Iterable[str]) -> None:
    used = {*own, *(source for _, source in _sources(translation))}
    keys = {header for join in translation.joins for pair in join.key for header in pair}
    used |= keys | {part for header in keys for part in header.split(PLUS)}
    left = [header for header in table.columns if header not in used]
    if left:
        named = list(dict.fromkeys(map(public, left)))
        few = ", ".join(named[:FEW]) + ", …" * (len(named) > FEW)
        some = f"{counted(len(left), 'column')} {'is' if len(left) == 1 else 'are'}"
        table.notes.append(f"{table.name}: {some} {LEFT_OUT}: {few}")


def _note_scales(table: Table, translation: Translation, fields: Iterable[str]) -> None:
    for field in translation.scales.keys() - {*fields, *translation.levels_by}:
        table.notes.append(
            f"{table.name}: no column is read by [scales.{field}]: it is for lists, [option_columns] and [levels_by]"
        )


def _check_names(name: str, fields: Iterable[str], faults: Faults) -> None:
    for field in fields:
        try:
            sane(field)
        except Malformed as malformed:
            faults.add(
                Fault(name, shown(field), "the header is no text, or too long", malformed.remedy)
            )


def _check_required(
    name: str, fields: Iterable[str], required: Iterable[str], faults: Faults
) -> None:
    remedies = {
        "id": 'add it, or name the source\'s own in a mapping: [columns] id = "…"',
        "role": "add it, derive roles from conditions in a mapping, or give two tables: mentors= and mentees=",
    }
    for field in required:
        if field not in fields:
            faults.add(Fault(name, field, "the column is missing", remedies[field]))


def _check_consents(table: Table, fields: Mapping[str, Sequence[str]], faults: Faults) -> None:
    dimensions = [
        field.removeprefix(PREFIXES[0]) for field in fields if field.startswith(PREFIXES[0])
    ]
    for field in fields:
        if field.startswith(PREFIXES[1]) and (subject := field.removeprefix(PREFIXES[1])) not in [
            *dimensions,
            "lived_topics",
        ]:
            problem = f"there is no column dimension:{subject}"
            where = _column(table, fields[field][0])
            faults.add(
                Fault(where, field, problem, nearest(subject, [*dimensions, "lived_topics"]))
            )
