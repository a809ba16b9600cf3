"""One sentence for all cells of a column with the same fault: what they say, how often, and the lines that cure them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from rmatch.io.cells.alike import ANSWER, EVERYTHING, GRADED, NOTHING, UNCOVERED, UNSCALED
from rmatch.io.cells.items import quoted
from rmatch.io.columns import SEPARATOR
from rmatch.utils.text import counted
from rmatch.utils.validation import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rmatch.io.cells.delimiters import Unparted
    from rmatch.io.cells.graded import Graded
    from rmatch.io.columns import Column

    Sentence = tuple[str, str]

FEW = 8
NUMBERED = ("levels", "priorities")


def key_of(header: str) -> str:
    """Return a field as a key of a TOML file.

    Examples
    --------
    >>> key_of("offers"), key_of("dimension:age")
    ('offers', '"dimension:age"')
    """
    return header if header.isidentifier() else f'"{header}"'


def listed(texts: Mapping[str, int], column: Column) -> str:
    """Return the first texts with their counts, as the end of a sentence; nothing where they are private."""
    if column.private:
        return ""
    few = [f"{shown(text)} ({count})" for text, count in list(texts.items())[:FEW]]
    return ": " + ", ".join(few) + ", …" * (len(texts) > FEW)


def sentence(why: str, column: Column, source: str, texts: Mapping[str, int]) -> Sentence:
    """Return what is wrong with the cells of a column, and the cure.

    Parameters
    ----------
    why : str
        The kind of fault.
    column : Column
        The field.
    source : str
        The header of the column.
    texts : dict of str to int
        What is wrong, and in how many cells it stands.

    Returns
    -------
    str, str
        The problem with the texts, none of a private field, and the remedy.
    """
    problem, remedy = _SENTENCES[why](column, source, texts)
    return problem + listed(texts, column), remedy


def unparted_sentence(column: Column, doubt: Unparted) -> Sentence:
    """Return which texts something else than the separator may part, and the lines that say whether it does.

    Parameters
    ----------
    column : Column
        The field.
    doubt : Unparted
        The texts.

    Returns
    -------
    str, str
        The problem with the texts, none of a private field, and the remedy.
    """
    key, mark = key_of(column.header), toml_text(doubt.delimiter)
    hold = "holds" if len(doubt.texts) == 1 else "hold"
    problem = f"{counted(len(doubt.texts), 'text')} that {hold} what may part items"
    if not doubt.delimiter:
        text, pieces = next(iter(doubt.pieces.items()))
        parted = f"{SEPARATOR} ".join(pieces)
        line = '"…" = "…; …"' if column.private else f"{toml_text(text)} = {toml_text(parted)}"
        return problem + listed(doubt.texts, column), (
            f"where one is several items, say in a mapping: [values.{key}] {line}"
        )
    return f"{problem}, as {mark} does{listed(doubt.texts, column)}", (
        f"where it does, say in a mapping: [separators] {key} = {mark};"
        f" where each text is one item: [separators] {key} = {toml_text(SEPARATOR)}"
    )


def graded_sentence(column: Column, doubt: Graded) -> Sentence:
    """Return which items may carry a level that is read as a part of their names, and the line that says what one means."""
    key, first = key_of(column.header), next(iter(doubt.doubtful))
    carry = "carries" if len(doubt.doubtful) == 1 else "carry"
    problem = f"{counted(len(doubt.doubtful), 'text')} that {carry} what may be a level or a rank"
    line = '"…" = "…"' if column.private else f"{toml_text(first)} = {toml_text(doubt.meant)}"
    least, most = (toml_text(f"…:{number}") for number in (1, 9))
    number = f", with a number from {least} to {most}" if column.kind in NUMBERED else ""
    return problem + listed(doubt.doubtful, column), (
        f"say in a mapping what each means{number}: [values.{key}] {line}"
    )


def toml_text(text: str) -> str:
    r"""Return a text as a mapping in TOML writes it.

    Examples
    --------
    >>> print(toml_text("\n"))
    "\n"
    """
    return json.dumps(text, ensure_ascii=False)


def _unscaled(column: Column, _: str, texts: Mapping[str, int]) -> Sentence:
    key, first, some = key_of(column.header), _first(column, texts), counted(len(texts), "text")
    free = 'where the column holds free text, { text = "keep" } or { text = "drop" } instead of an item'
    if column.kind == "set":
        line = f'[values.{key}] {first} = "yes" or "no"'
        says = "says" if len(texts) == 1 else "say"
        return (
            f"{some} that {says} neither yes nor no",
            f"give each one in a mapping: {line}; {free}",
        )
    problem = f"{some} without a level, beside yes and no"
    remedy = f'give each one in a mapping: [scales.{key}] {first} = 1 to 9, or "" for no'
    # The level of a whole list is no column of an item, which could hold free text instead.
    return problem, f"{remedy}; {free}" if column.kind in NUMBERED else remedy


def _graded(column: Column, _: str, texts: Mapping[str, int]) -> Sentence:
    key, some = key_of(column.header), counted(len(texts), "text")
    return f"{some} without a level behind topics", (
        f'give each one in a mapping: [scales.{key}] {_first(column, texts)} = 1 to 9, or "" for no;'
        " where they belong to the names of the topics: levels = false"
    )


def _uncovered(column: Column, _: str, texts: Mapping[str, int]) -> Sentence:
    key = key_of(column.header)
    free = f'of free text write [options] {key} = {{ known = [the options], rest = "keep" }}, or "drop"'
    problem = f"{counted(len(texts), 'text')} beside the options"
    return problem, f"add what is an option to [options]; {free}"


def _answers(column: Column, source: str, texts: Mapping[str, int]) -> Sentence:
    about = f'[option_columns.{key_of(column.header)}] {quoted(source)} = "…"'
    problem = f"{counted(len(texts), 'text')} that can be no name, but an answer"
    remedy = f"say in a mapping what the column is about: {about}"
    numbers = [text for text in texts if text.isdecimal()]
    if numbers and not column.private:
        code = f'[values.{key_of(column.header)}] {quoted(numbers[0])} = "…"'
        remedy = f"{remedy}; where it is the code of an option, what it means: {code}"
    return problem, f"{remedy}; a name like that stands in double quotes"


def _nothing(column: Column, _: str, texts: Mapping[str, int]) -> Sentence:
    problem = f"{counted(len(texts), 'text')} that can be no name"
    line = f"[values.{key_of(column.header)}] {_key(column, texts)}"
    return problem, f'leave the cell empty, or say in a mapping that it is: {line} = ""'


def _everything(column: Column, _: str, texts: Mapping[str, int]) -> Sentence:
    some = counted(len(texts), "text")
    means = "means" if len(texts) == 1 else "mean"
    line = f'[values.{key_of(column.header)}] {_key(column, texts)} = "…; …"'
    return (
        f"{some} that {means} whatever there is",
        f'say in a mapping which: {line}, or "" for none',
    )


def _key(column: Column, texts: Mapping[str, int]) -> str:
    return toml_text("…" if column.private else next(iter(texts)))


def _first(column: Column, texts: Mapping[str, int]) -> str:
    return quoted("…" if column.private else next(iter(texts)))


_SENTENCES: dict[str, Callable[[Column, str, Mapping[str, int]], Sentence]] = {
    UNSCALED: _unscaled,
    GRADED: _graded,
    UNCOVERED: _uncovered,
    ANSWER: _answers,
    NOTHING: _nothing,
    EVERYTHING: _everything,
}
