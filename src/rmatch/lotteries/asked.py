"""What a lottery has to keep to, read from its arguments with everything that is wrong with them."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rmatch.errors import Fault, InvalidInputError, nearest
from rmatch.lotteries.parity import BETWEEN, Parity, balance_of, by_protected
from rmatch.objectives import EXPECTED, compatibility_of, refused_by_lot
from rmatch.programme import group_terms
from rmatch.rounds import pair_by_pair
from rmatch.solve import (
    LARGEST_LOTTERY,
    LARGEST_WHOLE,
    fraction,
    read_cap,
    read_spread,
    size_fault,
    steps_of,
)
from rmatch.utils.sides import SIDES
from rmatch.utils.text import numeral

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    import numpy as np
    from numpy.typing import NDArray

    from rmatch.lotteries.parity import Alike
    from rmatch.rounds import Round
    from rmatch.scoring import Scores
    from rmatch.solve import Balance, Number

TRIPLE = "(one, other, within): two ids and a number"


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What a lottery has to keep to, checked.

    Attributes
    ----------
    limits : numpy.ndarray of int64
        The most units of each pair, mentors × mentees.
    steps : int
        The units of certainty.
    spread : Fraction, optional
        How fast a pair's points fall with its chance.
    parity : tuple of Parity
        Groups that may expect about the same.
    alike : tuple of tuple of str, str and number
        People between whom the total variation is bounded.
    """

    limits: NDArray[np.int64]
    steps: int
    spread: Fraction | None
    parity: tuple[Parity, ...]
    alike: tuple[Alike, ...]

    @classmethod
    def read(
        cls,
        scores: Scores,
        cap: object,
        spread: Number | None,
        parity: Sequence[Parity],
        alike: Sequence[Alike],
        grid: int | None,
    ) -> Asked:
        """Return what the arguments of :func:`rmatch.lottery` ask for, or one error with all that is wrong."""
        differs = _is_given(parity) or _is_given(alike)
        faults = [
            *_parity_faults(scores, parity),
            *_alike_faults(scores, alike),
            *_objective_faults(scores, spread),
            *_clash_faults(spread, differs=differs),
            *_size_faults(scores),
        ]
        bend = limits = None
        with _collected(faults):
            bend = None if spread is None else read_spread(spread)
        # What goes by way of floating-point numbers is rounded to steps in the end, and these have to be fine.
        floating = differs or compatibility_of(scores.programme.objective).gains_by_lot
        with _collected(faults):
            limits, steps = read_cap(cap, scores.shape, steps_of(grid, bend, floating=floating))
        if faults or limits is None:
            raise InvalidInputError(faults)
        return cls(limits, steps, bend, tuple(parity), tuple(alike))

    def balance(self, this_round: Round, *between: str) -> Balance | None:
        """Return the differences to be kept small while that is decided."""
        parity = [each for each in self.parity if each.between in between]
        if not (parity or self.alike):
            return None
        return balance_of(this_round.scores, parity, self.alike, this_round.locks)


@contextmanager
def _collected(faults: list[Fault]) -> Iterator[None]:
    """Add the faults of what is read to those that are known."""
    try:
        yield
    except InvalidInputError as error:
        faults += error.faults


def _is_given(differences: object) -> bool:
    """Tell whether there is anything in a list, or it is none."""
    if not isinstance(differences, list | tuple):
        return True
    return len(differences) > 0


def _objective_faults(scores: Scores, spread: object) -> Iterator[Fault]:
    objective, quotas = scores.programme.objective, scores.programme.quotas
    refused = refused_by_lot(objective)
    if "lottery" in refused:
        problem = f"{objective.kind!r} is not for lotteries: {refused['lottery']}"
        remedy = "take 'total' or leximin over people, or use rmatch.match"
        yield Fault("lottery", "objective", problem, remedy)
    if quotas:
        yield Fault("lottery", "quotas", EXPECTED, "leave them out, or use rmatch.match")
    for name in scores.programme.comes_first:
        problem = "nobody comes first in a lottery, which has chances only"
        yield Fault("lottery", name, problem, "leave it out, or use rmatch.match")
    yield from pair_by_pair(scores, "lottery")
    for name in group_terms(scores.programme):
        problem = "a lottery has chances of pairs, and none of groups"
        yield Fault("lottery", name, problem, "leave it out, or use rmatch.match")
    if "spread" in refused and spread is not None:
        problem = f"does not go with {objective.kind!r}: {refused['spread']}"
        yield Fault("lottery", "spread", problem, "leave it out")


def _clash_faults(spread: object, *, differs: bool) -> Iterator[Fault]:
    # A spread makes the goal quadratic, and differences are kept small by linear programmes alone.
    if differs and spread is not None:
        problem = "cannot go with `parity` or `alike`"
        yield Fault("lottery", "spread", problem, "leave out one of them")


def _size_faults(scores: Scores) -> Iterator[Fault]:
    rows, columns = scores.shape
    if rows * columns > LARGEST_LOTTERY:
        problem = f"{numeral(rows)} × {numeral(columns)} possible pairs are too many for a lottery"
        remedy = f"at most {numeral(LARGEST_LOTTERY)}: draw within parts of the organisation"
        yield Fault("lottery", "people", problem, remedy)
    elif compatibility_of(scores.programme.objective).gains_by_lot:
        fault = size_fault(scores.shape)
        if fault is not None:
            yield replace(fault, where="lottery", field="people")


def _parity_faults(scores: Scores, given: object) -> Iterator[Fault]:
    if not isinstance(given, list | tuple):
        remedy = "give a list of rmatch.lotteries.Parity"
        yield Fault("lottery", "parity", f"{given!r} is no list", remedy)
        return
    known = []
    for each in given:
        if not isinstance(each, Parity):
            remedy = "give such as Parity('gender', within='1/10')"
            yield Fault("parity", "", f"{each!r} is no Parity", remedy)
            continue
        yield from _field_faults(scores, each)
        if each.dimension in list(scores.cohort.people.dimensions):
            known.append(each)
    of_places = [each for each in known if each.between == "places"]
    guarded = scores.programme.places == "without_protected"
    if guarded and by_protected(scores, of_places):
        problem = "parity of places would let a protected dimension decide who gets one"
        remedy = "compare points, or say places='with_protected' and why"
        yield Fault("parity", "between", problem, remedy)


def _field_faults(scores: Scores, parity: Parity) -> Iterator[Fault]:
    # A list, because what is asked for may not be hashable.
    dimensions = list(scores.cohort.people.dimensions)
    if parity.dimension not in dimensions:
        hint = nearest(str(parity.dimension), dimensions)
        yield Fault("parity", "dimension", f"{parity.dimension!r} is unknown", hint)
    for name, choices in (("side", SIDES), ("between", BETWEEN)):
        value = getattr(parity, name)
        if value not in choices:
            yield Fault("parity", name, f"{value!r}", nearest(str(value), choices))
    yield from _within_faults("parity", parity.within)


def _alike_faults(scores: Scores, given: object) -> Iterator[Fault]:
    if not isinstance(given, list | tuple):
        yield Fault("lottery", "alike", f"{given!r} is no list", f"give a list of {TRIPLE}")
        return
    for each in given:
        match each:
            case [one, other, within]:
                yield from _two_faults(scores, one, other)
                yield from _within_faults("alike", within)
            case _:
                yield Fault("alike", "", f"{each!r}", f"give {TRIPLE}")


def _two_faults(scores: Scores, one: object, other: object) -> Iterator[Fault]:
    # Lists, because what is asked for may not be hashable.
    mentors, mentees = list(scores.mentors), list(scores.mentees)
    everybody = [*mentors, *mentees]
    unknown = [who for who in (one, other) if who not in everybody]
    for who in unknown:
        hint = nearest(str(who), everybody)
        remedy = hint if hint.startswith("did") else "give ids of two mentors or two mentees"
        yield Fault("alike", "", f"nobody has the id {who!r}", remedy)
    if unknown:
        return
    both_mentors = one in mentors and other in mentors
    both_mentees = one in mentees and other in mentees
    if one == other:
        yield Fault("alike", "", f"{one!r} is named twice", "name two people")
    elif not (both_mentors or both_mentees):
        problem = f"{one!r} and {other!r} do not play one role"
        yield Fault("alike", "", problem, "name two mentors or two mentees")


def _within_faults(where: str, within: object) -> Iterator[Fault]:
    value = fraction(within)
    if value is None or not 0 <= value <= LARGEST_WHOLE:
        yield Fault(
            where, "within", f"{within!r}", f"give a number from 0 to {numeral(LARGEST_WHOLE)}"
        )
