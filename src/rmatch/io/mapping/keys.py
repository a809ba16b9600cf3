"""The keys of a mapping document: what each may hold, and what it is read as."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rmatch.errors import nearest
from rmatch.io.cells.cell import text_of
from rmatch.io.columns import SEPARATOR
from rmatch.io.mapping import choices
from rmatch.io.mapping.condition_keys import is_scalar, rule_of
from rmatch.io.mapping.dates_key import dates_key
from rmatch.io.mapping.hours_key import read_hours_grid
from rmatch.io.mapping.join_key import read_duplicates, read_joins
from rmatch.io.mapping.managers_key import managers_key
from rmatch.io.mapping.table_key import read_table_key, read_tables_key
from rmatch.io.mapping.wishes_key import wishes_key
from rmatch.people import PURPOSES

if TYPE_CHECKING:
    from collections.abc import Callable

    from rmatch.io.mapping.condition_keys import Report
    from rmatch.io.mapping.conditions import Condition


def _texts(key: str) -> Callable[[Any, Report], dict[str, Any]]:
    def read(value: Any, report: Report) -> dict[str, Any]:
        if _are_texts(value):
            return {key: value}
        report(key, "is not a list of texts", f'write {key} = ["…", "…"]')
        return {}

    return read


def _unknown(value: Any, report: Report) -> dict[str, Any]:
    markers = _texts("unknown")(value, report).get("unknown", ())
    return {"unknown": frozenset({"", *(marker.strip().casefold() for marker in markers)})}


def _unknown_managers(value: Any, report: Report) -> dict[str, Any]:
    if value not in ("fault", "outside"):
        report("unknown_managers", f"{value!r} is not a choice", 'write "fault" or "outside"')
    return {"outside": value == "outside"}


def _levels(value: Any, report: Report) -> dict[str, Any]:
    if not isinstance(value, bool):
        report("levels", f"{value!r} is not a choice", "write true or false")
    return {"levels": bool(value)}


def _columns(value: Any, report: Report) -> dict[str, Any]:
    columns: dict[str, list[str]] = {}
    for column, sources in choices.fields_in("columns", value, report):
        named = [sources] if isinstance(sources, str) else sources
        if not _are_texts(named) or not named:
            report(
                f"columns.{column.header}",
                "is not a source column",
                "give its header, or a list of headers",
            )
        elif len(named) > 1 and not column.joins:
            report(
                f"columns.{column.header}",
                "takes one source column",
                "only lists and texts are united from several",
            )
        else:
            columns[column.header] = named
    return {"columns": columns}


def _separators(value: Any, report: Report) -> dict[str, Any]:
    separators: dict[str, str] = {}
    for column, separator in choices.fields_in("separators", value, report):
        if not column.many:
            report(f"separators.{column.header}", "the field is no list", "leave it out")
        elif not isinstance(separator, str):
            report(
                f"separators.{column.header}",
                f"{separator!r} is not a text",
                'give one separator, or "" for none',
            )
        else:
            separators[column.header] = separator
    return {"separators": separators}


def _values(value: Any, report: Report) -> dict[str, Any]:
    values: dict[str, dict[str, str]] = {}
    for column, meanings in choices.fields_in("values", value, report):
        if isinstance(meanings, Mapping) and all(map(is_scalar, meanings.values())):
            known = values[column.header] = {}
            for key, inner in meanings.items():
                written, meant = text_of(key).casefold(), text_of(inner)
                if known.setdefault(written, meant) != meant:
                    where = f"values.{column.header}.{key}"
                    report(where, "has two meanings", "write it once: case is not told apart")
        else:
            report(
                f"values.{column.header}", "is not a table of values", '"as written" = "as meant"'
            )
    return {"values": values}


def _roles(value: Any, report: Report) -> dict[str, Any]:
    roles: dict[str, list[list[Condition]]] = {}
    for side, rules in choices.table_in("roles", value, report):
        if side not in {"mentor", "mentee"}:
            report(
                f"roles.{side}",
                "is not a role that can be derived",
                nearest(side, ("mentor", "mentee")),
            )
        elif not isinstance(rules, list) or not all(
            isinstance(rule, Mapping) and rule for rule in rules
        ):
            report(
                f"roles.{side}",
                "is not a list of conditions",
                f"write [[roles.{side}]] and the columns under it",
            )
        else:
            roles[side] = [rule_of(f"roles.{side}", rule, report) for rule in rules]
    return {"roles": roles}


def _consent(value: Any, report: Report) -> dict[str, Any]:
    table = dict(choices.table_in("consent", value, report))
    reason = table.pop("reason", "")
    if table and not (isinstance(reason, str) and reason.strip()):
        report("consent.reason", "is missing", "say why consent may be assumed")
    return {
        "reason": reason,
        "consent": {name: _purposes(name, text, report) for name, text in table.items()},
    }


def _purposes(name: str, text: Any, report: Report) -> int:
    allowed = list(PURPOSES) if name == "lived_topics" else ["match", "report"]
    words = (
        [word.strip().casefold() for word in text.split(SEPARATOR)]
        if isinstance(text, str)
        else [repr(text)]
    )
    for word in words:
        if word not in allowed:
            report(
                f"consent.{name}",
                f"{word!r} is not a purpose",
                f"give {', '.join(allowed)}, several with ;",
            )
    return sum(PURPOSES[word] for word in set(words) if word in allowed)


def _are_texts(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)


KEYS: dict[str, Callable[[Any, Report], dict[str, Any]]] = {
    "table": read_table_key,
    "tables": read_tables_key,
    "ignore": _texts("ignore"),
    "unknown": _unknown,
    "unknown_managers": _unknown_managers,
    "levels": _levels,
    "extra": _texts("extra"),
    "columns": _columns,
    "separators": _separators,
    "values": _values,
    "options": choices.options,
    "option_columns": choices.option_columns,
    "scales": choices.scales,
    "ranks": choices.ranks,
    "levels_by": choices.levels_by,
    "topics": choices.topics,
    "roles": _roles,
    "consent": _consent,
    "join": read_joins,
    "duplicates": read_duplicates,
    "dates": dates_key,
    "managers": managers_key,
    "wishes": wishes_key,
    "hours_grid": read_hours_grid,
}
"""What reads each key: it takes the value and a function that reports faults, and returns settings of a translation."""
