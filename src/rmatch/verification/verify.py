"""Independent checking of an answer: by the published formulas and by its certificates, without the solver."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rmatch.errors import Fault, RmatchError, VerificationError
from rmatch.rounds import Outcome
from rmatch.utils.text import counted
from rmatch.utils.validation import a_kind, refuse
from rmatch.verification import pairs
from rmatch.verification.inputs import Inputs
from rmatch.verification.optimality import doubts
from rmatch.verification.reasons import everybody
from rmatch.verification.well_formed import malformed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.people import People, Requests
    from rmatch.programme import Programme


@dataclass(frozen=True, slots=True)
class Verified:
    """What was checked of a matching that passed.

    Attributes
    ----------
    pairs, total : int
        The number of pairs and their points, recomputed.
    people : int
        How many people were found to have a partner or a reason.
    checks : tuple of str
        What holds.
    believed : tuple of str
        Which of "people", "programme" and "requests" were taken from the result, because they were not given.
    """

    pairs: int
    total: int
    people: int
    checks: tuple[str, ...]
    believed: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the verdict in words."""
        pairs, checks = counted(self.pairs, "pair"), ", ".join(self.checks)
        by = f" (by the {_listed(self.believed)} inside the result)" if self.believed else ""
        return f"{pairs} with {self.total:,} points verified{by}: {checks}"


def verify(
    matching: Outcome,
    people: People | None = None,
    programme: Programme | None = None,
    requests: Requests | None = None,
) -> Verified:
    """Check a matching without the solver.

    A matching is taken for a document from a stranger. Everything that it says is worked out anew from the people, the
    programme and the requests: that every pair keeps every rule (or is a lock with its written reason), that nobody has
    more partners than places or fewer than the minimum, that all locks are kept and no pair is there twice, that the
    points of every pair and the total are what the published formulas say, and that everybody without a partner is
    listed with the reason. That nothing is better, or nothing beyond the bound of a run that was stopped, is checked by
    the prices of the certificates against all pairs; where places were decided in a step of their own, nothing better
    for the people who hold them. What is vouched for, field by field, and what is not: :doc:`/explanation/what-is-proved`.

    Parameters
    ----------
    matching : Matching or Outcome
        What :func:`rmatch.match` returned, or what somebody made of it.
    people : People, optional
        Everybody. Without them those inside the matching are believed, and then it may be a true answer to another question
        than yours. The same holds for the other two.
    programme : Programme, optional
        What the organiser chose.
    requests : Requests, optional
        Locks, exclusions, previous pairs, wishes.

    Returns
    -------
    Verified
        What was checked.

    Raises
    ------
    VerificationError
        With everything that does not hold.
    InvalidInputError
        For anything that is no matching of people, and for people, programme and requests that do not fit each other.

    Examples
    --------
    >>> import rmatch
    >>> people = rmatch.datasets.example()
    >>> matching = rmatch.match(people)
    >>> verified = rmatch.verify(matching, people)
    >>> verified.checks
    ('rules', ..., 'optimal for the place-holders, who were chosen without protected attributes')
    >>> verified.believed
    ('programme', 'requests')
    """
    refuse(_kind_faults(matching))
    try:
        return _verified(matching, Inputs.of(matching, people, programme, requests))
    except RmatchError:
        raise
    except Exception as error:
        # Whatever a document of somebody else's makes this stumble over, it is not what it claims to be.
        message = f"it cannot be read: {type(error).__name__} at one of its fields"
        raise VerificationError([message]) from error


def _verified(matching: Outcome, inputs: Inputs) -> Verified:
    facts = inputs.facts
    _raise(malformed(matching, inputs.programme, inputs.pairs.shape))
    _raise(pairs.strangers(facts, matching))
    # The same pairs and steps on one's own people, with nothing that was kept from an earlier question.
    anew = replace(matching, scores=inputs.scores)
    checks = {
        "rules": pairs.rules(facts, matching),
        "capacities": pairs.capacities(facts, matching),
        "minimums": pairs.minimums(facts, matching),
        "locks": pairs.locks(facts, matching),
        "points": pairs.points(inputs, matching),
        "total": pairs.total(inputs, matching),
        "everybody accounted for": everybody(facts, matching, anew),
        _claim(anew): doubts(inputs, matching),
    }
    found = {name: list(check) for name, check in checks.items()}
    _raise(failure for failures in found.values() for failure in failures)
    return Verified(
        len(matching.pairs), matching.total, len(facts.person), tuple(checks), inputs.believed
    )


def _raise(failures: Iterator[str]) -> None:
    """Raise with all failures, if there are any."""
    found = tuple(failures)
    if found:
        raise VerificationError(found)


def _kind_faults(given: object) -> Iterator[Fault]:
    if not isinstance(given, Outcome):
        problem = f"{a_kind(given)} is no matching of people"
        yield Fault("verify", "matching", problem, "give what rmatch.match returned")


def _listed(names: tuple[str, ...]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _claim(matching: Outcome) -> str:
    """Return what the last check is about: under quotas, optimality is the word of the linear programme alone."""
    if matching.programme.quotas:
        return "quotas"
    claim = "optimal" if matching.proved else f"at most {matching.bound:,} possible"
    # A total is about the people of the last step; that others were not better there was never asked.
    holders = " for the place-holders, who were chosen without protected attributes"
    return f"{claim}{holders * (len(matching.steps) > 1)}"
