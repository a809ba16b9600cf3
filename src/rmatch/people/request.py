"""One request about one pair."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from rmatch.errors import Fault, is_whole, nearest
from rmatch.utils.shown import Shown
from rmatch.utils.validation import seen, text, truth

RequestKind = Literal["lock", "exclude", "previous", "wish"]
REQUEST_KINDS: tuple[RequestKind, ...] = get_args(RequestKind)


@dataclass(frozen=True, slots=True)
class Request(Shown):
    """One request about one pair.

    Attributes
    ----------
    mentor, mentee : str
        The ids of the two.
    kind : {"lock", "exclude", "previous", "wish"}
        The pair must be made; must not be made, either way round; was made in an earlier round; is wished for.
    rank : int or None
        The rank of a wish, 1 for the first; `None` for a plain wish.
    override_reason : str
        Why a lock may break a rule; kept in the result. Without one such a lock is an error.
    left : bool
        Whether one of the two has left: only then an exclusion may name somebody who is not there, for their return.

    Examples
    --------
    >>> Request("E7", "D2", "wish", rank=1)
    Request(mentor='E7', mentee='D2', kind='wish', rank=1)
    """

    mentor: str
    mentee: str
    kind: RequestKind
    rank: int | None = None
    # The reason may say things about the two that are not for everybody who sees the pair.
    override_reason: str = field(default="", repr=False)
    left: bool = field(default=False, repr=False)

    def faults(self) -> Iterator[Fault]:
        """Go through what is wrong with it, whoever the people are.

        Yields
        ------
        Fault
            An unknown kind, what does not belong beside it, a person with themselves.
        """
        if _names_two(self):
            return
        if _names_two(self):
            return
        where = f"{self.kind} {self.mentor!r} → {self.mentee!r}"
        strange = [*text(where, "mentor", self.mentor), *text(where, "mentee", self.mentee)]
        strange += text(where, "override_reason", self.override_reason)
        if strange:
            yield from strange
            return
        if self.kind not in REQUEST_KINDS:
            yield Fault(
                where,
                "kind",
                f"{self.kind!r} is not a kind of request",
                nearest(self.kind, REQUEST_KINDS),
            )
        if self.rank is not None and (self.kind != "wish" or not is_whole(self.rank, 1)):
            yield Fault(
                where,
                "rank",
                seen(self.rank),
                "a wish may have a rank of 1 or more, nothing else has one",
            )
        if self.override_reason and self.kind != "lock":
            yield Fault(
                where,
                "override_reason",
                "stands beside something else than a lock",
                "only a lock overrides rules",
            )
        strange = truth(where, "left", self.left)
        yield from strange
        if not strange and self.left and self.kind != "exclude":
            problem = "stands beside something else than an exclusion"
            yield Fault(where, "left", problem, "only an exclusion waits for somebody's return")
        if self.mentor == self.mentee:
            yield Fault(where, "mentee", "is the mentor", "nobody is paired with themselves")


def _names_two(row: Any) -> bool:
    """Tell whether a row is of a known kind and names two people, with nothing else that could be wrong: most do."""
    ids = isinstance(row.mentor, str) and isinstance(row.mentee, str) and row.mentor != row.mentee
    plain = ids and row.rank is None and row.left is False
    unsaid = isinstance(row.override_reason, str) and not row.override_reason
    return plain and unsaid and row.kind in REQUEST_KINDS
