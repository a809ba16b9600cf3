"""The lines of a mapping about who takes part as what, and about consent."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import accumulate
from math import ceil, floor
from statistics import quantiles
from typing import TYPE_CHECKING

from rmatch.cli.guess.evidence import evidence
from rmatch.cli.guess.questions import wishes_as
from rmatch.cli.guess.toml import key_text, listed, quoted
from rmatch.cli.guess.vocabulary import is_number
from rmatch.io import PREFIXES, number_of, says_yes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.cli.guess.guess import Guess

SIDES = ("mentor", "mentee")


def roles(guess: Guess) -> Iterator[str]:
    """Return the conditions that make people mentors and mentees."""
    if guess.flags:
        yield from _by_flags(guess)
    elif "role" in guess.columns:
        yield from _by_answers(guess) if guess.processing else ()
    else:
        yield from _to_fill_in(guess)


def _agreed(guess: Guess) -> Iterator[str]:
    """Return the lines of a condition by which only those take part who agreed to it."""
    for agreement in guess.processing:
        yield f"{quoted(agreement.header)} = {{ equals = {listed(agreement.yes)} }}"


def _by_flags(guess: Guess) -> Iterator[str]:
    for side, header in guess.flags.items():
        yes = [text for text in dict.fromkeys(guess.texts[header]) if says_yes(text)]
        yield f"[[roles.{side}]] # {sum(text in yes for text in guess.texts[header])} people"
        yield f"{quoted(header)} = {{ equals = {listed(yes)} }}"
        yield from _agreed(guess)


def _by_answers(guess: Guess) -> Iterator[str]:
    header = guess.columns["role"][0]
    said, sure = guess.said_roles()
    mark = "" if sure and "role" not in guess.doubts else "CHECK."
    for side in SIDES:
        answers = [text for text, role in said.items() if role in {side, "both"}]
        count = sum(text in answers for text in guess.texts[header])
        if answers:
            yield f"[[roles.{mark}{side}]] # {count} people say so"
            yield f"{quoted(header)} = {{ equals = {listed(answers)} }}"
            yield from _agreed(guess)


def _to_fill_in(guess: Guess) -> Iterator[str]:
    yield "# FILL IN: no column says who is a mentor (a junior, who teaches) or a mentee (a leader, who learns)."
    yield '# If the answers of a column say it, write under [columns]: role = "…". If grades, years or others do, say which:'
    yield "# A person plays a role if all conditions of one of its tables hold: at_least, at_most, equals, not_equals,"
    yield "# contains, not_contains. One suggestion:"
    if guess.years() and not guess.grades[1]:
        yield "# (They compare the cells as they stand: years in words must become numbers in the table first.)"
    mentor, mentee = _thresholds(guess)
    yield from ("#[[roles.mentor]]", f"#{mentor}", "#[[roles.mentee]]", f"#{mentee}")


def _thresholds(guess: Guess) -> tuple[str, str]:
    grades, ordered = guess.grades
    years = [number_of(text) for text in guess.known("years") if is_number(text)]
    if ordered and len(grades) > 1:
        key = key_text(guess.columns["level"][0])
        low, high = grades[: len(grades) // 2], _highest(guess)
        return f"{key} = {{ equals = {listed(low)} }}", f"{key} = {{ equals = {listed(high)} }}"
    if len(years) > 1:
        key, (few, many) = (
            key_text(guess.columns["years"][0]),
            quantiles(years, n=3, method="inclusive"),
        )
        return f"{key} = {{ at_most = {floor(few)} }}", f"{key} = {{ at_least = {ceil(many)} }}"
    return '"a column" = { equals = "…" }', '"a column" = { equals = "…" }'


def _highest(guess: Guess) -> list[str]:
    """Return the highest grades that a quarter of the people have, at most half of the grades."""
    grades, held = guess.grades[0], Counter(guess.known("level"))
    shares = accumulate(held[grade] for grade in reversed(grades))
    needed = next(
        number
        for number, share in enumerate(shares, 1)
        if 4 * share >= sum(held[each] for each in grades)
    )
    return grades[-min(needed, len(grades) // 2) :]


def wishes(guess: Guess) -> Iterator[str]:
    """Return the columns in which people name others."""
    named: dict[str, list[str]] = defaultdict(list)
    for header in guess.left:
        if (role := wishes_as(header)) and any(guess.texts[header]):
            named[role].append(header)
    if named:
        yield "[wishes] # whom people would like to meet, by the role in which they wish"
    for role, headers in named.items():
        told = evidence("manager_id", headers[0], guess.texts[headers[0]])
        yield f"CHECK.{role} = {listed(headers)} # do the cells hold ids, addresses or names? {told}"


def consent(guess: Guess) -> Iterator[str]:
    """Return what is to be decided about answers to demographic questions for which nobody agreed.

    Parameters
    ----------
    guess : Guess
        What was found.

    Yields
    ------
    str
        A line of the mapping.
    """
    exact = [name.removeprefix(PREFIXES[0]) for name in guess.exact]
    given = {name for agreement in guess.agreements for name in agreement.dimensions}
    asked = [name for name in [*guess.dimensions, *exact] if name not in given]
    if not asked or any(name.startswith("consent:") for name in guess.columns):
        return
    yield "# DECIDE: answers to demographic questions are not read unless people agreed to their use, for matching, for"
    yield "# reports or for both. If all of them did, say so here and say how you know. If each decided alone, give the"
    yield f"# table a column {quoted(f'consent:{asked[0]}')} with match, report, match; report or nothing in its cells."
    yield from ("#[consent]", '#all = "match; report"', '#reason = "…"')


def undecided(guess: Guess) -> Iterator[str]:
    """Return the questions for an agreement of which it is not clear what follows from them."""
    unclear = [each for each in guess.agreements if not each.dimensions and each.doubt]
    if unclear:
        yield "[CHECK] # what follows from these? Who must agree to take part: add them to [[roles]]. Then take the line away."
    for each in unclear:
        yield f"{quoted(each.header)} = {quoted(each.doubt)}"
