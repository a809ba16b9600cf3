"""One thing that gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rmatch.utils.documents import Document
from rmatch.utils.messages import Message
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
        return self.words(self.who)

    def words(self, called: str) -> Message:
        """Say what gives, with what the person is called.

        Parameters
        ----------
        called : str
            The id or the name of whom it concerns.

        Returns
        -------
        Message
            Part of a sentence.
        """
        match self.kind, self.role:
            case "capacities", "mentor":
                return Message("{who} takes one more mentee", who=called)
            case "capacities", _:
                return Message("{who} takes one more mentor", who=called)
            case "minimums", "mentor":
                return Message("{who} may get one mentee less than now", who=called)
            case "minimums", _:
                return Message("{who} may get one mentor less than now", who=called)
            case "hours", _:
                return Message("{who} can meet at any hour", who=called)
            case "topics", _:
                return Message("{who} also wants to learn {what}", who=called, what=self.what)
            case "languages", _:
                return Message("{who} also speaks {what}", who=called, what=self.what)
            case "locks", _:
                return Message("the lock {who} → {what} is taken back", who=called, what=self.what)
            case "min_points", _:
                return Message("`min_points` is given up")
            case _:
                return Message("the rule {what} is given up", what=self.what)
