"""What a dialect writes for some fields: columns, and the part of a mapping that describes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

JOINT = " - "
"""What stands between the parts of a header of two rows."""
_BARE = re.compile(r"[^\W\d_][^\W_]{2}[\w ,/&()+-]*(?<! )")
FOREIGN = {
    "id": ("Employee ID", "Pers.-Nr.", "Staff no"),
    "name": ("Full name", "Mitarbeiter"),
    "email": ("Work E-Mail", "Your address"),
    "role": ("How would you like to take part?", "Part"),
    "years": ("How many years, all in all?", "Hired"),
    "level": ("Compensation Grade", "Job; level"),
    "manager_id": ("Supervisor", "Line manager"),
    "department": ("Cost Center", "Org"),
    "site": ("Location", "Büro"),
    "languages": ("Which languages can you have a conversation in?",),
    "offers": ('What could you "teach"?', "Teaches"),
    "wants": ("What would you like to learn, if anything?", "Wants"),
}
"""What exports call the fields."""

CERTAIN = ("id", "name", "email", "role")
"""Fields that have no word for "not known"."""
REFUSALS = (
    "Prefer not to say",
    "I do not wish to answer",
    "Keine Angabe",
    "Je préfère ne pas répondre",
)


@dataclass(frozen=True)
class Written:
    """Some columns of an export.

    Attributes
    ----------
    columns : mapping of str to sequence of str
        Cells by header, one a person.
    keys : mapping of str to object
        The part of a mapping that describes them.
    may_refuse : bool
        Whether an empty cell may as well say that nothing is known.
    """

    columns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    keys: Mapping[str, Any] = field(default_factory=dict)
    may_refuse: bool = False


def united(parts: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return several parts of a mapping as one.

    Examples
    --------
    >>> united([{"columns": {"id": "No"}}, {"columns": {"site": "Office"}}])
    {'columns': {'id': 'No', 'site': 'Office'}}
    """
    whole: dict[str, Any] = {}
    for part in parts:
        for key, value in part.items():
            known = whole.get(key)
            both = isinstance(known, Mapping) and isinstance(value, Mapping)
            whole[key] = united([known, value]) if both else value  # type: ignore[list-item]
    return whole


def headers(name: str) -> st.SearchStrategy[str]:
    """Return headers for a field: rmatch's own, or what an export calls it."""
    return st.sampled_from((name, *FOREIGN.get(name, (f"Question on {name}",))))


def column(
    name: str, header: str, cells: Sequence[str], keys: Mapping[str, Any] | None = None
) -> Written:
    """Return the one column of a field; a header of rmatch's own needs no mention."""
    own = {} if header == name else {"columns": {name: header}}
    return Written({header: cells}, united([own, keys or {}]), name not in CERTAIN)


@st.composite
def refusing(draw: st.DrawFn, written: Sequence[Written]) -> list[Written]:
    """Return the same columns with words in empty cells: refusals to answer, or markers that the mapping lists."""
    markers = draw(st.sampled_from(((), ("-",), ("k. A.", "?"))))
    words = draw(st.sampled_from((("",), ("", *markers, *REFUSALS))))

    def filled(cells: Sequence[str]) -> list[str]:
        return [cell or draw(st.sampled_from(words)) for cell in cells]

    told = [
        replace(each, columns={header: filled(cells) for header, cells in each.columns.items()})
        if each.may_refuse
        else each
        for each in written
    ]
    return [*told, Written(keys={"unknown": list(markers)})] if markers else told


def standing(text: str) -> str:
    """Return a text as it is written: in double quotes unless it is a plain word.

    Examples
    --------
    >>> standing("Python"), standing("NA"), standing("x:3")
    ('Python', '"NA"', '"x:3"')
    """
    return text if _BARE.fullmatch(text) else '"{}"'.format(text.replace('"', '""'))
