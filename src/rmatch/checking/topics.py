"""The topics of a programme, counted, and those that may be one topic in two spellings."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

from rmatch.people import People
from rmatch.utils.documents import Document
from rmatch.utils.labels import fold
from rmatch.utils.shown import Shown
from rmatch.utils.text import aligned, counted, cut, numeral

ALIKE = 0.8
"""How much two topics must look alike, from 0 to 1, to be shown as near spellings."""
LOOKED_AT = 2_000
"""Near spellings are looked for among so many topics, the most common ones."""
SHOWN = 20
WIDEST = 40
NEAR = "# Near spellings: take the # away where the two are one topic."
_BINS = 64
_WORD = re.compile(r"[^\W_]+|[+#]+")
_ROMAN = re.compile(r"[ivx]+")


@dataclass(frozen=True, slots=True)
class Topic(Shown):
    """One topic and how many people it concerns.

    Attributes
    ----------
    topic : str
        As it is spelt.
    offers, wants : int
        How many people offer it, and how many want it.
    """

    topic: str
    offers: int
    wants: int


@dataclass(frozen=True, slots=True)
class Merge(Shown):
    """Two topics that may be one.

    Attributes
    ----------
    topic, into : str
        The less common one, and the one that it may be.
    why : {"spelling", "near"}
        Whether they differ in case, accents, punctuation or plural only, or merely look alike.
    """

    topic: str
    into: str
    why: str


@dataclass(frozen=True, slots=True, repr=False)
class Topics(Document):
    """The topics of a programme; prints as a table and, where some may be one, as a block for a mapping.

    Lived topics are private, and not among them.

    Attributes
    ----------
    topics : tuple of Topic
        The most common first.
    merges : tuple of Merge
        Those that may be one, the surest first.
    """

    topics: tuple[Topic, ...]
    merges: tuple[Merge, ...]

    _besides = ("mapping",)

    @property
    def mapping(self) -> str:
        """The block ``[topics]`` that makes one topic of two, ready to paste; empty where there is nothing to merge."""
        sure = [merge for merge in self.merges if merge.why == "spelling"]
        near = [merge for merge in self.merges if merge.why == "near"]
        lines = [_assignment(merge) for merge in sure]
        if near:
            lines += [NEAR, *(f"# {_assignment(merge)}" for merge in near)]
        return "\n".join(["[topics]", *lines]) if lines else ""

    def __str__(self) -> str:
        """Return the most common topics, and the block."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        if not self.topics:
            return
        yield f"Topics: {len(self.topics)}"
        rows = [["topic", "offered", "wanted"]]
        rows += [
            [cut(each.topic, WIDEST), numeral(each.offers), numeral(each.wants)]
            for each in self.topics[:SHOWN]
        ]
        yield from aligned(rows, "  ", right=(1, 2))
        if len(self.topics) > SHOWN:
            yield f"  … and {len(self.topics) - SHOWN} more"
        if self.merges:
            yield f"{counted(len(self.merges), 'topic')} may be another one in another spelling; for the mapping:"
            yield from (f"  {line}" for line in self.mapping.splitlines())


def topics_of(people: People, lived: Iterable[str] = ()) -> Topics:
    """Count the topics of people, and find those that may be one.

    Parameters
    ----------
    people : People
        Whose topics.
    lived : iterable of str
        The programme's lived topics.

    Returns
    -------
    Topics
        The counts and the merges.

    Examples
    --------
    >>> import rmatch
    >>> wanted = ["Dashboards", "dashboard", "Module 7", "Module 8", "PostgreSQL", "Postgres"]
    >>> people = rmatch.read_people(
    ...     [
    ...         {"id": number, "role": "mentee", "wants": [topic]}
    ...         for number, topic in enumerate(wanted)
    ...     ]
    ...     + [{"id": "m", "role": "mentor", "offers": "Dashboards; PostgreSQL"}]
    ... )
    >>> print(topics_of(people).mapping)
    [topics]
    "dashboard" = "Dashboards"
    # Near spellings: take the # away where the two are one topic.
    # "Postgres" = "PostgreSQL"
    """
    hidden = {fold(topic) for topic in lived}
    private = set(people.lived_topics.codes.tolist())
    size = len(people.topics)
    offers = np.bincount(people.offers.codes, minlength=size).tolist()
    wants = np.bincount(people.wants.codes, minlength=size).tolist()
    found = [
        Topic(topic, offers[code], wants[code])
        for code, topic in enumerate(people.topics)
        if code not in private and fold(topic) not in hidden
    ]
    found.sort(key=lambda topic: (-topic.offers - topic.wants, fold(topic.topic)))
    names = [each.topic for each in found]
    return Topics(tuple(found), tuple(_merges(names)))


def _merges(topics: Sequence[str]) -> Iterator[Merge]:
    """Go through what may be one, given the topics from the most common to the least."""
    alike: dict[str, list[str]] = defaultdict(list)
    for topic in topics:
        alike[_plain(topic)].append(topic)
    for first, *others in alike.values():
        yield from (Merge(other, first, "spelling") for other in others)
    yield from _near({plain: group[0] for plain, group in alike.items()})


def _near(topics: dict[str, str]) -> Iterator[Merge]:
    """Go through topics that look like a more common one, which itself is not to be merged."""
    kept: dict[tuple[str, ...], _Rivals] = defaultdict(_Rivals)
    for plain in list(topics)[:LOOKED_AT]:
        # A slip in the very first letter is rare, and to compare all with all would take long.
        rivals = kept[plain[:1], *_told(topics[plain])]
        likest = rivals.likest(plain)
        if likest is not None:
            yield Merge(topics[plain], topics[likest], "near")
        else:
            rivals.add(plain)


class _Rivals:
    """Texts among which the one most like another is looked for, most of them by the number of their letters alone."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._matchers: list[SequenceMatcher[str]] = []
        self._letters = np.zeros((8, _BINS), np.int64)

    def add(self, plain: str) -> None:
        """Take one more."""
        if len(self._matchers) == len(self._letters):
            self._letters = np.concatenate([self._letters, np.zeros_like(self._letters)])
        self._letters[len(self._matchers)] = _letters(plain)
        self._texts.append(plain)
        # What it learns of its second text it keeps.
        self._matchers.append(SequenceMatcher(None, "", plain, autojunk=False))

    def likest(self, plain: str) -> str | None:
        """Return the first of those most like a text, if it is :data:`ALIKE` at least."""
        letters = self._letters[: len(self._matchers)]
        own = _letters(plain)
        common = np.minimum(letters, own).sum(axis=1)
        # No ratio is above this bound: it is that of the letters in the best order.
        bounds = 2 * common / np.maximum(letters.sum(axis=1) + own.sum(), 1)
        best, found = ALIKE, -1
        for rival in np.argsort(-bounds, kind="stable").tolist():
            if bounds[rival] < best:
                break
            matcher = self._matchers[rival]
            matcher.set_seq1(plain)
            ratio = matcher.ratio()
            if ratio > best or (ratio == best and (found < 0 or rival < found)):
                best, found = ratio, rival
        return self._texts[found] if found >= 0 else None


def _letters(plain: str) -> NDArray[np.int64]:
    """Return how often each letter stands in a text; rare ones share a place."""
    places = np.frombuffer(plain.encode("utf-32-le"), np.uint32) % _BINS
    return np.bincount(places, minlength=_BINS)


def _plain(topic: str) -> str:
    """Return a topic without case, accents, punctuation and plurals; empty text stays what it is."""
    words = [_singular(word) for word in _words(topic)]
    return "".join(words) or topic


def _words(topic: str) -> list[str]:
    bare = "".join(
        each
        for each in unicodedata.normalize("NFKD", topic.casefold())
        if not unicodedata.combining(each)
    )
    return _WORD.findall(bare)


def _told(topic: str) -> list[str]:
    """Return what tells topics apart however alike they look: numbers, Roman ones, single letters and signs."""
    return [
        word
        for word in _words(topic)
        if len(word) == 1
        or any(map(str.isdigit, word))
        or not word.isalnum()
        or _ROMAN.fullmatch(word)
    ]


def _singular(word: str) -> str:
    if len(word) <= 3 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word.removesuffix("s")


def _assignment(merge: Merge) -> str:
    one, other = (json.dumps(text, ensure_ascii=False) for text in (merge.topic, merge.into))
    return f"{one} = {other}"
