"""The source columns that make a field together, and how the cells of each are read."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import chain, compress, repeat
from typing import TYPE_CHECKING

from rmatch.io.cells.answers import says_yes
from rmatch.io.cells.bands import damaged_bands
from rmatch.io.cells.by_item import by_item
from rmatch.io.cells.cell import DROPPED, KEPT, Habits, only, text_of
from rmatch.io.cells.delimiters import listed, unparted
from rmatch.io.cells.graded import carries_grade, graded, graded_parser
from rmatch.io.cells.items import split
from rmatch.io.cells.learning import learned, separator_of, side_by_side, torn
from rmatch.io.cells.parsers import PARSERS, hours_parser
from rmatch.io.cells.scales import Scale, option_parser, rank_parser, scale_of
from rmatch.io.cells.ticks import tick_parser
from rmatch.io.cells.weekdays import languages_of
from rmatch.io.cells.years import settled, years_notes
from rmatch.io.cells.zones import zone_notes
from rmatch.io.columns import PREFIXES, TOPICAL
from rmatch.io.fields.alike import key_of
from rmatch.utils.validation import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from rmatch.io.cells.at_once import Parser
    from rmatch.io.cells.cell import Cell
    from rmatch.io.columns import Column
    from rmatch.io.fields.found import Found
    from rmatch.io.mapping.choices import OptionColumn
    from rmatch.io.mapping.translation import Translation

    Cells = Callable[[str], Sequence[Any]]

_CODE = re.compile(r"[a-zA-Z]{2}(?:[-_][a-zA-Z]{2})?")


@dataclass(frozen=True, slots=True)
class Part:
    """One source column of a field.

    Attributes
    ----------
    source : str
        Its header.
    parser : callable
        What reads its cells.
    habits : Habits
        How they are written.
    ranked : bool
        Whether it is one of several choices by rank.
    optional : bool
        Whether it is about one item, so that a value may be None where this is not chosen.
    """

    source: str
    parser: Parser
    habits: Habits
    ranked: bool = False
    optional: bool = False


def parts_of(
    column: Column,
    sources: Sequence[str],
    cells: Cells,
    translation: Translation | None,
    found: Found,
) -> list[Part]:
    """Return how the source columns of a field are read.

    Parameters
    ----------
    column : Column
        The field.
    sources : sequence of str
        Its source columns.
    cells : callable
        What returns the cells of a source column that may be read.
    translation : Translation or None
        The mapping.
    found : Found
        Where to note what is learned from the cells, and what is doubtful.

    Returns
    -------
    list of Part
        One for each source column.
    """
    if translation is None:
        topical = column.header if column.header in TOPICAL else ""
        own = [Habits(source=source, topical=topical) for source in sources]
        return [_plain(column, each, cells, found, None) for each in own]
    about = translation.option_columns.get(column.header, {})
    ranks = translation.ranks.get(column.header, [])
    scale = _scale(column, [source for source in sources if source in about], cells, translation)
    if scale.graded:
        found.flags(column, scale)
    if scale.graded:
        found.turned(column, [source for source in sources if source in about], scale.words)
    if scale.words:
        found.scaled(column, [cells(source) for source in sources if source in about], scale.words)
    if column.kind == "priorities" and not scale.words:
        found.ranks(column, [cells(source) for source in sources if source in about])
    parts = []
    for source in sources:
        habits = translation.habits(column.header, source)
        if source in about:
            parser = _option(about[source], scale, column, source)
            parts.append(Part(source, parser, habits, optional=True))
        elif source in translation.slots:
            parser = tick_parser(translation.slots[source])
            parts.append(Part(source, parser, habits, optional=True))
        elif source in ranks:
            numbered = graded(listed(_texts(cells(source)), habits).items, Scale(), numbered=False)
            found.graded(replace(column, kind="set"), source, numbered)
            parser = rank_parser(len(ranks) - ranks.index(source))
            parts.append(Part(source, parser, habits, ranked=True))
        else:
            if column.header not in translation.separators:
                habits = _parted(habits, cells, found)
            parts.append(_plain(column, habits, cells, found, translation))
    return parts


def _scale(column: Column, sources: Sequence[str], cells: Cells, translation: Translation) -> Scale:
    words = translation.scales.get(column.header, {})
    about = translation.option_columns.get(column.header, {})
    columns = [cells(source) for source in sources if about[source].item]
    return scale_of(words, columns, graded=column.kind != "set")


def _option(about: OptionColumn, scale: Scale, column: Column, source: str) -> Parser:
    if about.item:
        return option_parser(about.item, scale, column.kind, [source])
    mark, parser = KEPT if about.kept else DROPPED, PARSERS[column.kind]

    def read(cell: Cell, habits: Habits) -> Any:
        values = parser(cell, habits)
        if not values:
            return values
        habits.marks.add(mark, text_of(only(cell)))
        return values if about.kept else None

    return read


def _parted(habits: Habits, cells: Cells, found: Found) -> Habits:
    """Return the same with the separator of a list of options, which a mapping need not say."""
    if not (habits.options or habits.options.learn):
        return habits
    separator = separator_of(cells(habits.source), habits.options)
    if separator != habits.separator:
        found.tell(habits.source, [f"{shown(separator)} was found to part the options"])
    return replace(habits, separator=separator)


def _are_codes(cells: Sequence[Cell], habits: Habits) -> bool:
    """Tell whether languages are written as codes, of which "no" is Norwegian and "ja" Japanese."""
    texts = {cell for cell in cells if isinstance(cell, str)}
    written = (item for text in texts for item in split(text, habits.separator))
    listed = (item for cell in cells if isinstance(cell, list | tuple) for item in cell)
    items = chain(written, (item for item in listed if isinstance(item, str)))
    return any(_CODE.fullmatch(item) and says_yes(item) is None for item in items)


def _torn(texts: Counter[str], habits: Habits) -> Counter[str]:
    """Return texts in one pair of brackets that the separator parts, and in how many cells each stands."""
    found = Counter[str]()
    for text, times in texts.items():
        if (
            "(" in text
            and habits.separator in text
            and text.strip().casefold() not in habits.values
        ):
            found.update(dict.fromkeys(torn(text, habits.separator), times))
    return found


def _texts(cells: Sequence[Cell]) -> Counter[str]:
    return Counter(compress(cells, map(isinstance, cells, repeat(str))))


def _listed(
    column: Column, habits: Habits, cells: Cells, found: Found, translation: Translation | None
) -> Parser:
    """Return what reads a list, and tell of items that are doubtful.

    The separator parts what it may not, or does not part what it may; levels stand in the names.
    """
    source = habits.source
    texts = _texts(cells(source))
    if habits.separator:
        found.torn(column, source, _torn(texts, habits))
    if not habits.topical:
        return PARSERS[column.kind]
    said = translation is not None and column.header in translation.separators
    if said and habits.separator:
        found.together(column, source, side_by_side(cells(source), habits.separator))
    items = listed(texts, habits)
    found.unparted(column, source, unparted(items.without(carries_grade), said=said))
    parser, numbered = PARSERS[column.kind], column.kind != "set"
    if numbered:
        parser = by_item(parser, items, habits)
        if not habits.levels:
            return parser
    scale = Scale(translation.scales.get(column.header, {}) if translation else {})
    told = graded(items.items, scale, numbered=numbered)
    found.graded(column, source, told)
    beside = {*translation.option_columns, *translation.levels_by} if translation else set()
    if scale.words and column.header not in beside and not told.grades & scale.words.keys():
        found.tell(source, [f"no topic has a word of [scales.{key_of(column.header)}] behind it"])
    return graded_parser(told.form, scale) if told.form else parser


def _plain(
    column: Column, habits: Habits, cells: Cells, found: Found, translation: Translation | None
) -> Part:
    """Return how a column is read that holds the whole field, with what its cells tell about themselves."""
    source = habits.source
    if column.kind == "label" or column.header.startswith(PREFIXES[0]):
        found.damaged(column, source, damaged_bands(cells(source), habits.values))
    if column.many and not habits.options and not habits.options.learn:
        if habits.topical == "languages" and _are_codes(cells(source), habits):
            habits = replace(habits, topical="")
        return Part(source, _listed(column, habits, cells, found, translation), habits)
    if habits.options.learn:
        told = learned(cells(source), habits.separator, habits.options)
        found.learned(column, source, told)
        habits = replace(habits, options=habits.options.with_known(told.options))
    if habits.topical == "languages" and _are_codes(cells(source), habits):
        habits = replace(habits, topical="")
    if column.kind == "years":
        habits = settled(cells(source), habits)
        found.tell(source, years_notes(cells(source), habits))
    if column.kind == "zone":
        found.tell(source, zone_notes(cells(source), habits))
    if column.kind == "hours":
        # "Di" is Tuesday beside "Mo", and Sunday beside "Lu": a column is written in one language.
        texts = {cell for cell in cells(source) if isinstance(cell, str)}
        return Part(source, hours_parser(languages_of(texts)), habits)
    return Part(source, PARSERS[column.kind], habits)
