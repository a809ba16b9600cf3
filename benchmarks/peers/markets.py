"""Solvers of stable matchings as matchers of markets, mentors proposing.

What a solver has no means for is refused with `NotImplementedError`: mentors with several places, or mentees with none.
Equal gains are put into the order of the people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Pairs = list[tuple[int, int]]


def rmatch_stable(u: Any, w: Any, allowed: Any, rows: Any, columns: Any, seed: int) -> Any:
    """`rmatch.assign` with the objective stable."""
    import rmatch

    places = {"mentor_capacity": rows, "mentee_capacity": columns}
    return rmatch.assign(u + w, allowed=allowed, objective="stable", sides=(u, w), **places).pairs


def matching_residents(u: Any, w: Any, allowed: Any, rows: Any, columns: Any, seed: int) -> Pairs:
    """`HospitalResident` of the package matching."""
    from matching.games import HospitalResident

    residents, hospitals = _lists(u, w, allowed, rows, columns)
    if not residents:
        return []
    places = {name: int(columns[int(name[1:]) - 1]) for name in hospitals}
    solved = HospitalResident.create_from_dictionaries(residents, hospitals, places).solve(
        "resident"
    )
    return [
        _cell(resident.name, hospital.name)
        for hospital, accepted in solved.items()
        for resident in accepted
    ]


def algmatch_residents(u: Any, w: Any, allowed: Any, rows: Any, columns: Any, seed: int) -> Pairs:
    """`HospitalResidentsProblem` of the package algmatch."""
    from algmatch import HospitalResidentsProblem

    residents, hospitals = _lists(u, w, allowed, rows, columns)
    if not residents:
        return []
    numbered = {
        int(name[1:]): [int(other[1:]) for other in liked] for name, liked in residents.items()
    }
    offered = {
        int(name[1:]): {
            "capacity": int(columns[int(name[1:]) - 1]),
            "preferences": [int(other[1:]) for other in liked],
        }
        for name, liked in hospitals.items()
    }
    solved = HospitalResidentsProblem(
        dictionary={"residents": numbered, "hospitals": offered}
    ).get_stable_matching()
    if solved is None:
        message = "says that its own answer is not stable"
        raise RuntimeError(message)
    return [
        _cell(resident, hospital)
        for resident, hospital in solved["resident_sided"].items()
        if hospital
    ]


def _lists(
    u: NDArray[Any],
    w: NDArray[Any],
    allowed: NDArray[np.bool_],
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return whom everybody accepts, the best first, of those who have anybody to accept; numbered from 1."""
    if (rows != 1).any() or (columns < 1).any():
        message = "residents have one place, and hospitals one at least"
        raise NotImplementedError(message)
    residents = {
        f"r{i + 1}": [f"h{j + 1}" for j in _ranked(u[i], allowed[i])] for i in range(len(rows))
    }
    hospitals = {
        f"h{j + 1}": [f"r{i + 1}" for i in _ranked(w[:, j], allowed[:, j])]
        for j in range(len(columns))
    }
    there = [
        {name: liked for name, liked in side.items() if liked} for side in (residents, hospitals)
    ]
    return there[0], there[1]


def _ranked(gains: NDArray[Any], accepted: NDArray[np.bool_]) -> list[int]:
    order = np.argsort(-gains, kind="stable")
    ranked: list[int] = order[accepted[order]].tolist()
    return ranked


def _cell(resident: str, hospital: str) -> tuple[int, int]:
    return int(resident[1:]) - 1, int(hospital[1:]) - 1


MARKETS: dict[str, tuple[str, Callable[..., Any]]] = {
    "rmatch": ("rmatch", rmatch_stable),
    "matching": ("matching", matching_residents),
    "algmatch": ("algmatch", algmatch_residents),
}
"""Column heading, distribution and matcher."""
