"""One thing that gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rmatch.utils.documents import Document
from rmatch.utils.sides import Side

Kind = Literal[
    "capacities", "hours", "topics", "languages", "locks", "minimums", "min_points", "rules"
]


@dataclass(frozen=True, slots=True)
class Give(Document):
    """One thing that gives so that somebody gets a partner.

    Attributes
    ----------
    kind : str
        What it is in the catalogue.
    cost : int
        What it costs there.
    who : str
        Whom it concerns; of a lock the mentor; empty for what is given up for all.
    what : str
        The language, the topic or the rule; of a lock the mentee.
    role : {"mentor", "mentee", ""}
        In which role of the person, for capacities and minimums.
    """

    kind: Kind
    cost: int
    who: str = ""
    what: str = ""
    role: Side | Literal[""] = ""

    @property
    def sentence(self) -> str:
        """What gives, in plain words."""
        other = "mentee" if self.role == "mentor" else "mentor"
        words: dict[str, str] = {
            "capacities": f"{self.who} takes one more {other}",
            "hours": f"{self.who} can meet at any hour",
            "topics": f"{self.who} also wants to learn {self.what}",
            "languages": f"{self.who} also speaks {self.what}",
            "locks": f"the lock {self.who} → {self.what} is taken back",
            "minimums": f"{self.who} may get one {other} less than now",
            "min_points": "`min_points` is given up",
            "rules": f"the rule {self.what} is given up",
        }
        return words[self.kind]
