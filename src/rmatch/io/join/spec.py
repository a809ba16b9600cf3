"""What a mapping says about tables of the same people, and about several rows of one person."""

from __future__ import annotations

from dataclasses import dataclass

KEEPS = ("left", "inner", "outer")
CHOICES = ("newest", "last", "first")


@dataclass(frozen=True, slots=True)
class Join:
    """How a further table is joined to those before it.

    Attributes
    ----------
    key : tuple of (str, str)
        The headers that say who somebody is: of the tables before, and of the further one.
    keep : {"left", "inner", "outer"}
        Whose rows stay: everybody of the tables before, who is in both, or everybody.
    """

    key: tuple[tuple[str, str], ...]
    keep: str = KEEPS[0]

    def by(self) -> str:
        """Return the key in words."""
        return " and ".join(one if one == other else f"{one} = {other}" for one, other in self.key)


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Which of several rows of one person counts.

    Attributes
    ----------
    keep : {"newest", "last", "first", ""}
        The choice; empty where there is none, and several rows are a fault.
    by : str
        The column with the time, for the newest.
    namesakes : frozenset of str
        Ids of people who are different from all others, although they have the name or address of another.
    distinct : bool
        Whether all who have the same name are different people.
    order : str
        What comes first in the dates of that column, if the mapping says so.
    """

    keep: str = ""
    by: str = ""
    namesakes: frozenset[str] = frozenset()
    distinct: bool = False
    order: str = ""

    def sentence(self) -> str:
        """Return the choice in words."""
        return f"the newest by {self.by} is kept" if self.by else f"the {self.keep} is kept"
