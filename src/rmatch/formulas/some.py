"""Whether a rule or criterion for some holds for a pair, one condition after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rmatch.people import Only
from rmatch.utils.labels import Labels, fold
from rmatch.utils.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rmatch.formulas.facts import Facts
    from rmatch.people import Condition


def holds(facts: Facts, item: Any, mentor: str, mentee: str) -> bool:
    """Tell whether a rule or criterion holds for a pair; one without conditions holds for all.

    Parameters
    ----------
    facts : Facts
        The people and the programme.
    item : Rule or Criterion
        The rule or criterion.
    mentor, mentee : str
        The ids of the two.

    Returns
    -------
    bool
        Whether both of the two meet the conditions on their side.
    """
    return not isinstance(item, Only) or (
        concerns(facts, item, mentor, "mentor") and concerns(facts, item, mentee, "mentee")
    )


def concerns(facts: Facts, item: Any, person: str, side: str) -> bool:
    """Tell whether a rule or criterion may hold for somebody in a role."""
    alternatives = getattr(item, side) if isinstance(item, Only) else ()
    if not alternatives:
        return True
    return any(all(_is_met(facts, each, person) for each in one) for one in alternatives)


def for_whom(sentence: str, item: Any) -> str:
    """Return a sentence about a rule or criterion, with for whom it holds, if not for everybody."""
    if not isinstance(item, Only):
        return sentence
    return Message("{sentence} (for {people})", sentence=sentence, people=item.words)


def goes_by_protected(facts: Facts, item: Any) -> bool:
    """Tell whether a protected attribute decides for whom a rule or criterion holds."""
    named = item.dimensions if isinstance(item, Only) else frozenset()
    return any(dimension not in facts.programme.unprotected for dimension in named)


def shares_apart(facts: Facts, items: Iterable[Any], mentor: str, mentee: str) -> frozenset[int]:
    """Return which criteria, by their position, take no share of the points from a pair: it is outside of them."""
    return frozenset(
        position
        for position, item in enumerate(items)
        if isinstance(item, Only) and item.takes_a_share and not holds(facts, item, mentor, mentee)
    )


def _is_met(facts: Facts, condition: Condition, person: str) -> bool:
    known, operands = _values(facts, condition.column, person), condition.operands
    if condition.operator in {"at_least", "at_most"}:
        return _in_order(facts, condition, person)
    if condition.column == "years":
        is_one = any(value == round(100 * operand) for value in known for operand in operands)
        return is_one == (condition.operator == "equals")
    told = [(value, fold(operand)) for value in known for operand in operands]
    if condition.operator.endswith("equals"):
        is_met = any(value == operand for value, operand in told)
    else:
        is_met = any(operand in value for value, operand in told)
    return not is_met if condition.operator.startswith("not_") else is_met


def _in_order(facts: Facts, condition: Condition, person: str) -> bool:
    by = {"years": "years", "level": "levels"}[condition.column]
    own, (bound,) = facts.seniority(person, by), condition.operands
    if own is None:
        return False
    levels = [fold(level) for level in facts.programme.levels]
    limit = 100 * levels.index(fold(bound)) if by == "levels" else round(100 * bound)
    return own >= limit if condition.operator == "at_least" else own <= limit


def _values(facts: Facts, column: str, person: str) -> tuple[Any, ...]:
    """Return what is known of a person in a column: folded words, or years in hundredths."""
    group, _, name = column.partition(":")
    if group == "dimension":
        return tuple(facts.answers(person, name))
    if column == "years":
        years = facts.seniority(person, "years")
        return () if years is None else (years,)
    if group == "extra":
        text = facts.people.extra[name][facts.row[person]] if name in facts.people.extra else None
    elif isinstance(getattr(facts.people, column), Labels):
        return tuple(facts.labels(person, column))
    else:
        text = facts.plain(person, column)
    return () if text is None else (fold(str(text)),)
