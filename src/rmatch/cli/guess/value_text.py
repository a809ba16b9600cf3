"""The lines of a mapping about what cells mean: years and hours in words, zones of places, roles, grades."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmatch.cli.guess.cities import zone_of
from rmatch.cli.guess.days import hours_in
from rmatch.cli.guess.toml import key_text, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rmatch.cli.guess.guess import Guess


def values(guess: Guess) -> Iterator[Iterator[str]]:
    """Return the parts of a mapping that say what cells mean.

    Parameters
    ----------
    guess : Guess
        What was found.

    Yields
    ------
    Iterator of str
        The lines of a part.
    """
    yield _section("CHECK.years", "in numbers; an empty text means unknown", guess.years())
    yield _section("hours", "the times that the answers name", _hours(guess))
    yield _zones(guess)
    yield _roles(guess)
    yield _slips(guess)
    for agreement in guess.agreements:
        for name in agreement.dimensions:
            mark = "CHECK." if agreement.doubt else ""
            key = f"{mark}{key_text(f'consent:{name}')}"
            yield _section(key, "for what the answers may be used", agreement.meanings())


def _section(key: str, comment: str, meanings: Mapping[str, str]) -> Iterator[str]:
    if meanings:
        yield f"[values.{key}] # {comment}"
    yield from (f"{quoted(text)} = {quoted(meaning)}" for text, meaning in meanings.items())


def _hours(guess: Guess) -> Mapping[str, str]:
    return hours_in(guess.known("hours"))


def _zones(guess: Guess) -> Iterator[str]:
    if guess.zoned:
        yield "[values.time_zone] # a guess from the names of the places"
        for place in dict.fromkeys(guess.known("time_zone")):
            zone = zone_of(place)
            told = "" if zone else " # FILL IN"
            yield f"{'' if zone else '#'}{quoted(place)} = {quoted(zone or 'Europe/…')}{told}"


def _roles(guess: Guess) -> Iterator[str]:
    meanings, sure = guess.roles()
    if not meanings or guess.processing:
        return
    mark = "" if sure else "CHECK."
    yield f"[values.{mark}role] # whoever teaches, the junior, is the mentor; whoever learns, the leader, is the mentee"
    for text, meaning in meanings.items():
        yield (
            f"{quoted(text)} = {quoted(meaning)}"
            if meaning
            else f'#{quoted(text)} = "none" # FILL IN what it means'
        )


def _slips(guess: Guess) -> Iterator[str]:
    if guess.slips:
        yield "[values.level] # better corrected in the table: conditions see cells as they stand"
    for label, (meant, person) in guess.slips.items():
        yield f"#{quoted(label)} = {quoted(meant)} # CHECK: only {quoted(person)} has it"
