"""What is found while columns are read: faults of a whole column, and notes that count what happened to its cells."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rmatch.errors import Fault
from rmatch.io.cells.alike import ANSWER, Alike
from rmatch.io.cells.amounts import grade_of
from rmatch.io.cells.cell import (
    ARRAY,
    BLANK,
    DROPPED,
    GRADE,
    KEPT,
    LOST,
    NUMBER,
    PLACE,
    TICK,
    text_of,
)
from rmatch.io.cells.items import quoted
from rmatch.io.cells.legends import legend_of
from rmatch.io.cells.parsers import MOST_LEVELS
from rmatch.io.cells.scales import OUT_OF
from rmatch.io.fields.alike import graded_sentence, key_of, listed, sentence, unparted_sentence
from rmatch.utils.text import counted
from rmatch.utils.validation import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rmatch.io.cells.cell import Cell
    from rmatch.io.cells.delimiters import Unparted
    from rmatch.io.cells.graded import Graded
    from rmatch.io.cells.learning import Learned
    from rmatch.io.cells.read import CellsRead
    from rmatch.io.cells.scales import Scale
    from rmatch.io.columns import Column
    from rmatch.io.faults import Faults
    from rmatch.io.tables.table import Placed
    from rmatch.utils.validation import Malformed

_TOLD = {
    NUMBER: "with words or a scale beside the number read as the number",
    ARRAY: "with a list or an object as programmes write it, read item by item",
    GRADE: "with levels behind the topics, read as their levels",
    DROPPED: "with free text that is dropped",
    LOST: "with the error value of a spreadsheet in a list, left out of it",
    KEPT: "with free text, kept as an item",
}


class Found:
    """What was found in one source so far.

    Parameters
    ----------
    placed : Placed
        The source; the notes go to its table.
    faults : Faults
        Where the faults go.
    """

    def __init__(self, placed: Placed, faults: Faults) -> None:
        self.placed: Placed = placed
        self.faults: Faults = faults
        self._refused: dict[str, int] = {}
        self._blank: dict[str, int] = {}
        self._scales: dict[str, Counter[str]] = {}

    def cells(self, column: Column, source: str, read: CellsRead) -> None:
        """Note what happened to the cells of a source column, and what is wrong with them."""
        if refused := sum(read.marked("refused").values()):
            self._refused[source] = self._refused.get(source, 0) + refused
        if blank := sum(read.marked(BLANK).values()):
            self._blank[source] = self._blank.get(source, 0) + blank
        self._places(column, source, read.marked(PLACE))
        for mark, words in _TOLD.items():
            if texts := read.marked(mark):
                some = f"{counted(sum(texts.values()), 'cell')} {words}"
                self._note(f"{self._where(source)}: {some}{listed(texts, column)}")
        self._scales.setdefault(column.header, Counter()).update(read.marked(OUT_OF))
        if ticks := read.marked(TICK):
            self._ticks(column, source, read, ticks)
        self._wrong(column, source, read.wrong)

    def learned(self, column: Column, source: str, told: Learned) -> None:
        """Note the options that were learned from a source column, and the faults of doubtful ones."""
        if told.options:
            hold = "holds" if len(told.options) == 1 else "hold"
            some = f"{counted(len(told.options), 'option')} that {hold} the separator learned"
            self._note(f"{self._where(source)}: {some}{listed(told.options, column)}")
        if told.doubtful:
            some = f"{counted(len(told.doubtful), 'text')} may be one option or several"
            remedy = (
                f"say it in a mapping: [options] {key_of(column.header)} = "
                "{ learn = true, known = [such an option, or each of the several] }"
            )
            problem = f"{some}{listed(told.doubtful, column)}"
            self.faults.add(Fault(self._where(source), column.header, problem, remedy))

    def torn(self, column: Column, source: str, texts: Mapping[str, int]) -> None:
        """Note texts in brackets that the separator parted: nobody said whether each is one option."""
        if texts:
            parted = "was parted" if len(texts) == 1 else "were parted"
            some = f"{counted(len(texts), 'text')} {parted} inside brackets"
            cure = f'[options] {key_of(column.header)} = "learn"'
            self._note(
                f"WARNING: {self._where(source)}: {some}{listed(texts, column)};"
                f" if it is one option, say so in a mapping: {cure}"
            )

    def unparted(self, column: Column, source: str, doubt: Unparted | None) -> None:
        """Refuse texts that something else than the separator parts for certain, and warn of those that it may part."""
        if doubt is None:
            return
        problem, remedy = unparted_sentence(column, doubt)
        if doubt.evident:
            self.faults.add(Fault(self._where(source), column.header, problem, remedy))
        else:
            self._note(
                f"WARNING: {self._where(source)}: {problem}, read as one item each; {remedy}"
            )

    def graded(self, column: Column, source: str, doubt: Graded) -> None:
        """Warn of items whose names may hold a level."""
        if doubt.doubtful:
            problem, remedy = graded_sentence(column, doubt)
            self._note(f"WARNING: {self._where(source)}: {problem}, read as names; {remedy}")

    def together(self, column: Column, source: str, texts: Mapping[str, int]) -> None:
        """Warn of items that the separator parts, and that only ever stand side by side."""
        if texts:
            some = f"{counted(len(texts), 'text')} parted at the separator, whose parts only ever stand side by side"
            cure = f"[options] {key_of(column.header)} = {{ learn = true, known = [it, or each of its parts] }}"
            self._note(
                f"WARNING: {self._where(source)}: {some}{listed(texts, column)};"
                f" if it is one option, say so in a mapping: {cure}"
            )

    def damaged(self, column: Column, source: str, pairs: Mapping[str, str]) -> None:
        """Warn of texts beside bands that a spreadsheet may have made of a band."""
        if pairs:
            text, pair = ("…", "…") if column.private else next(iter(pairs.items()))
            some = f"{counted(len(pairs), 'text')} beside bands may be damaged by a spreadsheet"
            cure = f"[values.{key_of(column.header)}] {quoted(text)} = {quoted(pair)}"
            self._note(
                f"WARNING: {self._where(source)}: {some}{listed(dict.fromkeys(pairs, 1), column)};"
                f" if so, say what was meant in a mapping: {cure}"
            )

    def tell(self, source: str, sentences: Iterable[str]) -> None:
        """Note what is said of a source column."""
        for told in sentences:
            self._note(f"{self._where(source)}: {told}")

    def scaled(
        self, column: Column, cells: Sequence[Sequence[Cell]], words: Mapping[str, int | None]
    ) -> None:
        """Note how many cells of option columns say each word of a scale that the mapping has a level for."""
        counts = Counter(text_of(cell).casefold() for each in cells for cell in each)
        said = [
            f"{shown(word)} {'not chosen' if level is None else f'level {level}'} ({counts[word]})"
            for word, level in words.items()
            if counts[word]
        ]
        if said and not column.private:
            columns = counted(len(cells), "column")
            self._note(
                f"{self.placed.table.name}: {column.header}: what {columns} say as [scales] has it: "
                + ", ".join(said)
            )

    def turned(self, column: Column, sources: Iterable[str], words: Iterable[str]) -> None:
        """Warn of headings that say that the low number is the better end, where no scale turns the numbers round."""
        if any(word.isdecimal() for word in words):
            return
        legends = {source: legend_of(source) for source in sources}
        for source, legend in legends.items():
            if legend and legend.turned:
                low, high = legend.ends
                scale = ", ".join(
                    f'"{each}" = {legend.level(each) or quoted("")}'
                    for each in range(low, high + 1)
                )
                self._note(
                    f"WARNING: {self._where(source)}: the heading says that the low number is the better end,"
                    " and a level is higher the better it is;"
                    f" turn them round in a mapping: [scales.{key_of(column.header)}] {scale}"
                )

    def flags(self, column: Column, scale: Scale) -> None:
        """Note that the numbers in the option columns of a field are taken for yes and no, or may be."""
        where = f"{self.placed.table.name}: {column.header}"
        if scale.flags:
            self._note(f"{where}: 1 and 0 in its option columns count as yes and no")
        if scale.coded:
            self._note(
                f"WARNING: {where}: 1 and 2 in its option columns count as levels; where 2 means no,"
                f' say in a mapping: [scales.{key_of(column.header)}] "1" = 1, "2" = "", else "2" = 2'
            )

    def ranks(self, column: Column, columns: Sequence[Sequence[Cell]]) -> None:
        """Refuse numbers that look like ranks, of which the first is the dearest, where a higher priority is."""
        rows = [_numbers(cells) for cells in zip(*columns, strict=True)]
        several = [numbers for numbers in rows if len(numbers) > 1]
        if several and all(sorted(each) == list(range(1, len(each) + 1)) for each in several):
            most = max(map(len, several))
            ranks = ", ".join(f'"{rank}" = {most + 1 - rank}' for rank in range(1, most + 1))
            problem = f"the numbers look like ranks: {counted(len(several), 'row')} with 1, 2, … once each"
            remedy = (
                f"where 1 is the first choice, say in a mapping: [scales.{key_of(column.header)}] {ranks}; "
                "where a higher number is the dearer one, the numbers as they are"
            )
            self.faults.add(Fault(self.placed.table.name, column.header, problem, remedy))

    def close(self) -> None:
        """Note what is said once for all columns."""
        told = {
            "refusals to answer": self._refused,
            "dashes, question marks and their like": self._blank,
        }
        for what, counts in told.items():
            if counts:
                some = ", ".join(f"{count} in {source}" for source, count in counts.items())
                self._note(f"{self.placed.table.name}: {what} count as unknown: {some}")
        for header, texts in self._scales.items():
            self._compare_scales(header, texts)

    def _compare_scales(self, header: str, texts: Counter[str]) -> None:
        """Refuse levels out of different numbers, of which nobody knows how they compare."""
        scales: dict[int, Counter[str]] = {}
        for text, count in texts.items():
            scales.setdefault(grade_of(text)[1], Counter())[text] = count
        if len(scales) < 2:
            return
        known = " and ".join(f"out of {most} ({own.total()})" for most, own in scales.items())
        rarest = min(scales.values(), key=Counter.total)
        word = f"[scales.{key_of(header)}] {quoted(next(iter(rarest)))}"
        problem = f"the levels are on different scales: {known}"
        remedy = f'give each one in a mapping: {word} = 1 to {MOST_LEVELS}, or "" for no'
        self.faults.add(Fault(self.placed.table.name, header, problem, remedy))

    def _places(self, column: Column, source: str, texts: Counter[str]) -> None:
        """Note place-holders, with the line that makes an answer of one."""
        if texts:
            some = (
                f"{counted(texts.total(), 'place-holder')} read as unknown{listed(texts, column)}"
            )
            word = "…" if column.private else next(iter(texts))
            line = f"[values.{key_of(column.header)}] {quoted(word)} = '{quoted(word)}'"
            self._note(
                f"{self._where(source)}: {some}; if one is an answer, say so in a mapping: {line}"
            )

    def _wrong(self, column: Column, source: str, wrong: Mapping[int, Malformed]) -> None:
        alike: dict[str, dict[str, list[int]]] = {}
        for row, malformed in wrong.items():
            if isinstance(malformed, Alike):
                rows = alike.setdefault(malformed.why, {})
                for text in malformed.texts:
                    rows.setdefault(text, []).append(row)
            else:
                where = self.placed.where(row, source)
                self.faults.add(malformed.fault(where, column.header, private=column.private), row)
        for why, texts in alike.items():
            first = min(map(min, texts.values()))
            numbers = {text: len(rows) for text, rows in texts.items()}
            where, said = self.placed.where(first, source), sentence(why, column, source, numbers)
            self.faults.add(Fault(where, column.header, *said), first)

    def _ticks(self, column: Column, source: str, read: CellsRead, ticks: Counter[str]) -> None:
        """Refuse an "x" where no cell names anything else, and say loudly that it counts as a name where some do."""
        named = {item for value in read.values for item in value or () if item not in ticks}
        problem, remedy = sentence(ANSWER, column, source, ticks)
        if named:
            some = f"{counted(sum(ticks.values()), 'cell')} {listed(ticks, column).lstrip(': ')}"
            told = f"{some} beside names, read as a name like them; where it ticks a box: {remedy}"
            self._note(f"WARNING: {self._where(source)}: {told}")
        else:
            row = next(row for row, value in enumerate(read.values) if value)
            self.faults.add(
                Fault(self.placed.where(row, source), column.header, problem, remedy), row
            )

    def _where(self, source: str) -> str:
        return f"{self.placed.table.name}, {source}"

    def _note(self, note: str) -> None:
        self.placed.table.notes.append(note)


def _numbers(cells: Iterable[Cell]) -> list[int]:
    return [int(text) for text in map(text_of, cells) if text.isdecimal() and len(text) < 10]
