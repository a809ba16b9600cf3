"""Exports of some people in a dialect that is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from rmatch.people import ROLES
from rmatch.testing.strategies.exports.export import Export
from rmatch.testing.strategies.exports.fields import fields
from rmatch.testing.strategies.exports.layout import laid_out
from rmatch.testing.strategies.exports.written import Written, united
from rmatch.testing.strategies.staff import staff

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rmatch.people import People

    Columns = Mapping[str, Sequence[str]]

UNREAD = {"Comments": ("", "n/a", "fine; thanks"), "Progress": ("100",)}
"""Columns that a mapping does not name."""


@st.composite
def exports(draw: st.DrawFn, people: People | None = None) -> Export:
    """Return people as a foreign export writes them, with the mapping that describes it.

    The dialect is drawn: delimiter, encoding and line ends, titles and rows of headers, one table, two that are
    joined by a key, or one a side; what the columns are called, which way each field is written (a list with any
    separator, a column an option, ranked choices; years as numbers, words, bands or days; bosses by id, name or
    address; codes that the mapping explains), and what nobody reads. Whatever a way of writing cannot hold is
    written in another, so that any people will do.

    Requires the hypothesis package.

    Parameters
    ----------
    people : People, optional
        Whom to write; by default they are drawn, too: see :func:`staff`.

    Returns
    -------
    SearchStrategy of Export
        ``export.read()`` is ``export.people``.
    """
    everybody = draw(staff()) if people is None else people
    shapes = ["one"]
    if ROLES["none"] not in everybody.role.tolist():
        shapes.append("sides")
    if len(everybody) and draw(st.booleans()):
        shapes.append("joined")
    shape = draw(st.sampled_from(shapes))
    if shape == "sides":
        return draw(_of_sides(everybody))
    written = draw(fields(everybody))
    if shape == "joined":
        return draw(_joined(everybody, written))
    columns = draw(_arranged(_columns(written), len(everybody)))
    sheet, layout = draw(laid_out("people.csv", columns))
    keys = united([*(each.keys for each in written), {"table": layout} if layout else {}])
    return Export([sheet], keys, everybody)


@st.composite
def _of_sides(draw: st.DrawFn, people: People) -> Export:
    written = draw(fields(people, sided=True))
    mentors, mentees = people.mentors.tolist(), people.mentees.tolist()
    columns = draw(_arranged(_columns(written), len(people)))
    sheets, layouts = [], {}
    for name, rows in (("mentors.csv", mentors), ("mentees.csv", mentees)):
        own = {header: [cells[row] for row in rows] for header, cells in columns.items()}
        sheet, layouts[name] = draw(laid_out(name, own))
        sheets.append(sheet)
    keys = united([*(each.keys for each in written), _layouts(layouts)])
    order = [*mentors, *(row for row in mentees if row not in mentors)]
    return Export(sheets, keys, people.take(order), sided=True)


@st.composite
def _joined(draw: st.DrawFn, people: People, written: Sequence[Written]) -> Export:
    """Return an export of two tables: the second knows people by their id or their address alone."""
    first = [written[0], *(each for each in written[1:] if draw(st.booleans()))]
    second = [each for each in written if each not in first]
    own, other = _columns(first), _columns(second)
    (left,) = written[0].columns
    stated = list(written[0].columns[left])
    emails = [people.person(row).email for row in range(len(people))]
    header = next(
        (name for name, cells in own.items() if any(emails) and list(cells) == emails), ""
    )
    if header and draw(st.booleans()):
        write = draw(st.sampled_from((str.upper, str.title, lambda text: f" {text} ")))
        left, stated = header, [write(email or "") for email in emails]
    elif draw(st.booleans()) and len({_bare(each) for each in stated}) == len(stated):
        stated = [_bare(each) for each in stated]
    right = draw(st.sampled_from((left, "Who are you?")))
    further, keys = draw(_further_rows({right: stated, **other}, right))
    order = draw(st.permutations(range(len(further[right]))))
    shuffled = {name: [cells[row] for row in order] for name, cells in further.items()}
    one, two = draw(_arranged(own, len(people))), draw(_arranged(shuffled, len(order)))
    layouts: dict[str, Any] = {}
    sheets = []
    for name, columns in (("staff.csv", one), ("form.csv", two)):
        sheet, layouts[name] = draw(laid_out(name, columns))
        sheets.append(sheet)
    keep = draw(st.sampled_from(({"keep": "left"}, {"keep": "inner"}, {})))
    join = {"join": {"key": left if left == right else {left: right}, **keep}, **keys}
    return Export(
        sheets, united([*(each.keys for each in written), join, _layouts(layouts)]), people
    )


@st.composite
def _further_rows(draw: st.DrawFn, columns: Columns, key: str) -> tuple[Columns, dict[str, Any]]:
    """Return columns with rows that do not count: those of strangers, and older answers of the same people."""
    count = len(columns[key])
    what = draw(st.sampled_from(("none", "strangers", "older")))
    if what == "none":
        return columns, {}
    extra = draw(st.lists(st.integers(0, count - 1), min_size=1, max_size=2, unique=True))
    rows = [
        *range(count),
        *draw(st.lists(st.integers(0, count - 1), min_size=len(extra), max_size=len(extra))),
    ]
    longer = {header: [cells[row] for row in rows] for header, cells in columns.items()}
    theirs = [f"nobody{row}@else.example" for row in extra]
    if what == "older":
        theirs = [columns[key][row] for row in extra]
    longer[key] = [*columns[key], *theirs]
    if what == "strangers":
        return longer, {}
    days = [f"2026-02-{20 - place:02d} 09:30" for place in range(len(rows))]
    return {**longer, "Sent on": days}, {"duplicates": {"keep": "newest", "by": "Sent on"}}


def _bare(text: str) -> str:
    """Return an id as a spreadsheet keeps it: without the zeros in front."""
    return text.lstrip("0") if text.isdigit() else text


def _layouts(layouts: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    told = {name: layout for name, layout in layouts.items() if layout}
    return {"tables": told} if told else {}


def _columns(written: Sequence[Written]) -> dict[str, Sequence[str]]:
    return {header: cells for each in written for header, cells in each.columns.items()}


@st.composite
def _arranged(draw: st.DrawFn, columns: Columns, count: int) -> Columns:
    """Return columns with some that nobody reads."""
    unread = draw(st.sets(st.sampled_from(sorted(UNREAD))))
    more = {
        header: [draw(st.sampled_from(UNREAD[header])) for _ in range(count)]
        for header in sorted(unread)
    }
    return {**columns, **more}
