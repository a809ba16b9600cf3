"""One value a row from several source columns: texts in one, lists in one, choices by their rank."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rmatch.io.cells.parsers import united
from rmatch.utils.labels import fold
from rmatch.utils.validation import Malformed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Topics = dict[str, int | None]


def joined(
    kind: str, parts: Sequence[Sequence[Any]], wrong: Callable[[int, Malformed], None]
) -> list[Any]:
    """Return the values of several source columns as one column.

    Parameters
    ----------
    kind : str
        The kind of the field.
    parts : sequence of sequence
        The values of each source column.
    wrong : callable
        Told of each row whose values contradict one another, which has None.

    Returns
    -------
    list
        One value a row.
    """
    values = []
    join = _JOINS[kind]
    for row, cells in enumerate(zip(*parts, strict=True)):
        try:
            values.append(join([cell for cell in cells if cell]))
        except Malformed as malformed:
            wrong(row, malformed)
            values.append(None)
    return values


def by_rank(parts: Sequence[Sequence[Topics | None]]) -> tuple[list[Topics], int]:
    """Return choices as one column, and in how many rows the same is chosen twice: the better rank counts.

    Examples
    --------
    >>> by_rank([[{"Python": 2}, {"AI": 2}], [{"AI": 1}, {"AI": 1}]])
    ([{'Python': 2, 'AI': 1}, {'AI': 2}], 1)
    """
    twice = 0
    rows: list[Topics] = []
    for cells in zip(*parts, strict=True):
        chosen: Topics = {}
        seen: set[str] = set()
        for topic, priority in (pair for cell in cells if cell for pair in cell.items()):
            if fold(topic) not in seen:
                chosen[topic] = priority
            seen.add(fold(topic))
        twice += sum(map(len, filter(None, cells))) > len(chosen)
        rows.append(chosen)
    return rows, twice


def with_levels(
    values: Sequence[Topics | None], levels: Sequence[int | None]
) -> tuple[list[Topics | None], int, int]:
    """Return lists with the level that another column gives them, where they have none of their own.

    Parameters
    ----------
    values : sequence of dict or None
        The lists.
    levels : sequence of int or None
        The level of each list; 0 where nothing of it is meant.

    Returns
    -------
    list of dict, int, int
        The lists, how many of them are not meant, and in how many an own level stands against the column's.

    Examples
    --------
    >>> with_levels([{"Python": None}, {"AI": 3}, {"Go": None}], [5, 4, 0])
    ([{'Python': 5}, {'AI': 3}, {}], 1, 1)
    """
    graded: list[Topics | None] = []
    dropped = kept = 0
    for topics, level in zip(values, levels, strict=True):
        if not topics or level is None:
            graded.append(topics)
            continue
        if level == 0:
            dropped += 1
            graded.append({})
            continue
        kept += any(own not in (None, level) for own in topics.values())
        graded.append({topic: level if own is None else own for topic, own in topics.items()})
    return graded, dropped, kept


def prioritised(values: Sequence[Topics | None]) -> list[Topics | None]:
    """Return lists with the priority 1 where none is given."""
    known: dict[int, Topics] = {}  # many rows share one list
    whole: list[Topics | None] = []
    for topics in values:
        if not topics:
            whole.append(topics)
            continue
        if id(topics) not in known:
            known[id(topics)] = {topic: number or 1 for topic, number in topics.items()}
        whole.append(known[id(topics)])
    return whole


def _one_text(cells: list[str]) -> str | None:
    return " ".join(cells) or None


def _one_week(cells: list[str]) -> str | None:
    return "; ".join(dict.fromkeys(cells)) or None


def _one_set(cells: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for cell in cells for item in cell))


_JOINS: dict[str, Callable[[list[Any]], Any]] = {
    **dict.fromkeys(("id", "plain", "text", "label", "boss"), _one_text),
    "set": _one_set,
    "hours": _one_week,
    "levels": united,
    "priorities": united,
}
