"""The formulas and the words of criteria and rules of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real
from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault, InvalidInputError
from rmatch.formulas.line import Line
from rmatch.utils.names import name_of
from rmatch.utils.own import asked
from rmatch.utils.points import MOST
from rmatch.utils.validation import is_true_or_false

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.formulas.facts import Facts


@dataclass(frozen=True)
class OwnPoints:
    """The formula of a criterion of one's own: one line for any pair.

    Attributes
    ----------
    facts : Facts
        The people and the programme.
    criterion : Criterion
        The criterion.
    most : int
        What a share of 1 is worth; not used without a weight.
    """

    facts: Facts
    criterion: Any
    most: int

    def points(self, mentor: str, mentee: str) -> int:
        """Return the points of a pair."""
        return self._worth(self._value(mentor, mentee), mentor, mentee)

    def lines(self, mentor: str, mentee: str) -> Iterator[Line]:
        """Go through the same points, and why.

        Yields
        ------
        Line
            The only one.
        """
        criterion, value = self.criterion, self._value(mentor, mentee)
        worth = self._worth(value, mentor, mentee)
        two = self.facts.seen(mentor, mentee, protected=False)
        words = asked(self._where, criterion, "words", *two, value, of=_named(mentor, mentee))
        sentence = _sentence(self._where, words)
        yield Line(name_of(criterion), "", worth, sentence, protected=criterion.protected)

    @property
    def _where(self) -> str:
        return f"criterion {name_of(self.criterion)!r}"

    def _value(self, mentor: str, mentee: str) -> Any:
        two = self.facts.seen(mentor, mentee, protected=self.criterion.protected)
        return asked(self._where, self.criterion, "formula", *two, of=_named(mentor, mentee))

    def _worth(self, value: Any, mentor: str, mentee: str) -> int:
        pair = _named(mentor, mentee)
        return _worth(self._where, value, self.criterion.weight, self.most, pair)


def own_verdict(facts: Facts, rule: Any, mentor: str, mentee: str) -> str:
    """Return why a rule of one's own forbids a pair, in its own words; empty where it does not."""
    where, pair = f"rule {name_of(rule)!r}", _named(mentor, mentee)
    two = facts.seen(mentor, mentee, protected=rule.protected)
    verdict = asked(where, rule, "formula", *two, of=pair)
    if not is_true_or_false(verdict):
        problem = f"is not True or False for {pair}"
        raise _wrong(where, "formula", problem, "return a bool")
    if verdict:
        return ""
    two = facts.seen(mentor, mentee, protected=False)
    return _sentence(where, asked(where, rule, "words", *two, of=pair))


def _worth(where: str, value: Any, weight: float | None, most: int, pair: str) -> int:
    """Return the whole points of a value, rounded half to even as in blocks."""
    if not (
        isinstance(value, Real) or is_true_or_false(value)
    ):  # perhaps a private answer: not shown
        raise _wrong(where, "formula", f"is no number for {pair}", "return a number")
    exact = float(value)
    low, high = (0.0, 1.0) if weight is not None else (-MOST, MOST)
    if not low <= exact <= high:
        problem = f"{exact!r} for {pair} is out of range"
        raise _wrong(where, "formula", problem, f"return {low:g} to {high:g}")
    return round(exact * most if weight is not None else exact)


def _sentence(where: str, words: Any) -> str:
    if not isinstance(words, str) or not words.strip():
        raise _wrong(where, "words", "are no text", "say in a few words why")
    return words


def _named(mentor: str, mentee: str) -> str:
    return f"{mentor!r} with {mentee!r}"


def _wrong(where: str, field: str, problem: str, remedy: str) -> InvalidInputError:
    return InvalidInputError([Fault(where, field, problem, remedy)])
