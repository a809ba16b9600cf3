"""Bosses: whom a cell of ``manager_id`` means, and whether the chart that results is any use."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from rmatch.errors import Fault
from rmatch.io.cells.dates import plain
from rmatch.io.cells.placeholders import holds_place
from rmatch.io.checks import FEW, people_who
from rmatch.io.fields.directory import Directory, told
from rmatch.io.identity import Seen
from rmatch.io.join.joined import Joined
from rmatch.utils.ids import may_be_shown
from rmatch.utils.validation import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rmatch.io.crowd import Crowd
    from rmatch.io.faults import Faults
    from rmatch.io.fields.directory import Found

HEADER = "manager_id"
_NOBODY = re.compile(
    r"""(?:none|nobody|no-?\ ?one|0+|no_manager|(?:there\ is\ )?no\ (?:line\ )?(?:manager|boss|supervisor|lead)
    |without(?:\ a)?\ (?:manager|boss|supervisor)|not\ filled|unfilled
    |(?:currently\ )?vacan(?:t|cy)|(?:position\ |role\ )?(?:is\ )?open(?:\ (?:position|role|post))?|tb[fh]
    |to\ be\ (?:hired|named)|self|myself|(?:him|her|them)self
    |top(?:\ of\ (?:the\ )?(?:chart|company|house|organi[sz]ation|tree))?
    |keine?[rn]?(?:\ (?:vorgesetzter?|chef(?:in)?|fuhrungskraft))?|niemand|entfallt|vakant|unbesetzt|offen|nicht\ besetzt|selbst
    |aucune?|personne|vacante?|sans|neant|ningun[oa]?|nadie|sin\ jefe|nessuno|geen|ingen|nenhum|ninguem|brak|nikt|zadny|нет)""",
    re.VERBOSE,
)
"""What says that a place above somebody is empty; it is asked only of what nobody in the table is called."""


def find_managers(crowd: Crowd, by: str, faults: Faults, *, outside: bool) -> None:
    """Put the bosses' ids in the place of whatever the cells call them.

    Parameters
    ----------
    crowd : Crowd
        Everybody; their bosses are changed, and notes added.
    by : str
        One way of calling them, or nothing to try all.
    faults : Faults
        Where to note bosses who are nobody in the input, or one of several people.
    outside : bool
        Whether bosses may be outside the input.
    """
    stated = crowd.columns.get(HEADER, [])
    times = Counter(stated)
    del times[None]
    if not times:
        return
    ids = crowd.columns.get("id", [])
    seen = Seen(crowd)
    everybody = Directory(ids, seen.texts("name"), seen.texts("email"))
    found = {text: everybody.find(text, by) for text in times}
    known = {text: one.only for text, one in found.items() if one.only is not None}
    rows: dict[str, list[int]] = defaultdict(list)
    for person, text in enumerate(stated):
        if text is not None and text not in known:
            rows[text].append(person)
    empty = {
        text: rows[text] for text, one in found.items() if not one.people and says_nobody(text)
    }
    own = sorted(person for text, person in known.items() if stated[person] == text)
    unclear = {text: one for text, one in found.items() if len(one.people) > 1}
    strangers = {
        text: rows[text] for text, one in found.items() if not one.people and text not in empty
    }
    for text, one in unclear.items():
        faults.add(_unclear(rows[text], one, crowd), rows[text][0])
    meant = {text: ids[person] for text, person in known.items()}
    crowd.columns[HEADER] = list(map(meant.get, stated))
    count = times.total() - sum(map(len, empty.values()))
    crowd.notes.extend([*_notes(found, times), *_empty_notes(empty)])
    if own and not _is_useless(len(own), count):
        for row in own:
            crowd.columns[HEADER][row] = None
        where = ", ".join(
            [*(crowd.row(row, HEADER) for row in own[:FEW]), *["…"] * (len(own) > FEW)]
        )
        some = "1 person is their" if len(own) == 1 else f"{len(own)} people are their"
        crowd.notes.append(f"{some} own manager, which is read as having none: {where}")
    if strangers:
        likely = {text: people for text in strangers if (people := everybody.likely(text))}
        _strangers(strangers, likely, count, crowd, faults, outside=outside)


def _notes(found: Mapping[str, Found], times: Mapping[str, int]) -> Iterable[str]:
    """Say how the bosses were found, unless all cells hold ids."""
    counts = Counter[str]()
    for text, one in found.items():
        if one.only is not None:
            counts[one.how] += times[text]
    if set(counts) - {"id"}:
        yield f"managers found: {told(counts)}"


def says_nobody(text: str) -> bool:
    """Tell whether a cell says that somebody has no boss.

    Examples
    --------
    >>> [
    ...     says_nobody(each)
    ...     for each in ("(vacant)", "No manager", "TBD - to be hired", "CEO", "Nadia")
    ... ]
    [True, True, True, False, False]
    """
    parts = [
        part.strip() for part in re.split(r"[-()\[\];:,|*<>]+", plain(text)) if part.strip(" .")
    ]
    return bool(parts) and all(
        _NOBODY.fullmatch(part.rstrip(".")) or holds_place(part) for part in parts
    )


def _empty_notes(empty: Mapping[str, Sequence[int]]) -> Iterable[str]:
    """Say which cells say that somebody has no boss; they are words of the form, and name nobody."""
    if empty:
        some = people_who(sum(map(len, empty.values())), "has", "have")
        few = ", ".join(f"{shown(text)} ({len(rows)})" for text, rows in [*empty.items()][:FEW])
        yield f"{some} a manager cell that says nobody, read as having none: {few}"


def _unclear(rows: Sequence[int], one: Found, crowd: Crowd) -> Fault:
    """Return the fault of a boss who may be several people; it names cells, since a name is private."""
    those = " and ".join(crowd.row(person, "name") for person in one.people)
    more = f", and in {len(rows) - 1} more rows" if len(rows) > 1 else ""
    return Fault(
        crowd.where(rows[0], HEADER),
        HEADER,
        f"this manager may be {len(one.people)} people: {those}{more}",
        "call the manager by id or e-mail address, or say whose id it is under [values.manager_id] in a mapping",
    )


def _strangers(
    strangers: Mapping[str, Sequence[int]],
    likely: Mapping[str, Sequence[int]],
    stated: int,
    crowd: Crowd,
    faults: Faults,
    *,
    outside: bool,
) -> None:
    concerned = sum(map(len, strangers.values()))
    if not outside:
        faults.add(_nobody(strangers, likely, concerned, stated, crowd))
        return
    if likely:
        some = people_who(sum(len(strangers[text]) for text in likely), "has", "have")
        few = ", ".join(_stranger(text, strangers[text], likely, crowd) for text in [*likely][:FEW])
        crowd.notes.append(
            f"WARNING: {some} a manager who may be in the input, by another name: {few}; if so, say whose id it is"
            " under [values.manager_id] in a mapping"
        )
    if _is_useless(concerned, stated):
        crowd.notes.append(
            f"WARNING: the reporting lines are of no use: {concerned} of {stated} managers are nobody in the input,"
            " and are read as none; rules and criteria that go by the chart see next to nothing"
        )
    else:
        some = people_who(concerned, "has", "have")
        crowd.notes.append(f"{some} a manager outside the input: read as having none")


def _stranger(
    text: str, rows: Sequence[int], likely: Mapping[str, Sequence[int]], crowd: Crowd
) -> str:
    """Return where a stranger stands, with the id of whom it may mean; a name is not shown."""
    ids, where = crowd.columns.get("id", []), crowd.where(rows[0], HEADER)
    meant = " or ".join(shown(ids[person]) for person in likely.get(text, ())[:FEW])
    place = f"{shown(text)} ({where})" if may_be_shown(text, ids) else where
    return f"{place}, perhaps {meant}" if meant else place


def _nobody(
    strangers: Mapping[str, Sequence[int]],
    likely: Mapping[str, Sequence[int]],
    concerned: int,
    stated: int,
    crowd: Crowd,
) -> Fault:
    few = [_stranger(text, rows, likely, crowd) for text, rows in [*strangers.items()][:FEW]]
    more = f" and {len(strangers) - FEW} more" if len(strangers) > FEW else ""
    some = people_who(concerned, "has", "have")
    if _is_useless(concerned, stated):
        problem = (
            f"{some} a manager whom nobody is, of {stated} with a manager: {', '.join(few)}{more}"
        )
        remedy = (
            "the chart would be of no use: give the column that holds the managers' ids, e-mail addresses or names"
            " as the people themselves have them, or leave manager_id out"
        )
        if likely:
            remedy += "; or say whose id each is under [values.manager_id] in a mapping"
    else:
        problem = f"{some} a manager whose id nobody has: {', '.join(few)}{more}"
        remedy = (
            'add the managers with role none, or say unknown_managers = "outside" in a mapping; of what calls somebody in'
            ' another way, say whose id it is ("" for nobody) under [values.manager_id]'
        )
    if not _left_out(crowd).isdisjoint(strangers):
        remedy = (
            'some of them are left out by keep = "inner": write keep = "left" under [join] in a mapping, and who has no'
            " row in the further table takes no part"
        )
    return Fault("", HEADER, problem, remedy)


def _left_out(crowd: Crowd) -> set[str]:
    """Return the ids of those whom an inner join leaves out."""
    tables = {id(placed): placed.table for placed, _ in crowd.origins}.values()
    joins = [join for table in tables if isinstance(table, Joined) for join in table.joins]
    return {one for join in joins if not join.kept[0] for one in join.only_left}


def _is_useless(strangers: int, stated: int) -> bool:
    """Return whether most bosses are nobody in the input, and not just the one at the top."""
    return strangers > 1 and 2 * strangers > stated
