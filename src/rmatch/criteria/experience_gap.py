"""How far apart two people are in experience."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from rmatch.criteria.table import Compared, Table, of_basis, paired
from rmatch.criteria.weights import check_criterion
from rmatch.errors import Fault
from rmatch.people import MEASURES, UNKNOWN, Cohort, Measure, measure
from rmatch.utils.validation import choice, number, seen

FULL = {"levels": (2.0, 5.0), "years": (8.0, 25.0)}
ZERO = {"levels": (0.0, 8.0), "years": (0.0, 40.0)}


@dataclass(frozen=True, slots=True)
class ExperienceGap:
    r"""Full points while the gap in experience is inside a band, fewer outside: bigger is not better.

    With `g` the mentee's level (its position in the programme's `levels`) or years less the mentor's, the band
    :math:`[f_0, f_1]` and the zeros :math:`[z_0, z_1]`, a pair gets of the criterion's `m` points

    .. math::

        \begin{cases}
        m & f_0 \le g \le f_1 \\
        \lfloor m\,(g - z_0) / (f_0 - z_0) \rfloor & z_0 < g < f_0 \\
        \lfloor m\,(z_1 - g) / (z_1 - f_1) \rfloor & f_1 < g < z_1 \\
        0 & \text{otherwise.}
        \end{cases}

    Where one of the two is unknown the pair gets the rounded mean over the pairs in which both are known.

    Attributes
    ----------
    weight : float
        How much the criterion matters beside the others.
    by : {"auto", "levels", "years"}
        What is compared; ``"auto"`` takes the levels where the programme has any.
    full : tuple of float
        The band :math:`(f_0, f_1)`; by default 2 to 5 levels, 8 to 25 years.
    zero : tuple of float
        The zeros :math:`(z_0, z_1)`; by default 0 and 8 levels, 0 and 40 years.

    Examples
    --------
    >>> ExperienceGap(20, by="years", full=(10, 20), zero=(0, 30))
    ExperienceGap(weight=20, by='years', full=(10, 20), zero=(0, 30))
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    kind: ClassVar[str] = "experience_gap"
    side: ClassVar[str] = "mentee"
    protected: ClassVar[bool] = False

    weight: float
    by: Measure = "auto"
    full: tuple[float, float] | None = None
    zero: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        """Check the values."""
        check_criterion(self, self._faults())

    def edges(self, levels: Sequence[str]) -> tuple[int, int, int, int]:
        """Return :math:`z_0, f_0, f_1, z_1` in hundredths of a level or year."""
        unit = measure(self.by, levels)
        (low, high), (start, end) = self.full or FULL[unit], self.zero or ZERO[unit]
        return round(100 * start), round(100 * low), round(100 * high), round(100 * end)

    def factors(self, cohort: Cohort, most: int) -> list[Table]:
        """Return the points for the people of a cohort, nothing without data."""
        own, basis = of_basis(cohort, partial(self._compared, most=most))
        return [paired(own, basis.mean)] if basis.known else []

    def _compared(self, cohort: Cohort, most: int) -> Compared:
        seniority = cohort.seniority(self.by)
        values, codes = np.unique(seniority, return_inverse=True)
        unknown = 0 if values.size and values[0] == UNKNOWN else -1
        known = np.where(values == UNKNOWN, 0, values)
        gaps = known[None, :] - known[:, None]
        points = _trapezoid(gaps, most, *self.edges(cohort.terms.levels))
        return Compared(codes[cohort.mentors], codes[cohort.mentees], points, unknown)

    def _faults(self) -> Iterator[Fault]:
        where, bands = "criteria.experience_gap", {"full": self.full, "zero": self.zero}
        strange = choice(where, "by", self.by, MEASURES)
        strange += [
            fault
            for name, band in bands.items()
            if band is not None
            for fault in _band_faults(where, name, band)
        ]
        if strange:
            yield from strange
            return
        for unit in ("levels", "years") if self.by == "auto" else (self.by,):
            (low, high), (start, end) = self.full or FULL[unit], self.zero or ZERO[unit]
            if not start <= low <= high <= end:
                yield Fault(
                    where,
                    "full, zero",
                    f"{(low, high)} is not inside {(start, end)} ({unit})",
                    "give zero[0] ≤ full[0] ≤ full[1] ≤ zero[1]",
                )


def _band_faults(where: str, name: str, band: object) -> list[Fault]:
    if not isinstance(band, Sequence) or isinstance(band, str) or len(band) != 2:
        return [Fault(where, name, f"{seen(band)} is not possible", "give two numbers")]
    return [fault for end in band for fault in number(where, name, end)]


def _trapezoid(
    gaps: NDArray[np.int64], most: int, start: int, low: int, high: int, end: int
) -> NDArray[np.int64]:
    rising = most * (gaps - start) // max(low - start, 1)
    falling = most * (end - gaps) // max(end - high, 1)
    points = np.where(gaps < low, rising, np.where(gaps > high, falling, most))
    points[(gaps < low) & (gaps <= start) | (gaps > high) & (gaps >= end)] = 0
    return points
