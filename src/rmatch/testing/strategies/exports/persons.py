"""Who people are as exports write it: ids, names, roles, bosses, grades, consent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from rmatch.testing.strategies.exports.written import Written, column, headers, standing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rmatch.people import Person

_FULL_NAME = re.compile(r"([A-Z][a-z]+) ([A-Z][a-z]+)")
_CODE = re.compile(r"[\w.-]*\d[\w.-]*")
SIDES = ("mentor", "mentee")
PART = "Take part?"
PARTS = {
    "mentor": "As a mentor",
    "mentee": "As a mentee",
    "both": "As mentor and mentee",
    "none": "Not this time",
}
WORDS = {"mentor": "Junior", "mentee": "Senior", "both": "Either", "none": "Neither"}
BARE = ("hours", "time_zone")
"""What is never read as a label, and needs no quotes."""
CONSENTS = {
    "match; report": "Yes",
    "match": "For pairs only",
    "report": "For counts only",
    "": "No",
}


@st.composite
def names(draw: st.DrawFn, persons: Sequence[Person]) -> Written:
    """Return the column of names, or two: the first and the last name."""
    stated = [person.name or "" for person in persons]
    full = [_FULL_NAME.fullmatch(name) for name in stated]
    if all(full) and draw(st.booleans()):
        first, last = ([each[part] for each in full if each] for part in (1, 2))
        return Written({"First": first, "Last": last}, {"columns": {"name": ["First", "Last"]}})
    return column("name", draw(headers("name")), stated)


@st.composite
def roles(draw: st.DrawFn, persons: Sequence[Person]) -> Written:
    """Return the column of roles, by rmatch's words or others, or columns from which they are derived."""
    form = draw(st.sampled_from(("own", "words", "contains", "flags")))
    stated = [person.role for person in persons]
    if form == "flags":
        return _flags(stated)
    if form == "contains":
        tests = {side: [{PART: {"contains": side}}] for side in SIDES}
        return Written({PART: [PARTS[role] for role in stated]}, {"roles": tests})
    header = draw(headers("role"))
    if form == "own":
        return column("role", header, stated)
    meanings = {"values": {"role": {word: role for role, word in WORDS.items()}}}
    return column("role", header, [WORDS[role] for role in stated], meanings)


def _flags(stated: Sequence[str]) -> Written:
    """Return a column a side in which who plays it has a 1."""
    names = {side: f"Be a {side}?" for side in SIDES}
    columns = {
        name: ["1" if role in (side, "both") else "0" for role in stated]
        for side, name in names.items()
    }
    return Written(columns, {"roles": {side: [{names[side]: {"equals": 1}}] for side in SIDES}})


@st.composite
def managers(draw: st.DrawFn, persons: Sequence[Person]) -> Written:
    """Return the column of bosses: by id, and where everybody has a name or an address by those."""
    ways = ["id"]
    full = {person.id: _FULL_NAME.fullmatch(person.name or "") for person in persons}
    plain = all(re.fullmatch(r"\w+", person.id) for person in persons)
    if all(full.values()) and _differ([person.name for person in persons]):
        ways += ["name", "turned", "name (id)"] if plain else ["name", "turned"]
    if all(person.email for person in persons) and _differ([person.email for person in persons]):
        ways.append("email")
    way = draw(st.sampled_from(ways))
    known = {person.id: person for person in persons}
    cells = [_called(known[each.manager_id], way) if each.manager_id else "" for each in persons]
    header, said = draw(headers("manager_id")), draw(st.booleans())
    keys = {"managers": {"by": "name" if way == "turned" else way}} if said else {}
    return column("manager_id", header, cells, keys)


def _called(boss: Person, way: str) -> str:
    if way == "turned":
        return ", ".join(reversed((boss.name or "").split()))
    if way == "name (id)":
        return f"{boss.name} ({boss.id})"
    return str(getattr(boss, way)) if way in ("name", "email") else code(boss.id)


def code(known: str) -> str:
    """Return an id as it is written: in double quotes unless it is one for certain."""
    return known if _CODE.fullmatch(known) else standing(known)


def _differ(texts: Sequence[str | None]) -> bool:
    return len({str(text).casefold() for text in texts}) == len(texts)


@st.composite
def texts(draw: st.DrawFn, name: str, stated: Sequence[str | None]) -> Written:
    """Return the column of a text: as it is, or by codes that a mapping explains."""
    header, known = draw(headers(name)), list(dict.fromkeys(filter(None, stated)))
    write: Callable[[str], str] = str if name in BARE else standing
    coded = draw(st.booleans())
    if known and coded:
        codes = {value: f"Code {place}" for place, value in enumerate(known)}
        keys = {"values": {name: {code: write(value) for value, code in codes.items()}}}
        return column(name, header, [codes.get(value or "", "") for value in stated], keys)
    return column(name, header, [write(value) if value else "" for value in stated])


@st.composite
def consents(draw: st.DrawFn, name: str, given: Sequence[Sequence[str]]) -> Written:
    """Return the column of consent: purposes, or answers to a question; or what a mapping says for all."""
    stated = ["; ".join(purposes) for purposes in given]
    header = f"consent:{name}"
    if len(set(stated)) == 1 and stated[0] and draw(st.booleans()):
        return Written({}, {"consent": {name: stated[0], "reason": "asked on paper"}})
    if set(stated) <= set(CONSENTS) and draw(st.booleans()):
        keys: dict[str, Any] = {
            "columns": {header: f"May we use your {name}?"},
            "values": {header: {word: purposes for purposes, word in CONSENTS.items()}},
        }
        return Written({f"May we use your {name}?": [CONSENTS[each] for each in stated]}, keys)
    return Written({header: stated})
