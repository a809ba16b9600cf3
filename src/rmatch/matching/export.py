"""A matching as tables, as files and as what is shown of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Literal, get_args

from rmatch.errors import Status
from rmatch.rounds import Outcome, at_most, in_common, kept_of
from rmatch.scoring import lacking
from rmatch.utils.called import called
from rmatch.utils.frames import dataframe
from rmatch.utils.shown import SHOWN, Rows, more
from rmatch.utils.text import aligned, counted
from rmatch.utils.validation import choice, refuse, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from rmatch.rounds import Pair, Unmatched

Contact = Literal["name", "email"]
CONTACTS: tuple[Contact, ...] = get_args(Contact)
PageColumn = Literal["name"]
TableName = Literal["pairs", "people"]

Row = dict[str, Any]


def pairs_table(matching: Outcome, include: Sequence[Contact] = ()) -> list[Row]:
    """Return a row for every pair.

    Parameters
    ----------
    matching : Outcome
        The result.
    include : sequence of {"name", "email"}
        What to add beside the ids.

    Returns
    -------
    list of dict
        The ids, points, why in words that both may read, and whether the pair was locked.
    """
    check_contacts(include)
    contacts = _contacts(matching, include)
    called = (
        {person: row["name"] or person for person, row in contacts.items()}
        if "name" in include
        else {}
    )
    return [
        {
            "mentor": pair.mentor,
            **{f"mentor_{column}": contacts[pair.mentor][column] for column in include},
            "mentee": pair.mentee,
            **{f"mentee_{column}": contacts[pair.mentee][column] for column in include},
            "points": pair.points,
            "why": " ".join(_why(matching, pair, called)),
            "locked": pair.locked,
            "override_reason": pair.override_reason,
        }
        for pair in matching.pairs
    ]


def _why(matching: Outcome, pair: Pair, called: Mapping[str, str]) -> Iterable[str]:
    if kept := kept_of(matching.scores):
        return kept.told[pair.mentor, pair.mentee].why
    return in_common(matching.scores, pair.mentor, pair.mentee, called)


def people_table(matching: Outcome, include: Sequence[Contact] = ()) -> list[Row]:
    """Return a row for everybody, in the order of the input.

    Parameters
    ----------
    matching : Outcome
        The result.
    include : sequence of {"name", "email"}
        What to add beside the ids.

    Returns
    -------
    list of dict
        The ids, the partners, and for those without the reason as a code and a sentence. Whoever plays both roles and
        lacks a partner in one of them has both.
    """
    check_contacts(include)
    contacts = _contacts(matching, include)
    reasons: dict[str, list[Any]] = {person: [] for person in matching.partners}
    for reason in matching.unmatched:
        reasons[reason.id].append(reason)
    return [
        {
            "id": person,
            **contacts.get(person, {}),
            "partners": "; ".join(matching.partners[person]),
            "code": "; ".join(f"{reason.role}: {reason.code}" for reason in reasons[person]),
            "reason": " ".join(reason.sentence for reason in reasons[person]),
        }
        for person in matching.partners
    ]


TABLES: dict[TableName, Callable[[Outcome, Sequence[Contact]], list[Row]]] = {
    "pairs": pairs_table,
    "people": people_table,
}


def frame(matching: Outcome, table: TableName, include: Sequence[Contact], backend: Any) -> Any:
    """Return a table as a dataframe; see :meth:`rmatch.Matching.to_frame`."""
    rows = _table(matching, table, include)
    return dataframe(
        {name: [row[name] for row in rows] for name in _header(table, include)}, backend
    )


def lines(matching: Outcome, table: TableName, include: Sequence[Contact]) -> list[list[Any]]:
    """Return a table as its headers and its rows of cells; see :meth:`rmatch.Matching.to_table`."""
    rows = _table(matching, table, include)
    header = _header(table, include)
    return [header, *([row[name] for name in header] for row in rows)]


def as_text(matching: Outcome) -> str:
    """Return the result as a table to read, its first rows where there are many."""
    return "\n".join(_text(matching, matching.pairs))


def shown(matching: Outcome) -> Iterator[str | Rows]:
    """Go through what a notebook shows of the result.

    Yields
    ------
    str or Rows
        A line, or a table.
    """
    yield _headline(matching)
    yield from _told(matching)
    made = [
        (pair.mentor, pair.mentee, matching.unit.figure(pair.points), "locked" * pair.locked)
        for pair in matching.pairs[:SHOWN]
    ]
    yield Rows(("mentor", "mentee", matching.unit.heading, ""), made)
    yield more(len(matching.pairs), "pairs")
    alone = _alone(matching)
    if alone:
        yield _count_alone(matching)
        reasons = [(reason.id, reason.role, reason.sentence) for reason in alone[:SHOWN]]
        yield Rows(("id", "role", "reason"), reasons)
        yield more(len(alone), "unmatched")
    yield from _besides(matching)


def whole_text(matching: Outcome) -> str:
    """Return the result as a table to read: every pair, the least good first, and everybody without a partner.

    Parameters
    ----------
    matching : Outcome
        The result.
    """
    return "\n".join(_text(matching, sorted(matching.pairs, key=lambda pair: pair.points), None))


def _text(matching: Outcome, pairs: Sequence[Pair], most: int | None = SHOWN) -> Iterator[str]:
    """Go through the lines of a text, with so many rows of a table at most."""
    yield _headline(matching)
    yield from _told(matching)
    if most is None and pairs:
        yield "All pairs, the least good first:"
    rows = [
        [
            called(pair.mentor),
            called(pair.mentee),
            matching.unit.figure(pair.points),
            "locked" * pair.locked,
        ]
        for pair in pairs[:most]
    ]
    yield from aligned([["mentor", "mentee", matching.unit.heading, ""], *rows], "  ", right={2})
    if most and (rest := more(len(pairs), "pairs")):
        yield f"  {rest}"
    alone = _alone(matching)
    if alone:
        yield _count_alone(matching)
    for reason in alone[:most]:
        yield f"  {called(reason.id)} ({reason.role}): {reason.sentence}"
    if most and (rest := more(len(alone), "unmatched")):
        yield f"  {rest}"
    yield from _besides(matching)


def _besides(matching: Outcome) -> Iterator[str]:
    """Say what else there is to know."""
    idle = len(matching.unmatched) - len(_alone(matching))
    if idle:
        yield f"Without a role in this round: {idle}"
    for lack in lacking(matching.programme, matching.without_data):
        yield f"The criterion {lack}."
    if matching.changes is not None:
        yield f"Changes: {matching.changes}"


def _headline(matching: Outcome) -> str:
    name = f"{matching.programme.name}: " if matching.programme.name else ""
    count = counted(len(matching.pairs), "pair")
    made = f"seed {matching.seed!r}, route {matching.route}"
    return f"{name}{count}, {matching.unit.mean(matching.total, len(matching.pairs))} ({made})"


def _told(matching: Outcome) -> Iterator[str]:
    """Say what the total is, unless it is simply the best of all: of a run to the end that decided everything at once."""
    several = bool((matching.steps[0].places.mentee_capacity > 1).any())
    if matching.status is Status.OPTIMAL and (several or len(matching.steps) > 1):
        yield matching.claim
    if matching.status is Status.FEASIBLE:
        share = f" ({100 * matching.gap:.2g} %)" if matching.total else ""
        missing = at_most(matching.bound - matching.total, matching.unit)
        yield f"Stopped early: these pairs keep every rule; {missing}{share}."


def _alone(matching: Outcome) -> list[Unmatched]:
    return [reason for reason in matching.unmatched if reason.code != "takes_no_part"]


def _count_alone(matching: Outcome) -> str:
    counts = Counter(reason.role for reason in _alone(matching))
    sides = ", ".join(counted(count, role) for role, count in counts.items())
    return f"Without a partner: {sides}"


def _table(matching: Outcome, table: TableName, include: Sequence[Contact]) -> list[Row]:
    refuse(choice("result", "table", table, TABLES))
    return TABLES[table](matching, include)


def _header(table: TableName, include: Sequence[Contact]) -> list[str]:
    if table == "people":
        return ["id", *include, "partners", "code", "reason"]
    sides = [
        name
        for side in ("mentor", "mentee")
        for name in (side, *(f"{side}_{column}" for column in include))
    ]
    return [*sides, "points", "why", "locked", "override_reason"]


def _contacts(matching: Outcome, include: Sequence[Contact]) -> Mapping[str, Row]:
    if not include:
        return {}
    people = matching.people
    columns = {column: getattr(people, column) for column in include}
    return {
        person: {column: columns[column][row] or "" for column in include}
        for row, person in enumerate(people.id)
    }


def check_contacts(include: Sequence[Contact]) -> None:
    """Refuse what is asked for beside the ids and is none of :data:`CONTACTS`."""
    refuse(
        texts("result", "include", include, "columns")
        or [fault for column in include for fault in choice("result", "include", column, CONTACTS)]
    )
