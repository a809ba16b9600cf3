"""Holding a matcher to all laws at once, as a report or as pytest tests."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

from rmatch.errors import Fault
from rmatch.testing.instance import Participation
from rmatch.testing.laws import ALL, Form, Law, find, of_form
from rmatch.testing.laws.law import as_subject
from rmatch.testing.matcher import matcher_name
from rmatch.testing.report import Report, details
from rmatch.testing.trial import Trial, Verdict, examples, try_law
from rmatch.utils.validation import choice, function, instance, refuse, text


def check_matcher(
    fn: Callable[..., Any],
    *,
    form: Form = "matrix",
    participation: Participation = "most",
    laws: Collection[str] | None = None,
    expected_failures: Mapping[str, str] | None = None,
    profile: str | None = None,
) -> Report:
    """Hold a matcher to the laws and report which of them it breaks, each with a small counter-example.

    Parameters
    ----------
    fn : callable
        With ``form="matrix"``: ``fn(points, allowed, mentor_capacity, mentee_capacity, seed) -> pairs``, arrays in and
        (row, column) out, rows being mentors. Nothing is infeasible: people stay without a partner where it cannot be
        helped. With ``form="market"``: ``fn(mentor_points, mentee_points, allowed, mentor_capacity, mentee_capacity, seed)
        -> pairs``, a stable matching, the best one for the mentors, who propose. With ``form="people"``: ``fn(people,
        programme, requests, seed) -> pairs of ids``. With ``form="index"``: an inequality index, ``fn(values) -> float``. A
        case that a matcher is not made for it refuses with `NotImplementedError`.
    form : {"matrix", "market", "people", "index"}
        Which of these.
    participation : {"most", "best"}
        What a matcher of matrices promises: as many pairs as possible and then the best total, or the best total.
    laws : collection of str, optional
        Names of the laws to try; all that apply, if absent.
    expected_failures : mapping of str to str, optional
        Laws that the matcher is known to break, with the reason.
    profile : {"fast", "balanced", "expensive"}, optional
        100, 1,000 or 10,000 cases a law. Without it the environment variable ``RMATCH_HYPOTHESIS_PROFILE`` decides, or
        fast. The cases are the same every time.

    Returns
    -------
    Report
        Which law holds; prints as a table.

    Raises
    ------
    InvalidInputError
        For a law that does not exist or is of another form, an unknown profile, an expected failure without a reason, or
        another wrong argument.

    Examples
    --------
    A matcher that takes pairs of more points first is greedy, not optimal:

    >>> def greedy(points, allowed, mentor_capacity, mentee_capacity, seed):
    ...     pairs = []
    ...     for row, column in sorted(zip(*allowed.nonzero()), key=lambda pair: -points[pair]):
    ...         if mentor_capacity[row] > 0 and mentee_capacity[column] > 0:
    ...             mentor_capacity[row], mentee_capacity[column] = (
    ...                 mentor_capacity[row] - 1,
    ...                 mentee_capacity[column] - 1,
    ...             )
    ...             pairs.append((row, column))
    ...     return pairs
    >>> check_matcher(greedy, laws=["capacities", "optimal_total"])
    greedy: 1 holds, 1 FAILS
      capacities     holds, 100 cases
      optimal_total  FAILS
          ...
    """
    _check([fn], form, participation, profile)
    expected = expected_of(expected_failures, ALL)
    chosen = _chosen(laws, form, participation)
    subject = as_subject(fn, form, participation)
    cases = examples(profile)
    trials = [judged(try_law(law, subject, cases), expected.get(law.name)) for law in chosen]
    return Report(matcher_name(fn), tuple(trials))


def parametrize_with_laws(
    fn: Callable[..., Any] | Sequence[Callable[..., Any]],
    *,
    form: Form = "matrix",
    participation: Participation = "most",
    laws: Collection[str] | None = None,
    expected_failures: Mapping[str, str] | None = None,
    profile: str | None = None,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make one pytest test of each law: a decorator for a test function with the argument `check`.

    A law in `expected_failures` becomes a strict xfail with its reason.

    Parameters
    ----------
    fn : callable or sequence of callable
        The matcher, or several.
    form : {"matrix", "market", "people", "index"}
        As in :func:`check_matcher`.
    participation : {"most", "best"}
        As in :func:`check_matcher`.
    laws : collection of str, optional
        As in :func:`check_matcher`.
    expected_failures : mapping of str to str, optional
        As in :func:`check_matcher`.
    profile : {"fast", "balanced", "expensive"}, optional
        As in :func:`check_matcher`.

    Returns
    -------
    callable
        A mark of pytest, to be put above ``def test_laws(check): check()``.

    Raises
    ------
    InvalidInputError
        As :func:`check_matcher`.
    """
    import pytest

    fns = list(fn) if isinstance(fn, list | tuple) else [fn]
    _check(fns, form, participation, profile)
    expected = expected_of(expected_failures, ALL)
    cases = []
    for law in _chosen(laws, form, participation):
        reason = expected.get(law.name)
        marks = [] if reason is None else [pytest.mark.xfail(reason=reason, strict=True)]
        for each in fns:
            check = LawCheck(law, as_subject(each, form, participation), profile)
            cases.append(pytest.param(check, id=f"{matcher_name(each)}-{law.name}", marks=marks))
    return pytest.mark.parametrize("check", cases)


@dataclass(frozen=True, slots=True)
class LawCheck:
    """One law to be tried on one matcher, called without arguments.

    Attributes
    ----------
    law : Law
        The law.
    subject : Any
        What is tested.
    profile : str or None
        As in :func:`check_matcher`.
    """

    law: Law
    subject: Any
    profile: str | None

    def __call__(self) -> None:
        """Try the law; skip the test where it is not applicable."""
        import pytest

        trial = try_law(self.law, self.subject, examples(self.profile))
        if trial.verdict is Verdict.NOT_APPLICABLE:
            pytest.skip(f"{self.law.name}: the matcher refuses every case")
        if trial.verdict is Verdict.FAILS:
            statement = f"{self.law.name}: {self.law.statement}"
            raise AssertionError("\n".join([statement, *details(trial)]))


def _chosen(
    names: Collection[str] | None, form: Form, participation: Participation
) -> tuple[Law, ...]:
    if names is None:
        return tuple(law for law in of_form(form) if participation in law.participation)
    found = find(names)
    if not found:
        refuse([Fault("laws", "laws", "none is named", "name some, or leave it out for all")])
    others = [law for law in found if law.form != form]
    refuse(
        Fault(
            "laws",
            "name",
            f"{law.name!r} is no law of the form {form!r}",
            f"leave it out, or say form={others[0].form!r}",
        )
        for law in others
    )
    return found


def _check(fns: Sequence[Any], form: object, participation: object, profile: str | None) -> None:
    faults = [] if fns else [Fault("laws", "fn", "nothing is to be tested", "give a matcher")]
    for fn in fns:
        faults += function("laws", "fn", getattr(fn, "fn", fn))
    faults += choice("laws", "form", form, get_args(Form))
    faults += choice("laws", "participation", participation, get_args(Participation))
    refuse(faults)
    examples(profile)


def expected_of(failures: Mapping[str, str] | None, known: Collection[str]) -> Mapping[str, str]:
    """Return the failures that are expected, each of a known law and with a reason."""
    if failures is None:
        return {}
    remedy = "give a mapping of names to reasons"
    refuse(instance("laws", "expected_failures", failures, Mapping, remedy))
    faults = [fault for name in failures for fault in choice("laws", "name", name, known)]
    for name, reason in failures.items():
        if text("", "", reason) or not reason.strip():
            problem = f"{name!r} stands without a reason"
            faults.append(Fault("laws", "expected_failures", problem, "give a reason"))
    refuse(faults)
    return failures


def judged(trial: Trial, expected: str | None) -> Trial:
    """Return a trial as it counts beside what was expected of it."""
    if expected is None or trial.verdict is Verdict.NOT_APPLICABLE:
        return trial
    if trial.verdict is Verdict.FAILS:
        return replace(trial, verdict=Verdict.EXPECTED, reason=f"{expected}: {trial.reason}")
    return replace(trial, verdict=Verdict.UNEXPECTED, reason=expected)
