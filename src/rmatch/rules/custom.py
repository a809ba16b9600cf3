"""A rule of one's own, made of functions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from rmatch.people import People, Person
from rmatch.utils.names import OWN
from rmatch.utils.validation import function, refuse, seen, text, truth
from rmatch.utils.values import Value


@dataclass(frozen=True, slots=True, eq=False)
class CustomRule(Value):
    """A rule of one's own, made of functions.

    A :class:`Rule` for those who do without a class: the same members with the same meaning, and a name instead of a
    kind of its own. A programme does not take it without `formula` and `words`; a :class:`rmatch.criteria.Matrix` of bool
    brings its own.

    Attributes
    ----------
    name : str
        What reasons and errors call it.
    block : callable or Matrix
        Called with the mentors and the mentees as :class:`rmatch.People`; returns a matrix of bool, mentors × mentees,
        true where the two may meet. A cell may depend on its two people only.
    formula : callable
        Called with a mentor and a mentee as :class:`rmatch.Person`; tells whether they may meet, worked out apart from
        `block`: explanation and verification go by it.
    words : callable
        Called with the two where they may not meet; returns a few words why. It never sees protected dimensions.
    protected : bool
        Whether the rule goes by protected dimensions; only then do `block` and `formula` see them. Such a rule decides
        who gets a place, so the programme's `places` must say ``"with_protected"``.

    Examples
    --------
    >>> import numpy as np
    >>> CustomRule(
    ...     "another name",
    ...     block=lambda mentors, mentees: np.not_equal.outer(
    ...         np.array(mentors.name), np.array(mentees.name)
    ...     ),
    ...     formula=lambda mentor, mentee: mentor.name != mentee.name,
    ...     words=lambda mentor, mentee: "they have the same name",
    ... ).name
    'another name'
    """

    kind: ClassVar[str] = OWN

    name: str
    block: Callable[[People, People], Any]
    formula: Callable[[Person, Person], bool] | None = None
    words: Callable[[Person, Person], str] | None = None
    protected: bool = False

    def __post_init__(self) -> None:
        """Take the formula and the words of a matrix, and check the values."""
        where = f"rule {seen(self.name)}"
        faults = [*text(where, "name", self.name), *function(where, "block", self.block)]
        for method in ("formula", "words"):
            if getattr(self, method) is None:
                object.__setattr__(self, method, getattr(self.block, method, None))
            else:
                faults += function(where, method, getattr(self, method))
        refuse([*faults, *truth(where, "protected", self.protected)])
