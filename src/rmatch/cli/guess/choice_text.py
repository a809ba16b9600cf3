"""The lines of a mapping about lists: their separators and options, option columns, ranks, scales, short names."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rmatch.cli.guess.choices import items_of, short_names, with_topics
from rmatch.cli.guess.evidence import evidence
from rmatch.cli.guess.families import how_well
from rmatch.cli.guess.headings import TOPICAL
from rmatch.cli.guess.scales import legends_of, levels_of, ranks_of
from rmatch.cli.guess.toml import key_text, listed, quoted, remark
from rmatch.io import SEPARATOR, Options, column_of, learned
from rmatch.utils.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rmatch.cli.guess.families import Family
    from rmatch.cli.guess.guess import Guess


def choices(guess: Guess) -> Iterator[Iterator[str]]:
    """Return the parts of a mapping that are about lists.

    Parameters
    ----------
    guess : Guess
        What was found.

    Yields
    ------
    Iterator of str
        The lines of a part.
    """
    topics = _topics(guess)
    short = short_names(topics)
    yield _separators(guess)
    yield _options(guess)
    yield _ranks(guess)
    yield from _option_columns(guess, topics, short)
    fields = [family.field for family in guess.families if not _is_ranked(family)]
    for field in dict.fromkeys(fields):
        yield _scale(guess, field)
    yield _levels_by(guess)
    yield _names(short)


def _levels_by(guess: Guess) -> Iterator[str]:
    """Suggest the column in which people say how well they know what they offer, if there is one."""
    how = [header for header in guess.left if how_well(header, guess.texts[header])]
    if len(how) == 1 and "offers" in guess.columns:
        told = evidence("offers", how[0], guess.texts[how[0]])
        turned, said = legends_of(how)
        yield "[levels_by] # how well people know what they offer"
        yield f"CHECK.offers = {quoted(how[0])} # {f'{said}; ' if said else ''}{told}"
        if turned and not any(family.field == "offers" for family in guess.families):
            yield f"[scales.CHECK.offers] # {said}"
            low, high = turned.ends
            for number in range(low, high + 1):
                yield f"{quoted(str(number))} = {turned.level(number) or quoted('')}"


def _topics(guess: Guess) -> list[str]:
    """Return every topic in the lists and ranked choices, as it is written there."""
    found: list[str] = []
    for name in TOPICAL:
        for header in guess.columns.get(name, ()):
            found += items_of(guess.texts[header])
    for family in guess.families:
        if _is_ranked(family):
            found += [text for header in family.columns for text in guess.texts[header] if text]
    return list(dict.fromkeys(found))


def _separators(guess: Guess) -> Iterator[str]:
    found = {name: guess.separator(name, headers) for name, headers in guess.columns.items()}
    odd = {name: separator for name, separator in found.items() if separator != SEPARATOR}
    if odd:
        yield "[separators] # what stands between the items of a cell, where it is not ;"
    yield from (f"{key_text(name)} = {quoted(separator)}" for name, separator in odd.items())


def _options(guess: Guess) -> Iterator[str]:
    lines = []
    for name, headers in guess.columns.items():
        column = column_of(name)
        if column is None or column.kind not in {"set", "levels", "priorities"}:
            continue
        cells = [text for header in headers for text in guess.texts[header]]
        told = learned(cells, guess.separator(name, headers), Options(learn=True))
        if told.options or told.doubtful:
            shown = "" if column.private else ": " + remark(", ".join(list(told.options)[:3]))
            hold = f"{counted(len(told.options), 'option')} with the separator inside{shown}"
            lines.append(f'{key_text(name)} = "learn" # {hold}')
    if lines:
        yield "[options] # what always stands together is one option"
    yield from lines


def _is_ranked(family: Family) -> bool:
    return "1" in family.columns.values() and family.field == "wants"


def _ranks(guess: Guess) -> Iterator[str]:
    ranked = [family for family in guess.families if _is_ranked(family)]
    if ranked:
        yield "[ranks] # the first choice first"
    for family in ranked[:1]:
        mark, why = ("CHECK.", f"{family.doubt}; ") if family.doubt else ("", "")
        first = next(iter(family.columns))
        told = evidence(family.field, first, guess.texts[first])
        yield f"{mark}{family.field} = {listed(list(family.columns))} # {why}first: {told}"
    for family in ranked[1:]:
        yield f"# not read: {listed(list(family.columns))[1:-1]}: ranked like another question"


def _option_columns(
    guess: Guess, topics: Sequence[str], short: dict[str, str]
) -> Iterator[Iterator[str]]:
    parts: dict[str, list[Family]] = defaultdict(list)
    for family in guess.families:
        if _is_ranked(family):
            continue
        heads = guess.columns.get(family.field, ())
        ticks = {header: guess.texts[header] for header in family.columns}
        rows = zip(*(guess.texts[each] for each in heads), strict=True)
        ticks[""] = [" ".join(texts) for texts in rows]
        for part in with_topics(family, topics, ticks):
            parts[f"{'CHECK.' if part.doubt else ''}{key_text(part.field)}"].append(part)
    for key, families in parts.items():
        yield _part(guess, key, families, short)


def _part(
    guess: Guess, key: str, families: Sequence[Family], short: dict[str, str]
) -> Iterator[str]:
    why = "; ".join(dict.fromkeys(family.doubt for family in families if family.doubt))
    yield f"[option_columns.{key}] # one column an option{f': {why}' if why else ''}"
    for family in families:
        for header, item in family.columns.items():
            told = evidence(family.field, header, guess.texts[header])
            meant = quoted(short.get(item, item)) if item else '{ text = "keep" }'
            yield f"{quoted(header)} = {meant} # {told}"


def _scale(guess: Guess, field: str) -> Iterator[str]:
    families = [each for each in guess.families if each.field == field and not _is_ranked(each)]
    items = {item.casefold() for family in families for item in family.columns.values()}
    columns = [guess.texts[header] for family in families for header in family.columns]
    texts = [text for cells in columns for text in cells]
    turned, said = legends_of(header for family in families for header in family.columns)
    ranks = ranks_of(zip(*columns, strict=True))
    levels = ranks or levels_of((text for text in texts if text.casefold() not in items), turned)
    if not levels:
        return
    why = "; 1 is the first choice, if these are ranks" if ranks else f"; {said}" if said else ""
    yield f'[scales.CHECK.{key_text(field)}] # the level of each answer; "" is not taught, not wanted{why}'
    for text, level in levels.items():
        yield f"{quoted(text)} = {level or quoted('')}"


def _names(short: dict[str, str]) -> Iterator[str]:
    if short:
        yield "[topics] # shorter names; here may stand synonyms and broader topics, too"
    yield from (f"{quoted(topic)} = {quoted(name)}" for topic, name in short.items())
