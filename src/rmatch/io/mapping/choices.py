"""The keys of a mapping about choices: options of lists, columns of options, ranks, scales, and synonyms of topics."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rmatch.errors import nearest
from rmatch.io.cells.cell import text_of
from rmatch.io.cells.options import DROP, FAULT, KEEP, SPLIT, Options
from rmatch.io.cells.parsers import MOST_LEVELS
from rmatch.io.columns import STANDARD, column_of
from rmatch.utils.labels import fold

if TYPE_CHECKING:
    from rmatch.io.columns import Column

Report = Callable[[str, str, str], None]

ITEMS = ("set", "levels", "priorities")
NUMBERED = ("levels", "priorities")
RANKED = ("wants",)
"""The fields for which several columns can hold a first, second and third choice."""
REST = (FAULT, KEEP, DROP)


@dataclass(frozen=True, slots=True)
class OptionColumn:
    """What a column is about that stands for one option.

    Attributes
    ----------
    item : str
        The item of the list; empty where the column holds free text.
    kept : bool
        Whether the free text is an item.
    """

    item: str = ""
    kept: bool = False


def options(value: Any, report: Report) -> dict[str, Any]:
    """Read ``[options]``: the known options of lists, or that they are to be learned."""
    found = {}
    for column, given in fields_in("options", value, report, ITEMS):
        where = f"options.{column.header}"
        if given == "learn":
            found[column.header] = Options(learn=True)
        elif _texts(given):
            found[column.header] = Options(rest=FAULT).with_known(given)
        elif isinstance(given, Mapping):
            found[column.header] = _options_in_full(where, given, report)
        else:
            report(where, "is no list of options", 'write ["…", "…"], or "learn"')
    return {"options": found}


def _options_in_full(where: str, given: Mapping[str, Any], report: Report) -> Options:
    known, rest, learn = given.get("known", []), given.get("rest"), given.get("learn", False)
    for key in given.keys() - {"known", "rest", "learn"}:
        report(f"{where}.{key}", "is not a setting", nearest(key, ("known", "rest", "learn")))
    if not (known == [] or _texts(known)):
        report(f"{where}.known", "is no list of options", 'write known = ["…", "…"]')
        known = []
    if rest is not None and rest not in REST:
        report(f"{where}.rest", f"{rest!r} is not a choice", f"write {_either(REST)}")
    if not isinstance(learn, bool):
        report(f"{where}.learn", f"{learn!r} is not a choice", "write true or false")
    if not known and learn is not True:
        report(where, "names no option", 'write known = ["…", "…"] or learn = true')
    return Options(rest=rest or (SPLIT if learn else FAULT), learn=bool(learn)).with_known(known)


def option_columns(value: Any, report: Report) -> dict[str, Any]:
    """Read ``[option_columns.FIELD]``: source columns that stand for one item each."""
    found: dict[str, dict[str, OptionColumn]] = {}
    for column, sources in fields_in("option_columns", value, report, ITEMS):
        where = f"option_columns.{column.header}"
        if not isinstance(sources, Mapping) or not sources:
            report(where, "is not a table of columns", '"header" = "item"')
            continue
        for source, item in sources.items():
            if isinstance(item, str) and item.strip():
                known = OptionColumn(item.strip())
            elif (
                isinstance(item, Mapping) and set(item) == {"text"} and item["text"] in (KEEP, DROP)
            ):
                known = OptionColumn(kept=item["text"] == KEEP)
            else:
                remedy = (
                    'write "header" = "item"; of free text { text = "keep" } or { text = "drop" }'
                )
                report(f"{where}.{source}", "is no item", remedy)
                continue
            found.setdefault(column.header, {})[source] = known
    return {"option_columns": found}


def scales(value: Any, report: Report) -> dict[str, Any]:
    """Read ``[scales.FIELD]``: the level of what cells say."""
    found: dict[str, dict[str, int | None]] = {}
    for column, words in fields_in("scales", value, report, ITEMS):
        where = f"scales.{column.header}"
        if not isinstance(words, Mapping):
            report(where, "is not a table of words", '"as written" = a level, or ""')
            continue
        levels = found.setdefault(column.header, {})
        for word, level in words.items():
            known = fold(text_of(word))
            read = _level(f"{where}.{word}", level, column, report)
            if levels.setdefault(known, read) != read:
                report(
                    f"{where}.{word}",
                    "has two levels",
                    "write the word once: case is not told apart",
                )
    return {"scales": found}


def _level(where: str, level: Any, column: Column, report: Report) -> int | None:
    if level in ("", False):
        return None
    if column.kind not in NUMBERED:
        report(
            where, f"{column.header} has no levels", 'write "yes" or "no" into the columns, or ""'
        )
    elif type(level) is not int or not 1 <= level <= MOST_LEVELS:
        report(where, f"{level!r} is no level", f'give 1 to {MOST_LEVELS}, or "" for not chosen')
    else:
        return level
    return None


def ranks(value: Any, report: Report) -> dict[str, Any]:
    """Read ``[ranks]``: the columns of the first, second, … choice."""
    found = {}
    for name, headers in table_in("ranks", value, report):
        if name not in RANKED:
            people = 'wishes for people stand under [wishes]: mentee = ["1st choice", "2nd choice"]'
            report(
                f"ranks.{name}",
                "is not ranked",
                people if name == "wishes" else nearest(name, RANKED),
            )
        elif not _texts(headers) or len(headers) > MOST_LEVELS or len(set(headers)) < len(headers):
            remedy = f'write {name} = ["first choice", "second choice"], at most {MOST_LEVELS}'
            report(f"ranks.{name}", "is no list of different columns", remedy)
        else:
            found[name] = list(headers)
    return {"ranks": found}


def levels_by(value: Any, report: Report) -> dict[str, Any]:
    """Read ``[levels_by]``: the columns that hold the level of a whole list."""
    found = {}
    for column, header in fields_in("levels_by", value, report, NUMBERED):
        if isinstance(header, str):
            found[column.header] = header
        else:
            report(f"levels_by.{column.header}", "is not a column", "give its header")
    return {"levels_by": found}


def topics(value: Any, report: Report) -> dict[str, Any]:
    """Read ``[topics]``: what topics are called, or which broader one they count as."""
    named: dict[str, str] = {}
    for written, meant in table_in("topics", value, report):
        if not isinstance(meant, str) or not meant.strip():
            report(f"topics.{written}", "means no topic", '"as written" = "as it counts"')
        elif fold(named.setdefault(fold(written), meant.strip())) != fold(meant):
            report(
                f"topics.{written}",
                "means two topics",
                "write it once: case and spaces do not count",
            )
    return {"topics": {written: _last(written, named, report) for written in named}}


def _last(written: str, named: Mapping[str, str], report: Report) -> str:
    """Follow a topic to the one that is called nothing else."""
    seen, topic = {written}, named[written]
    while fold(topic) in named and fold(named[fold(topic)]) != fold(topic):
        if fold(topic) in seen:
            report(f"topics.{topic}", "comes back to itself", "take one of its lines out")
            break
        seen.add(fold(topic))
        topic = named[fold(topic)]
    return topic


def fields_in(
    key: str, value: Any, report: Report, kinds: tuple[str, ...] = ()
) -> Iterator[tuple[Column, Any]]:
    """Go through the fields under a key, each of which has to be of one of some kinds if any are given."""
    for header, inner in table_in(key, value, report):
        column = column_of(header)
        if column is None:
            report(f"{key}.{header}", "is not a column of rmatch", nearest(header, STANDARD))
        elif kinds and column.kind not in kinds:
            known = [name for name, each in STANDARD.items() if each.kind in kinds]
            report(
                f"{key}.{header}", "is not possible for this field", f"it is for {', '.join(known)}"
            )
        else:
            yield column, inner


def table_in(key: str, value: Any, report: Report) -> list[tuple[str, Any]]:
    """Return what stands under a key that holds a table."""
    if isinstance(value, Mapping):
        return [(str(name), inner) for name, inner in value.items()]
    report(key, "is not a table", f"write [{key}] and lines under it")
    return []


def _texts(value: Any) -> bool:
    return (
        isinstance(value, list | tuple)
        and bool(value)
        and all(isinstance(item, str) and item.strip() for item in value)
    )


def _either(words: tuple[str, ...]) -> str:
    return " or ".join(f'"{word}"' for word in words)
