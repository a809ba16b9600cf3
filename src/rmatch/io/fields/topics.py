"""Topics as a mapping calls them: synonyms, and narrower ones that count as a broader one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from rmatch.utils.labels import fold
from rmatch.utils.text import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rmatch.io.mapping.translation import Translation
    from rmatch.io.parse import Parsed

FIELDS = ("offers", "wants", "lived_topics")
FEW = 8


def rename_topics(parsed: Sequence[Parsed], read: Sequence[Translation | None]) -> list[str]:
    """Call the topics of everybody as a mapping says.

    Parameters
    ----------
    parsed : sequence of Parsed
        The sources, whose columns are changed.
    read : sequence of Translation or None
        How each is read.

    Returns
    -------
    list of str
        Notes on what was renamed, and on lines of the mapping that concern no topic.
    """
    notes: list[str] = []
    unused: dict[str, str] = {}
    used: set[str] = set()
    for each, translation in zip(parsed, read, strict=True):
        if translation is None or not translation.topics:
            continue
        unused |= dict.fromkeys(translation.topics, translation.name)
        for field in FIELDS:
            if field in each.columns:
                values, seen = _renamed(each.columns[field], translation.topics)
                each.columns[field] = values
                used |= {fold(topic) for topic in seen}
                notes += _told(each.placed.table.name, field, seen)
    idle = [topic for topic in unused if topic not in used]
    if idle:
        few = ", ".join(map(repr, idle[:FEW])) + ", …" * (len(idle) > FEW)
        notes.append(f"{unused[idle[0]]}: {len(idle)} of [topics] are no topic of anybody: {few}")
    return notes


def _renamed(column: Sequence[Any], topics: Mapping[str, str]) -> tuple[list[Any], Counter[str]]:
    known: dict[int, tuple[Any, list[str]]] = {}  # many rows share one list
    values: list[Any] = []
    seen: Counter[str] = Counter()
    for value in column:
        if not value:
            values.append(value)
            continue
        if id(value) not in known:
            known[id(value)] = _of_one(value, topics)
        new, changed = known[id(value)]
        values.append(new)
        seen.update(changed)
    return values, seen


def _of_one(value: Any, topics: Mapping[str, str]) -> tuple[Any, list[str]]:
    changed = [topic for topic in value if fold(topic) in topics]
    if not changed:
        return value, []
    if isinstance(value, tuple):
        return tuple(dict.fromkeys(topics.get(fold(topic), topic) for topic in value)), changed
    numbers: dict[str, tuple[str, int | None]] = {}
    for topic, number in value.items():
        name = topics.get(fold(topic), topic)
        spelled, known = numbers.get(fold(name), (name, None))
        # Whoever has several of the topics that count as one has it as well as the best of them.
        best = max((each for each in (known, number) if each is not None), default=None)
        numbers[fold(name)] = spelled, best
    return dict(numbers.values()), changed


def _told(name: str, field: str, seen: Counter[str]) -> list[str]:
    if not seen:
        return []
    number = sum(seen.values())
    total = f"{name}: {field}: {counted(number, 'topic')} count{'s' if number == 1 else ''} as [topics] says"
    if field == "lived_topics":
        return [total]
    few = [f"{topic!r} ({count})" for topic, count in seen.most_common(FEW)]
    return [f"{total}: {', '.join(few)}{', …' * (len(seen) > FEW)}"]
