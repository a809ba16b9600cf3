"""The people of an organisation: one validated record a person, kept column by column."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rmatch.people.person import (
    COUNTS,
    PURPOSES,
    ROLE_NAMES,
    ROLES,
    SETS,
    TEXTS,
    TOPICS,
    UNSET,
    Person,
    natural,
    purposes,
)
from rmatch.people.understood import Understood
from rmatch.utils.ids import of_one_form
from rmatch.utils.labels import Labels, fold, shared, spellings
from rmatch.utils.shown import SHOWN, Rows, Shown, more
from rmatch.utils.text import counted
from rmatch.utils.validation import positions, refuse, whole
from rmatch.utils.values import Value


@dataclass(frozen=True, slots=True, eq=False, repr=False, kw_only=True)
class People(Value, Shown):
    """The people of a programme, validated, one column a field.

    Made by :func:`rmatch.read_people`. Values without consent are not in it.

    Attributes
    ----------
    id : tuple of str
        Unique ids, in the order of the input.
    role : ndarray of uint8
        1 for a mentor, 2 for a mentee, 3 for both, 0 for neither.
    name, email, level, manager_id, department, site, hours, time_zone : tuple of str or None
        As in :class:`Person`.
    years : ndarray of float64
        NaN where unknown.
    languages, meeting_modes, accepted_levels, accepted_sites : Labels
        As in :class:`Person`.
    offers, wants, lived_topics : Labels
        As in :class:`Person`; they share one vocabulary of topics.
    dimensions : dict of str to Labels
        The answers that somebody consented to be used; no labels where unknown.
    consent : dict of str to ndarray of uint8
        1 for matching, 2 for reports, 4 for display, added up.
    mentor_capacity, mentee_capacity, mentor_minimum, mentee_minimum : ndarray of int64
        -1 where the programme decides.
    priority : ndarray of int64
        As in :class:`Person`; -1 where nothing is said.
    extra : dict of str to tuple of str or None
        Further columns.
    notes : tuple of str
        What the reader of a file should be told about how it was read.
    understood : Understood or None
        What was understood of every column that was read; nothing where the people were made in code.
    """

    id: tuple[str, ...]
    role: NDArray[np.uint8]
    name: tuple[str | None, ...]
    email: tuple[str | None, ...]
    years: NDArray[np.float64]
    level: tuple[str | None, ...]
    manager_id: tuple[str | None, ...]
    department: tuple[str | None, ...]
    site: tuple[str | None, ...]
    hours: tuple[str | None, ...]
    time_zone: tuple[str | None, ...]
    languages: Labels
    meeting_modes: Labels
    offers: Labels
    wants: Labels
    lived_topics: Labels
    dimensions: dict[str, Labels]
    consent: dict[str, NDArray[np.uint8]]
    mentor_capacity: NDArray[np.int64]
    mentee_capacity: NDArray[np.int64]
    mentor_minimum: NDArray[np.int64]
    mentee_minimum: NDArray[np.int64]
    priority: NDArray[np.int64]
    accepted_levels: Labels
    accepted_sites: Labels
    extra: dict[str, tuple[str | None, ...]]
    # How a file was read says nothing about anybody, and is no difference between people.
    notes: tuple[str, ...] = field(default=(), compare=False)
    understood: Understood | None = field(default=None, compare=False)

    def __len__(self) -> int:
        """Return the number of people."""
        return len(self.id)

    def __iter__(self) -> Iterator[Person]:
        """Go through the people one by one."""
        # Row by row, plain lists are much faster than arrays.
        columns = {name: _listed(column) for name, column in self._columns().items()}
        listed = replace(self, **columns)
        return (listed._person(row) for row in range(len(self)))

    def __repr__(self) -> str:
        """Return the size, without anything about anybody."""
        counts = {name: int((self.role == code).sum()) for name, code in ROLES.items()}
        parts = [counted(counts[side], side) for side in ("mentor", "mentee")]
        for role, word in (("both", "both"), ("none", "neither")):
            if counts[role]:
                parts.append(f"{counts[role]} {word}")
        parts += [counted(len(self.topics), "topic"), counted(len(self.dimensions), "dimension")]
        return f"<People: {', '.join(parts)}>"

    def _parts(self) -> Iterator[str | Rows]:
        """Go through the first people, without names, addresses, answers, lived topics and whatever else may be private."""
        yield repr(self)
        some = self.take(np.arange(min(len(self), SHOWN)))
        rows = (
            (one.id, one.role, one.level or "", *map(", ".join, (one.offers, one.wants)))
            for one in some
        )
        yield Rows(("id", "role", "level", "offers", "wants"), rows)
        yield more(len(self), "id")

    @property
    def topics(self) -> tuple[str, ...]:
        """Every topic that somebody offers, wants or has lived."""
        return self.offers.vocabulary

    @property
    def mentors(self) -> NDArray[np.intp]:
        """Rows of those who play mentor, sorted by id (numbers by their size)."""
        return self._playing(ROLES["mentor"])

    @property
    def mentees(self) -> NDArray[np.intp]:
        """Rows of those who play mentee, sorted by id (numbers by their size)."""
        return self._playing(ROLES["mentee"])

    def person(self, row: int) -> Person:
        """Return one row as a :class:`Person`.

        Raises
        ------
        InvalidInputError
            If there is no such row.
        """
        refuse(whole("people", "row", row, 0, len(self) - 1))
        return self._person(row)

    def _person(self, row: int) -> Person:
        plain: dict[str, Any] = {name: getattr(self, name)[row] for name in TEXTS}
        plain |= {name: tuple(getattr(self, name)[row]) for name in (*SETS, "lived_topics")}
        counts = {name: int(getattr(self, name)[row]) for name in COUNTS}
        plain |= {name: None if own < 0 else own for name, own in counts.items()}
        years = float(self.years[row])
        answers = {name: tuple(column[row]) for name, column in self.dimensions.items()}
        consent = {name: int(column[row]) for name, column in self.consent.items()}
        extra = {name: column[row] for name, column in self.extra.items()}
        return Person(
            id=self.id[row],
            role=ROLE_NAMES[self.role[row]],
            years=None if math.isnan(years) else years,
            offers={topic: level or None for topic, level in self.offers[row].items()},
            wants=self.wants[row],
            dimensions={name: labels for name, labels in answers.items() if labels},
            consent={name: purposes(bits) for name, bits in consent.items() if bits},
            extra={name: str(text) for name, text in extra.items() if text is not None},
            **plain,
        )

    def place(self, row: int, field: str) -> str:
        """Return what a person's cell is called in messages: where it was read from, if that is known, and the id."""
        named = f"id {self.id[row]!r}"
        places = self.understood.places.get(field) if self.understood else None
        return f"{places[row]} ({named})" if places else named

    def take(self, rows: Sequence[int] | NDArray[np.intp]) -> People:
        """Return some of the people, in the order asked for.

        Raises
        ------
        InvalidInputError
            If a row is not there.
        """
        (chosen,) = positions("people", rows=(rows, len(self)))
        return People(**{name: _take(column, chosen) for name, column in self._columns().items()})

    def _columns(self) -> dict[str, Any]:
        """Return everything but what was noted while reading."""
        names = [each.name for each in fields(self) if each.compare]
        return {name: getattr(self, name) for name in names}

    def _playing(self, bit: int) -> NDArray[np.intp]:
        rows = np.flatnonzero(self.role & bit).tolist()
        ids = [self.id[row] for row in rows]
        keys: Iterable[Any] = ids if of_one_form(ids) else map(natural, ids)
        key = dict(zip(rows, keys, strict=True))
        return np.array(sorted(rows, key=key.__getitem__), np.intp)


def people_of(
    columns: Mapping[str, Any], notes: Sequence[str] = (), understood: Understood | None = None
) -> People:
    """Build :class:`People` from parsed and checked columns, filling in those that are absent.

    Parameters
    ----------
    columns : mapping of str to sequence
        Parsed values by field: texts or None, years as floats, sets as iterables or mappings (or ready
        :class:`Labels`), `dimensions`, `consent` and `extra` as mappings of such columns. `id` and `role` are required.
    notes : sequence of str
        What the reader should be told.
    understood : Understood, optional
        What was understood of the sources.

    Returns
    -------
    People
        The people; answers to a dimension without any consent are dropped here.
    """
    count = len(columns["id"])
    unknown = (None,) * count
    nothing = ((),) * count
    unset = np.full(count, UNSET)
    plain: dict[str, Any] = {name: tuple(columns.get(name, unknown)) for name in TEXTS}
    plain |= {name: _labels(columns.get(name, nothing)) for name in SETS}
    plain |= {name: np.asarray(columns.get(name, unset), np.int64) for name in COUNTS}
    plain |= _topics({name: columns.get(name, nothing) for name in TOPICS})
    years = np.asarray(columns.get("years", np.full(count, np.nan)), np.float64)
    answers, stated, extra = (
        sorted(columns.get(group, {}).items()) for group in ("dimensions", "consent", "extra")
    )
    consent = {name: np.asarray(bits, np.uint8) for name, bits in stated}
    silent = np.zeros(count, np.uint8)
    return People(
        id=tuple(columns["id"]),
        role=np.asarray(columns["role"], np.uint8),
        years=years.round(2),
        dimensions={name: _consented(own, consent.get(name, silent)) for name, own in answers},
        consent=consent,
        extra={name: tuple(column) for name, column in extra},
        notes=tuple(notes),
        understood=understood,
        **plain,
    )


def _topics(columns: dict[str, Any]) -> dict[str, Any]:
    """Return the columns of topics, coded by one vocabulary; those that are coded already are as they should be."""
    if any(isinstance(column, Labels) for column in columns.values()):
        return columns
    vocabulary = spellings(*columns.values())
    coded = {name: Labels.of(column, vocabulary) for name, column in columns.items()}
    wants = coded["wants"]
    # A want without a priority has the lowest one.
    return coded | {"wants": replace(wants, weights=np.maximum(wants.weights, 1))}


def _listed(column: Any) -> Any:
    if isinstance(column, dict):
        return {name: _listed(one) for name, one in column.items()}
    return column.tolist() if isinstance(column, np.ndarray) else list(column)


def _labels(column: Any) -> Labels:
    return column if isinstance(column, Labels) else Labels.of(column)


def _consented(answers: Any, bits: NDArray[np.uint8]) -> Labels:
    kinds, which = shared(answers)
    pairs, rows = np.unique(which + len(kinds) * bits.astype(np.intp), return_inverse=True)
    each = [divmod(pair, len(kinds)) for pair in pairs.tolist()]
    released = [kinds[kind] if may else () for may, kind in each]
    matchable = [kinds[kind] if may & PURPOSES["match"] else () for may, kind in each]
    # Answers that may only be reported do not even decide how the others are spelt.
    chosen = {fold(word): word for word in (*spellings(released), *spellings(matchable))}
    return Labels.of(released, tuple(chosen[key] for key in sorted(chosen))).take(rows)


def _take(column: Any, rows: NDArray[np.intp]) -> Any:
    if isinstance(column, Labels):
        return column.take(rows)
    if isinstance(column, dict):
        return {name: _take(inner, rows) for name, inner in column.items()}
    if isinstance(column, tuple):
        return tuple(map(column.__getitem__, rows.tolist()))
    return column[rows]
