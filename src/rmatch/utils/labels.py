"""Sets of labels, one set a person: topics, languages, answers.

Labels compare without case and spaces. A column of sets is kept coded: the labels once, the members as whole numbers.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, count, pairwise
from operator import methodcaller

import numpy as np
from numpy.typing import NDArray

from rmatch.utils.values import Value

LabelSet = Mapping[str, int] | Iterable[str]
_NUMBERS = methodcaller("values")


@lru_cache(maxsize=2**16)
def fold(label: str) -> str:
    """Return what two spellings of one label have in common: no case, no spaces.

    Examples
    --------
    >>> fold("Prompt  engineering") == fold("promptEngineering")
    True
    """
    return "".join(unicodedata.normalize("NFC", label).casefold().split())


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Labels(Value):
    """One set of labels for every person, with a whole number beside each label.

    Attributes
    ----------
    vocabulary : tuple of str
        The labels, sorted by their folded form; of several spellings the smallest is kept.
    starts : ndarray of int64, shape (people + 1,)
        Person `i` has the members ``codes[starts[i]:starts[i + 1]]``.
    codes : ndarray of int32
        Positions in `vocabulary`, ascending within a person.
    weights : ndarray of int32
        The number that stands beside each member (a level, a priority); 0 where none was given.
    """

    vocabulary: tuple[str, ...]
    starts: NDArray[np.int64]
    codes: NDArray[np.int32]
    weights: NDArray[np.int32]

    @classmethod
    def of(cls, sets: Sequence[LabelSet], vocabulary: Sequence[str] | None = None) -> Labels:
        """Code a sequence of sets.

        Parameters
        ----------
        sets : sequence of mapping or iterable of str
            The labels of each person; a mapping gives each label its number.
        vocabulary : sequence of str, optional
            Labels shared with other columns; without it, the labels of `sets`.

        Returns
        -------
        Labels
            The same sets, coded.

        Examples
        --------
        >>> Labels.of([{"Python": 3, "AI": 1}, ["python "], []])[1]
        {'Python': 0}
        """
        kinds, which = shared(list(sets))
        if vocabulary is None:
            vocabulary = spellings(kinds)
        position = {fold(label): code for code, label in enumerate(vocabulary)}
        return _coded(kinds, tuple(vocabulary), position).take(which)

    def __len__(self) -> int:
        """Return the number of people."""
        return len(self.starts) - 1

    def __repr__(self) -> str:
        """Return the size, without anybody's labels."""
        return f"<Labels: {len(self)} people, {len(self.vocabulary)} labels>"

    def __getitem__(self, row: int) -> dict[str, int]:
        """Return one person's labels and their numbers."""
        first, last = self.starts.item(row), self.starts.item(row + 1)
        if first == last:
            return {}
        labels = [self.vocabulary[code] for code in self.codes[first:last].tolist()]
        return dict(zip(labels, self.weights[first:last].tolist(), strict=True))

    def __iter__(self) -> Iterator[dict[str, int]]:
        """Go through everybody's labels and their numbers."""
        labels = [self.vocabulary[code] for code in self.codes.tolist()]
        members = list(zip(labels, self.weights.tolist(), strict=True))
        return (dict(members[first:last]) for first, last in pairwise(self.starts.tolist()))

    @property
    def counts(self) -> NDArray[np.int64]:
        """How many labels each person has."""
        return self.starts[1:] - self.starts[:-1]

    @property
    def rows(self) -> NDArray[np.int64]:
        """The person of each member."""
        return np.repeat(np.arange(len(self)), self.counts)

    def without(self, code: int) -> Labels:
        """Return the same sets without one label."""
        return self.keep(self.codes != code)

    def take(self, rows: NDArray[np.intp]) -> Labels:
        """Return the sets of some people, in the order asked for."""
        counts = self.counts[rows]
        starts = _starts(counts)
        # What stands at `starts` now stood at the old starts before: each person's members move by the difference.
        shift = self.starts[rows] - starts[:-1]
        members = np.repeat(shift, counts) + np.arange(starts[-1])
        return Labels(self.vocabulary, starts, self.codes[members], self.weights[members])

    def keep(self, members: NDArray[np.bool_]) -> Labels:
        """Return the sets without the members that are marked false."""
        counts = np.bincount(self.rows[members], minlength=len(self))
        codes, weights = self.codes[members], self.weights[members]
        return Labels(self.vocabulary, _starts(counts), codes, weights)

    def among(self, others: Labels) -> NDArray[np.bool_]:
        """Return which members the same people have in another column of the same vocabulary, too.

        Examples
        --------
        >>> offers, lived = [["AI"], ["AI", "Law"]], [["Law"], ["Law"]]
        >>> words = ["AI", "Law"]
        >>> Labels.of(offers, words).among(Labels.of(lived, words)).tolist()
        [False, False, True]
        """
        size = len(self.vocabulary)
        return np.isin(self.rows * size + self.codes, others.rows * size + others.codes)

    def compact(self) -> Labels:
        """Return the same sets with a vocabulary of the labels that occur, and no others."""
        used = np.unique(self.codes)
        vocabulary = tuple(self.vocabulary[code] for code in used.tolist())
        codes = np.searchsorted(used, self.codes).astype(np.int32)
        return Labels(vocabulary, self.starts, codes, self.weights)

    def distinct(self) -> tuple[list[frozenset[int]], NDArray[np.intp]]:
        """Return the different sets that occur, as codes, and which of them each person has."""
        members = self.codes.tobytes()  # ascending within a person: the same set is the same bytes
        ends = (self.starts * self.codes.itemsize).tolist()
        places: defaultdict[bytes, int] = defaultdict(count().__next__)
        which = [places[members[one:two]] for one, two in pairwise(ends)]
        sets = [frozenset(np.frombuffer(each, self.codes.dtype).tolist()) for each in places]
        return sets, np.array(which, np.intp)


def shared(sets: Sequence[LabelSet]) -> tuple[list[LabelSet], NDArray[np.intp]]:
    """Return the different objects among some sets, and which of them each is: many people share one set."""
    kinds = dict(zip(map(id, sets), sets, strict=True))
    places = dict(zip(kinds, range(len(kinds)), strict=True))
    which = np.fromiter(map(places.__getitem__, map(id, sets)), np.intp, len(sets))
    return list(kinds.values()), which


def spellings(*columns: Iterable[LabelSet]) -> tuple[str, ...]:
    """Return one spelling of every label in some columns, sorted by the folded form."""
    words = set[str]().union(*chain.from_iterable(columns))
    chosen: dict[str, str] = {}
    # The smallest spelling is written last and stays, whatever the order of the people.
    for word in sorted(words, reverse=True):
        chosen[fold(word)] = " ".join(word.split())
    return tuple(chosen[key] for key in sorted(chosen))


def _starts(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate(([0], np.cumsum(counts)))


def _coded(
    sets: Sequence[LabelSet], vocabulary: tuple[str, ...], position: Mapping[str, int]
) -> Labels:
    """Return sets coded one by one; of two spellings of one label the last gives the number."""
    numbered = [each if isinstance(each, Mapping) else dict.fromkeys(each, 0) for each in sets]
    labels = list(chain.from_iterable(numbered))
    numbers = [number or 0 for number in chain.from_iterable(map(_NUMBERS, numbered))]
    known = {label: position[fold(label)] for label in set(labels)}
    rows = np.repeat(np.arange(len(sets)), list(map(len, numbered)))
    own = np.fromiter(map(known.__getitem__, labels), np.int64, len(labels))
    keys = rows * len(vocabulary) + own
    members, latest = np.unique(keys[::-1], return_index=True)
    rows, codes = np.divmod(members, max(len(vocabulary), 1))
    return Labels(
        vocabulary,
        _starts(np.bincount(rows, minlength=len(sets))),
        codes.astype(np.int32),
        np.array(numbers, np.int32)[::-1][latest],
    )


def overlaps(sets: Sequence[frozenset[int]], size: int) -> NDArray[np.int64]:
    """Return how many codes below `size` every two sets have in common.

    Examples
    --------
    >>> overlaps([frozenset({0, 1}), frozenset({1, 2})], 3).tolist()
    [[2, 1], [1, 2]]
    """
    matrix = np.zeros((len(sets), size), np.float64)
    for row, members in enumerate(sets):
        matrix[row, list(members)] = 1
    return np.rint(matrix @ matrix.T).astype(np.int64)
