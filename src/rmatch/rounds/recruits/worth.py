"""What a matching is worth: pairs, points and covered wants, the first that differs decides, in one whole number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rmatch.utils.documents import Document

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rmatch.solve import Participation


@dataclass(frozen=True, slots=True)
class Worth(Document):
    """What a matching has, or what one has more than another.

    Attributes
    ----------
    pairs : int
        Pairs.
    points : int
        Points without those of protected attributes, summed over the pairs.
    covered : int
        Wants that the pairs teach beyond what the mentee knows already; where a topic counts each time, as often as it is
        taught.
    """

    pairs: int
    points: int
    covered: int

    def __add__(self, other: Worth) -> Worth:
        """Return both together."""
        return Worth(
            self.pairs + other.pairs, self.points + other.points, self.covered + other.covered
        )


@dataclass(frozen=True, slots=True)
class Scale:
    """Whole numbers of which the larger one belongs to the better matching.

    Before the covered wants come the points; before these the number of pairs, or after them where the programme says that
    pairs are made only for their points. Each is multiplied by more than twice what the next can differ by between two
    matchings, so that a difference tells all three.

    Attributes
    ----------
    participation : {"most", "best"}
        Whether the number of pairs comes first.
    second, third : int
        What one unit of the first is of the second, and of the second of the third; odd.

    Examples
    --------
    >>> scale = Scale.of("most", pairs=10, points=1000, covered=20)
    >>> whole = scale.whole(3, -250, 7)
    >>> scale.worth(whole), scale.worth(-whole)
    (Worth(pairs=3, points=-250, covered=7), Worth(pairs=-3, points=250, covered=-7))
    """

    participation: Participation
    second: int
    third: int

    @classmethod
    def of(cls, participation: Participation, *, pairs: int, points: int, covered: int) -> Scale:
        """Return the scale for matchings that differ by at most so much in the number, the points and the covered wants."""
        second = points if participation == "most" else pairs
        return cls(participation, 2 * second + 1, 2 * covered + 1)

    def whole(self, pairs: Any, points: Any, covered: Any) -> Any:
        """Return numbers or arrays of pairs, points and covered wants as one."""
        one, two = (pairs, points) if self.participation == "most" else (points, pairs)
        return (one * self.second + two) * self.third + covered

    def beside_pairs(self, points: NDArray[Any], covered: NDArray[Any]) -> NDArray[Any]:
        """Return the same of single pairs, whose number is not yet in it where it comes first."""
        whole: NDArray[Any] = self.whole(int(self.participation == "best"), points, covered)
        return whole

    def worth(self, whole: int) -> Worth:
        """Return what a whole number stands for."""
        rest, covered = _split(int(whole), self.third)
        one, two = _split(rest, self.second)
        pairs, points = (one, two) if self.participation == "most" else (two, one)
        return Worth(pairs, points, covered)


def _split(whole: int, size: int) -> tuple[int, int]:
    """Return the multiple of an odd number that is nearest, and what is left."""
    nearest = (whole + size // 2) // size
    return nearest, whole - nearest * size
