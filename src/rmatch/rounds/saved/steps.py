"""The steps of a matching in a saved round: written, and read back with their proofs."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.rounds.capacity import Places
from rmatch.rounds.precedence import Precedence
from rmatch.rounds.saved.groups import group_proof, read_groups
from rmatch.rounds.step import Step
from rmatch.solve import (
    Answer,
    Bottleneck,
    Certificate,
    FairSolution,
    GroupSolution,
    QuotaSolution,
    Rounded,
    Solution,
    TierProof,
)
from rmatch.utils.lazy import Later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from rmatch.programme import Programme
    from rmatch.rounds.saved import proofs, shape
else:
    # Both need pydantic, which most rounds never do.
    proofs = Later("rmatch.rounds.saved.proofs")
    shape = Later("rmatch.rounds.saved.shape")


def saved_step(step: Step) -> shape.SavedStep:
    """Return a step as a saved round has it."""
    places, solution = step.places, step.solution
    return shape.SavedStep(
        decides=step.decides,
        participation=step.participation,
        places=shape.SavedPlaces(
            places.mentor_capacity.tolist(),
            places.mentee_capacity.tolist(),
            places.mentor_minimum.tolist(),
            places.mentee_minimum.tolist(),
        ),
        route=solution.route,
        total=int(solution.total),
        pairs=[list(cell) for cell in step.cells],
        proof=_proof(solution),
        precedence=_precedence(step.precedence),
    )


def _precedence(first: Precedence | None) -> shape.SavedPrecedence | None:
    if first is None:
        return None
    return shape.SavedPrecedence(
        first.mentor_first.tolist(),
        first.mentee_first.tolist(),
        first.kept.tolist(),
        first.gain,
        first.point,
    )


def _proof(solution: Any) -> proofs.Proof:
    if isinstance(solution, Solution):
        return _prices(solution)
    if isinstance(solution, QuotaSolution):
        return proofs.Quotas("quotas", int(solution.bound), int(solution.most_pairs))
    if isinstance(solution, GroupSolution):
        return group_proof(solution, _aims(solution.aims))
    if solution.ceiling is not None:
        most = solution.ceiling
        cells = [list(cell) for cell in zip(most.rows.tolist(), most.cols.tolist(), strict=True)]
        up_to = None if solution.up_to == -inf else int(solution.up_to)
        settled = _tiers(solution), up_to, _cut(solution.bottleneck)
        return proofs.Stopped("stopped", int(most.total), cells, _prices(most), *settled)
    if solution.proofs:
        return proofs.Tiers("tiers", _tiers(solution))
    if (cut := _cut(solution.bottleneck)) is not None:
        return cut
    if solution.rounded is not None:
        table = solution.rounded
        both = table.points.tolist(), table.values.tolist()
        return proofs.Transformed("transformed", *both, table.unit, table.anchor, table.merged)
    return proofs.PairsAlone("pairs")


def _prices(solution: Solution) -> proofs.Prices:
    proof = solution.certificate
    assert proof is not None  # a total is proved by prices, whatever the route
    return proofs.Prices(
        "prices",
        solution.points.tolist(),
        proof.u.tolist(),
        proof.v.tolist(),
        int(proof.bonus),
        int(solution.bound),
        solution.proved,
    )


def _aims(first: Solution | None) -> proofs.Aims | None:
    return None if first is None else proofs.Aims(int(first.total), _prices(first))


def _tiers(solution: FairSolution) -> list[proofs.TierPotentials]:
    return [
        proofs.TierPotentials(int(each.value), each.rows.tolist(), each.columns.tolist())
        for each in solution.proofs
    ]


def _cut(cut: Bottleneck | None) -> proofs.Cut | None:
    if cut is None:
        return None
    sides = (np.flatnonzero(mask).tolist() for mask in (cut.rows, cut.columns))
    return proofs.Cut("cut", int(cut.value), *sides)


def read_step(saved: shape.SavedStep, programme: Programme) -> Step:
    """Return the step that a saved round has."""
    places = saved.places
    return Step(
        decides=saved.decides,
        protected=saved.decides == "pairs",
        participation=saved.participation,
        places=Places(
            _whole(places.mentor_capacity),
            _whole(places.mentee_capacity),
            _whole(places.mentor_minimum),
            _whole(places.mentee_minimum),
        ),
        solution=_solution(saved),
        objective=programme.objective,
        precedence=_read_precedence(saved.precedence),
    )


def _read_precedence(saved: shape.SavedPrecedence | None) -> Precedence | None:
    if saved is None:
        return None
    firsts = _whole(saved.mentor_first), _whole(saved.mentee_first)
    kept = np.array(saved.kept, np.int64).reshape(-1, 2)
    return Precedence(*firsts, kept, saved.gain, saved.point)


def _solution(saved: shape.SavedStep) -> Any:
    rows, columns = _both(saved.pairs)
    total, route, proof = saved.total, saved.route, saved.proof
    if isinstance(proof, proofs.Prices):
        return _priced(rows, columns, total, route, proof)
    if isinstance(proof, proofs.Quotas):
        return QuotaSolution(rows, columns, total, route, proof.bound, proof.most_pairs)  # type: ignore[arg-type]
    if isinstance(proof, proofs.Groups):
        aims = None
        if (first := proof.aims) is not None:
            aims = _priced(rows, columns, first.total, "flow", first.prices)
        return read_groups(rows, columns, total, proof, aims)
    kept: dict[str, Any] = {}
    if isinstance(proof, proofs.Stopped):
        most = *_both(proof.pairs), proof.total, "greedy", proof.prices
        kept["ceiling"] = _priced(*most)
        kept["up_to"] = -inf if proof.up_to is None else proof.up_to
    if isinstance(proof, proofs.Tiers | proofs.Stopped):
        kept["proofs"] = tuple(
            TierProof(each.value, _potentials(each.mentors), _potentials(each.mentees))
            for each in proof.tiers
        )
    cut = proof.cut if isinstance(proof, proofs.Stopped) else proof
    if isinstance(cut, proofs.Cut):
        sizes = len(saved.places.mentor_capacity) + 1, len(saved.places.mentee_capacity) + 1
        sides = zip((cut.mentors, cut.mentees), sizes, strict=True)
        kept["bottleneck"] = Bottleneck(cut.value, *(_mask(side, size) for side, size in sides))
    elif isinstance(proof, proofs.Transformed):
        table = _whole(proof.points), _whole(proof.values)
        kept["rounded"] = Rounded(*table, proof.unit, proof.anchor, proof.merged)
    return FairSolution(rows, columns, total, route, **kept)  # type: ignore[arg-type]


def _priced(
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
    total: int,
    route: str,
    proof: proofs.Prices,
) -> Solution:
    nobody = _whole([]), _whole([])
    answer = Answer(
        pairs=(rows, columns, _whole(proof.points)),
        certificate=Certificate(_whole(proof.mentors), _whole(proof.mentees), proof.bonus),
        bound=proof.bound,
        missed=nobody,
        firsts=total - sum(proof.points),
        proved=proof.proved,
    )
    return Solution(rows, columns, total, route, answer=answer)  # type: ignore[arg-type]


def _both(cells: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    rows, columns = np.array(cells, np.int64).reshape(-1, 2).T
    return rows.copy(), columns.copy()


def _whole(numbers: Sequence[int]) -> NDArray[np.int64]:
    return np.array(numbers, np.int64)


def _potentials(numbers: Sequence[int]) -> NDArray[np.int32]:
    return np.array(numbers, np.int32)


def _mask(positions: Sequence[int], size: int) -> NDArray[np.bool_]:
    mask = np.zeros(size, bool)
    mask[list(positions)] = True
    return mask
