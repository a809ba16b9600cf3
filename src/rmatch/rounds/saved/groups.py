"""The proofs of groups in a saved round: written, and read back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rmatch.solve import Ceiling, GroupCase, GroupPrices, GroupProof, GroupSolution, Solution
from rmatch.utils.lazy import Later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from rmatch.rounds.saved import proofs
else:
    proofs = Later("rmatch.rounds.saved.proofs")  # pydantic, which most rounds never need


def group_proof(solution: GroupSolution, aims: proofs.Aims | None) -> proofs.Groups:
    """Return what proves groups, as a saved round has it, beside what proves that none do more for what comes first."""
    return proofs.Groups(
        "groups",
        int(solution.bound),
        None if solution.most_pairs is None else int(solution.most_pairs),
        _bound(solution.points_proof),
        None if solution.pairs_proof is None else _bound(solution.pairs_proof),
        aims,
        None
        if (most := solution.ceiling) is None
        else proofs.Ceiling(most.bound, _bound(most.proof)),
    )


def read_groups(
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
    total: int,
    proof: proofs.Groups,
    aims: Solution | None,
) -> GroupSolution:
    """Return the groups that a saved round has, with what proves them."""
    most = proof.ceiling
    return GroupSolution(
        rows,
        columns,
        total=total,
        bound=proof.bound,
        most_pairs=proof.most_pairs,
        points_proof=_read_bound(proof.by_points),
        pairs_proof=None if proof.by_pairs is None else _read_bound(proof.by_pairs),
        aims=aims,
        ceiling=None if most is None else Ceiling(most.bound, _read_bound(most.proof)),
    )


def _bound(proof: GroupProof) -> proofs.GroupBound:
    first = proofs.MentorPrices(proof.prices.mentors.tolist(), int(proof.prices.bonus))
    cases = [
        proofs.PricedCase(
            case.prices.mentors.tolist(),
            int(case.prices.bonus),
            None if case.pair is None else list(case.pair),
        )
        for case in proof.cases
    ]
    return proofs.GroupBound(first, cases)


def _read_bound(saved: proofs.GroupBound) -> GroupProof:
    cases = tuple(
        GroupCase(
            _prices(case.mentors, case.bonus),
            None if case.pair is None else (case.pair[0], case.pair[1]),
        )
        for case in saved.cases
    )
    return GroupProof(_prices(saved.prices.mentors, saved.prices.bonus), cases)


def _prices(mentors: Sequence[int], bonus: int) -> GroupPrices:
    return GroupPrices(np.array(mentors, np.int64), bonus)
