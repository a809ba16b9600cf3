"""Rules of one's own: whether they bring what is needed, and their verdicts on blocks of pairs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from rmatch.errors import Fault, InvalidInputError
from rmatch.people import Cohort, Only, People, bare
from rmatch.rules.built_in import BUILT_IN, BuiltIn
from rmatch.rules.custom import CustomRule
from rmatch.rules.rule import METHODS, Rule
from rmatch.utils.names import OWN, kind_faults, method_faults, name_of
from rmatch.utils.own import asked
from rmatch.utils.validation import truth

AnyRule: TypeAlias = BuiltIn | CustomRule | Rule | Only

ALWAYS = ("self", "exclude")
"""What verdicts on nobody-with-themselves and on exclusions are called."""


def rule_faults(rule: Any) -> Iterator[Fault]:
    """Go through what a rule of one's own lacks, or has wrong; a built-in one has checked itself.

    Examples
    --------
    >>> [fault.problem for fault in rule_faults(CustomRule("x", lambda mentors, mentees: []))]
    ["'x' has no formula and no words, so it can be neither explained nor verified"]
    """
    rule = bare(rule)
    if type(rule) in BUILT_IN.values():
        return
    if not (isinstance(rule, CustomRule) and rule.kind == OWN):
        wrong = kind_faults("rules", rule, BUILT_IN)
        if wrong:
            yield from wrong
            return
    yield from method_faults("rules", rule, METHODS)
    if name_of(rule) in ALWAYS:
        problem = f"{name_of(rule)!r} is the name of a rule that always holds"
        yield Fault("programme", "rules", problem, "call the own one something else")
    yield from truth(f"rule {name_of(rule)!r}", "protected", getattr(rule, "protected", None))


def allows(
    rule: AnyRule, cohort: Cohort, rows: NDArray[np.intp], columns: NDArray[np.intp]
) -> NDArray[np.bool_]:
    """Tell which of some mentors (rows) may meet which of some mentees (columns)."""
    if isinstance(rule, BuiltIn):
        return rule.allows(cohort, rows, columns)
    if isinstance(rule, Only):
        first, second = rule.inside(cohort, rows, columns)
        outside = ~(first[:, None] & second)
        return outside | allows(rule.item, cohort, rows, columns)
    people = cohort.matchable(protected=rule.protected)
    mentors, mentees = people.take(cohort.mentors[rows]), people.take(cohort.mentees[columns])
    return verdicts(rule, mentors, mentees)


def kinds_of(rule: AnyRule, cohort: Cohort) -> NDArray[np.int64] | None:
    """Return a number for each mentor; those with the same number may meet the same mentees.

    `None` for a rule that does not tell.
    """
    if not isinstance(rule, Only):
        return rule.alike(cohort) if hasattr(rule, "alike") else None
    kinds = kinds_of(rule.item, cohort)
    if kinds is None:
        return None
    # Mentors outside may meet everybody, whatever the rule says of them; 0 is for those alone.
    _, numbers = np.unique(kinds, return_inverse=True)
    mentors = cohort.members(rule.mentor)[cohort.mentors]
    return np.where(mentors, 1 + numbers.reshape(-1), 0).astype(np.int64)


def closed_pairs(rule: AnyRule, cohort: Cohort) -> NDArray[np.int64] | None:
    """Return row and column of the few pairs that may not meet, `None` for a rule that does not list them."""
    if not isinstance(rule, Only):
        return rule.closed(cohort) if hasattr(rule, "closed") else None
    pairs = closed_pairs(rule.item, cohort)
    if pairs is None:
        return None
    mentors = cohort.members(rule.mentor)[cohort.mentors[pairs[:, 0]]]
    mentees = cohort.members(rule.mentee)[cohort.mentees[pairs[:, 1]]]
    return pairs[mentors & mentees]


def verdicts(rule: CustomRule | Rule, mentors: People, mentees: People) -> NDArray[np.bool_]:
    """Return what the block of a rule of one's own says, checked.

    Parameters
    ----------
    rule : Rule
        The rule.
    mentors, mentees : People
        The two groups.

    Returns
    -------
    ndarray of bool, shape (mentors, mentees)
        Who may meet whom.

    Raises
    ------
    InvalidInputError
        If the function returns anything but a matrix of bool of that shape.
    """
    shape = len(mentors), len(mentees)
    if not all(shape):
        return np.zeros(shape, bool)
    where = f"rule {name_of(rule)!r}"
    returned = asked(where, rule, "block", mentors, mentees)
    try:
        block = np.asarray(returned)
    except ValueError:  # lines of different lengths
        block = np.array(returned, object)
    if block.shape != shape or block.dtype != bool:
        problem = f"returned {block.dtype} {block.shape}"
        remedy = f"return bool {shape}, mentors × mentees"
        raise InvalidInputError([Fault(where, "block", problem, remedy)])
    return block
