"""Whom the ids of another table mean: people of an earlier round, as a spreadsheet or a form has written them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from rmatch.utils.ids import LikelyIds, how, may_be_shown
from rmatch.utils.spelling import mailbox_of

Row = TypeVar("Row", bound=Any)
"""What names a mentor and a mentee, such as a request."""

HIDDEN = "(a name or an address)"
"""What stands in errors for a text that is no id, and may be private."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """Whom ids mean that nobody has.

    Attributes
    ----------
    meant : dict of str to str
        The one id that is meant.
    addressed : dict of str to str
        The id of the one who has an e-mail address.
    unsure : dict of str to list of str
        The ids that may be meant.
    gone : tuple of str
        What means nobody.
    """

    meant: dict[str, str]
    addressed: dict[str, str]
    unsure: dict[str, list[str]]
    gone: tuple[str, ...]

    @classmethod
    def of(
        cls, stated: Iterable[str], ids: Sequence[str], emails: Sequence[str | None]
    ) -> Recognised:
        """Recognise those of some ids that are not among the known ones.

        Parameters
        ----------
        stated : iterable of str
            The ids as another table has them.
        ids, emails : sequence of str
            Those of everybody who is known, in one order.

        Returns
        -------
        Recognised
            In the order in which they were stated.

        Examples
        --------
        >>> Recognised.of(["101", "9"], ["00101", "00102"], [None, None])
        Recognised(meant={'101': '00101'}, addressed={}, unsure={}, gone=('9',))
        """
        known = set(ids)
        strange = dict.fromkeys(one for one in stated if one not in known)
        if not strange:
            return cls({}, {}, {}, ())
        likely, owners = LikelyIds(ids), owners_of(ids, emails)
        meant = {one: found for one in strange if (found := likely.only(one)) is not None}
        addressed = {
            one: owners[mailbox_of(one)]
            for one in strange
            if one not in meant and mailbox_of(one) in owners
        }
        left = [one for one in strange if one not in meant and one not in addressed]
        unsure = {one: several for one in left if (several := likely.of(one))}
        return cls(meant, addressed, unsure, tuple(one for one in left if one not in unsure))

    @property
    def all_known(self) -> bool:
        """Whether every id is somebody's as it stands."""
        return not (self.meant or self.addressed or self.unsure or self.gone)

    @property
    def names(self) -> dict[str, str]:
        """The id of everybody who was recognised, by what was stated."""
        return self.addressed | self.meant

    def renamed(self, rows: Iterable[Row]) -> tuple[Row, ...]:
        """Return rows about two people each with whoever was recognised under their own id."""
        names = self.names
        return tuple(
            replace(
                row,
                mentor=names.get(row.mentor, row.mentor),
                mentee=names.get(row.mentee, row.mentee),
            )
            for row in rows
        )

    def notes(self, where: str) -> Iterator[str]:
        """Say what was repaired, and what only may be meant.

        Parameters
        ----------
        where : str
            What they are the ids of, such as ``"the earlier pairs"``.

        Yields
        ------
        str
            A sentence.
        """
        if self.meant:
            stated, known = next(iter(self.meant.items()))
            some = f"{_number(len(self.meant), 'id', 'ids')} of {where}"
            yield f"{some} read as the likely one: {stated!r} as {known!r} ({how(stated, known)})"
        for stated, known_ids in self.unsure.items():
            those = " or ".join(map(repr, known_ids))
            yield f"the id {stated!r} of {where} may be {those}: write it in full, or it means nobody"
        if count := len(self.gone):
            some = (
                f"{_number(count, 'person', 'people')} of {where} {'is' if count == 1 else 'are'}"
            )
            yield f"{some} nobody in the table, and may have left"
        if count := len(self.addressed):
            some = _number(count, "e-mail address", "e-mail addresses")
            yield f"{some} in {where} read as the ids of who has them"


def owners_of(ids: Sequence[str], texts: Sequence[str | None]) -> dict[str, str]:
    """Return the id by each address or name, without those that several people have."""
    counts = Counter(mailbox_of(text) for text in texts if text)
    own = ((mailbox_of(text), person) for person, text in zip(ids, texts, strict=True) if text)
    return {text: person for text, person in own if counts[text] == 1}


def said(person: str, known: Collection[str]) -> str:
    """Return an id as errors name it; a text that is nobody's id, and may be private, is not shown."""
    return repr(person) if person in known or may_be_shown(person, known) else HIDDEN


def _number(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}"
