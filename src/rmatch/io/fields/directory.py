"""Finding a person by what a cell says of them: an id, an e-mail address, a name, or a name with an id."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from rmatch.io.join.keys import mailbox_in, mailboxes_in
from rmatch.io.names import likely_forms, shorter_forms, spellings_of, words_of
from rmatch.utils.ids import LikelyIds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    Places = dict[str, tuple[int, ...]]

WAYS = ("id", "email", "name", "name (id)")
SAID = {
    "id": "by id",
    "likely": "by an id in another form",
    "name (id)": "by an id beside the name",
    "email": "by e-mail address",
    "name": "by name",
    "address": "by the name in an e-mail address",
}
"""How people are found, as notes say it."""
_BRACKETED = re.compile(
    r"(?P<before>.*?)\s*[(\[<{]\s*(?P<inside>[^()\[\]<>{}]+?)\s*[)\]>}]\s*(?P<after>.*)"
)
_CODE_FIRST = re.compile(r"(?P<code>\S*\d\S*?)(?:\s*[-–|/,;:]\s*|\s+)(?P<name>\D+)")
_CODE_LAST = re.compile(r"(?P<name>\D+?)(?:\s*[-–|/,;:#]\s*|\s+)(?P<code>\S*\d\S*)")
_ADDRESS = re.compile(r"(?:mailto:)?([^@\s]+)@[^@\s]+")


@dataclass(frozen=True, slots=True)
class Found:
    """Who is meant.

    Attributes
    ----------
    people : tuple of int
        The positions of all who may be meant: none, one, or several of one name.
    how : str
        A key of `SAID`; empty where nobody is found.
    """

    people: tuple[int, ...] = ()
    how: str = ""

    @property
    def only(self) -> int | None:
        """The one who is meant, if it is one."""
        return self.people[0] if len(self.people) == 1 else None


class Directory:
    """Everybody, to be found by what cells say of them.

    Parameters
    ----------
    ids, names, emails : sequence of str or None
        One each, in the same order; names and addresses may be missing altogether.

    Examples
    --------
    >>> everybody = Directory(["101", "102"], ["Jana Novak", "Sam Okoye"], ["j@x.org", None])
    >>> everybody.find("Novak, Jana"), everybody.find("Sam Okoye (102)")
    (Found(people=(0,), how='name'), Found(people=(1,), how='name (id)'))
    >>> everybody.find("J@X.org"), everybody.find("Eve")
    (Found(people=(0,), how='email'), Found(people=(), how=''))
    """

    def __init__(
        self,
        ids: Sequence[str | None],
        names: Sequence[str | None] = (),
        emails: Sequence[str | None] = (),
    ) -> None:
        self._names, self._emails = names, emails
        self._place: dict[str, int] = {}
        for place, one in enumerate(ids):
            if one is not None:
                self._place.setdefault(one, place)

    def find(self, text: str, by: str = "") -> Found:
        """Return who is meant by a text.

        Parameters
        ----------
        text : str
            What the cell says.
        by : str
            One of `WAYS`, if only that one is to be tried.

        Returns
        -------
        Found
            The first way that finds anybody.
        """
        for way in (by,) if by else WAYS:
            for found in self._tried(text, way):
                if found.people:
                    return found
        return Found()

    def _tried(self, text: str, way: str) -> Iterator[Found]:
        if way == "id":
            yield from self._by_id(text)
        elif way == "email":
            yield Found(self._by_address.get(mailbox_in(text), ()), "email")
        elif way == "name":
            yield Found(self._called(text), "name")
            yield Found(self._by_name_in_address.get(words_of(text), ()), "address")
        else:
            for code, name in _codes(text):
                for one in self._by_id(code):
                    yield Found(self._with_namesakes(one.people, name), "name (id)")
                people = self._by_address.get(mailbox_in(code), ())
                yield Found(self._with_namesakes(people, name), "email")

    def _with_namesakes(self, people: tuple[int, ...], name: str) -> tuple[int, ...]:
        """Return those found by an id, and those whom the name beside it means if they are others."""
        others = self._called(name) if people else ()
        return people if set(people) & set(others) else people + others

    def _called(self, name: str) -> tuple[int, ...]:
        """Return those of a name, in whatever order and spelling."""
        found = [place for each in spellings_of(name) for place in self._by_name.get(each, ())]
        return tuple(sorted(set(found)))

    def likely(self, text: str) -> tuple[int, ...]:
        """Return who may be meant by a text that is no name of theirs: by some of its words, or by initials."""
        for form in likely_forms(text):
            if found := self._by_name.get(form) or self._by_shorter_name.get(form):
                return found
        return ()

    def _by_id(self, text: str) -> Iterator[Found]:
        if text in self._place:
            yield Found((self._place[text],), "id")
        elif (known := self._likely.only(text)) is not None:
            yield Found((self._place[known],), "likely")

    # Most tables call everybody by id: what is only needed otherwise is made when it is.
    @cached_property
    def _likely(self) -> LikelyIds:
        return LikelyIds(self._place)

    @cached_property
    def _by_address(self) -> Places:
        return _placed(self._emails, mailboxes_in)

    @cached_property
    def _by_name(self) -> Places:
        return _placed(self._names, spellings_of)

    @cached_property
    def _by_shorter_name(self) -> Places:
        return _placed(self._names, lambda name: shorter_forms(words_of(name)))

    @cached_property
    def _by_name_in_address(self) -> Places:
        return {} if self._by_name else _placed(self._emails, lambda text: [_name_in_address(text)])


def told(counts: Mapping[str, int]) -> str:
    """Return how many people were found in which way, as a part of a sentence.

    Examples
    --------
    >>> told({"name": 2, "id": 1})
    '1 by id, 2 by name'
    """
    return ", ".join(f"{counts[how]} {said}" for how, said in SAID.items() if counts.get(how))


def _codes(text: str) -> Iterator[tuple[str, str]]:
    """Go through what may be the id in a text that holds a name, too, each with the name."""
    if bracketed := _BRACKETED.fullmatch(text):
        inside, outside = bracketed["inside"], f"{bracketed['before']}{bracketed['after']}"
        yield inside, outside
        yield outside, inside
    for pattern in (_CODE_FIRST, _CODE_LAST):
        if beside := pattern.fullmatch(text):
            yield beside["code"].strip("()[]#:"), beside["name"]


def _name_in_address(text: str) -> str:
    local = _ADDRESS.fullmatch(text.strip().casefold())
    parts = re.split(r"[._]+", local[1]) if local else []
    return words_of(" ".join(parts)) if len(parts) > 1 and all(map(str.isalpha, parts)) else ""


def _placed(texts: Sequence[str | None], keys: Callable[[str], Iterable[str]]) -> Places:
    places: dict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        for own in filter(None, keys(text) if text else ()):
            places[own].append(place)
    return {own: tuple(found) for own, found in places.items()}
