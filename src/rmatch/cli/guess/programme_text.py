"""A programme in TOML: what a good pair is, with comments on what was guessed and what is to be decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmatch.cli.guess.synonyms import AGES
from rmatch.io import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.cli.guess.guess import Guess

from rmatch.cli.guess.guess import BANDS_FIRST
from rmatch.cli.guess.toml import document, key_text, listed, quoted

CRITERIA = {
    "expertise": (
        45,
        "what the leader wants to learn and the junior can teach",
        ("offers", "wants"),
    ),
    "experience_gap": (
        20,
        "far enough apart to see different things, near enough to talk",
        ("level years",),
    ),
    "diversity": (
        20,
        "different answers, as far as both released them for matching",
        ("dimension:",),
    ),
    "reach": (
        10,
        "another site or department, far away in the organisation chart",
        ("site department manager_id",),
    ),
    "growth": (
        5,
        "what the junior wants to learn and the leader can give in return",
        ("offers", "wants"),
    ),
    "logistics": (
        5,
        "a shared language, hours in common, a shared way to meet",
        ("languages hours meeting_modes",),
    ),
}
"""The criteria: weight, meaning, and the fields that each needs, one of those in the same text."""


def programme_text(guess: Guess, name: str) -> str:
    """Return the text of a programme.

    Parameters
    ----------
    guess : Guess
        What the columns are.
    name : str
        The file that they are in.

    Returns
    -------
    str
        TOML.
    """
    parts = [_criterion(guess, kind) for kind in CRITERIA]
    return document(
        "What a good pair is, and which pairs are allowed.",
        name,
        _levels(guess),
        *parts,
        _rules(guess),
    )


def _levels(guess: Guess) -> Iterator[str]:
    grades, how = guess.grades
    yield '#name = "Spring round"'
    if how:
        sure = guess.grades_agree
        yield f"# Is this the order, from the most junior to the most senior? Guessed {how}."
        yield f"{'' if sure else 'CHECK.'}levels = {listed(grades)}"
    elif grades:
        yield "# PUT INTO ORDER, from the most junior to the most senior; without it, years count."
        yield f"#levels = {listed(grades)}"
    for label, (meant, person) in guess.slips.items():
        yield f"# LEFT OUT: {quoted(label)}, which only {quoted(person)} has and may be a slip of {quoted(meant)}."
    if guess.numbered and guess.top_level > 5:
        yield f"topic_levels = {guess.top_level} # the top level of a topic"


def _criterion(guess: Guess, kind: str) -> Iterator[str]:
    weight, comment, needed = CRITERIA[kind]
    if kind == "diversity" and guess.exact and not guess.dimensions:
        yield from (
            f"# BANDS NEEDED for criteria.diversity: a column {BANDS_FIRST}",
            f"#[criteria.{kind}]",
            f"#weight = {weight}",
        )
        yield from _dimensions(guess)
    elif all(
        any(name.startswith(tuple(fields.split())) for name in guess.fields) for fields in needed
    ):
        yield from (f"[criteria.{kind}] # {comment}", f"weight = {weight}")
        yield from _dimensions(guess) if kind == "diversity" else ()
    else:
        yield f"# criteria.{kind}, {comment}: no columns for it were found"


def _dimensions(guess: Guess) -> Iterator[str]:
    for name in guess.dimensions:
        yield f"[criteria.diversity.dimensions.{key_text(name)}]"
        if name.startswith(AGES):
            yield '#order = ["under 30", "30 to 49", "50 and over"] # your answers: the further apart, the more points'
    for name in guess.exact:
        yield f"#[criteria.diversity.dimensions.{key_text(name.removeprefix(PREFIXES[0]))}] # once it holds bands"


def _rules(guess: Guess) -> Iterator[str]:
    yield "[rules.no_repeat] # nobody meets a partner of an earlier round again"
    if "years" in guess.fields or guess.grades[1]:
        yield "[rules.junior_mentor] # the mentor must be the junior one"
    else:
        yield "# rules.junior_mentor: without years, or levels in order, it would allow nobody"
    if "manager_id" in guess.fields:
        yield "[rules.reporting_chain] # nobody meets their own boss, or their boss's boss"
