"""How likely people are to accept: a probability for each person, or for each pair; given, and never guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from rmatch.errors import Fault
from rmatch.io import Layout, number_of, read_table, text_of
from rmatch.utils.ids import LikelyIds
from rmatch.utils.recognised import said
from rmatch.utils.shown import Shown
from rmatch.utils.text import counted
from rmatch.utils.validation import Malformed, number, refuse
from rmatch.utils.values import Value

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from rmatch.io import Table
    from rmatch.scoring import Scores

WHERE = "accept"
PERSON, PAIR = ("id",), ("mentor", "mentee")
LAYOUT = Layout(wanted=frozenset((*PERSON, *PAIR, WHERE)))
SHOWN = 5
"""So many of those who have no probability are named."""

Key = str | tuple[str, str]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Acceptance(Value, Shown):
    """How likely everybody is to accept a pair, or how likely each pair is to be accepted by both.

    Attributes
    ----------
    people : dict of str to float
        The probability that a person accepts a pair; empty if those of pairs are given. Both of a pair answer for
        themselves, so that a pair is as likely as the product.
    pairs : dict of (str, str) to float
        The probability that a mentor and a mentee both accept to be a pair.
    """

    people: dict[str, float]
    pairs: dict[tuple[str, str], float]

    def block(self, mentors: Sequence[str], mentees: Sequence[str]) -> NDArray[np.float64]:
        """Return how likely the pairs of some people are; 0 where that was not given, of pairs that may not be made."""
        if self.pairs:
            known = [[self.pairs.get((each, other), 0.0) for other in mentees] for each in mentors]
            return np.array(known, np.float64).reshape(len(mentors), len(mentees))
        sides = [[self.people[person] for person in side] for side in (mentors, mentees)]
        return np.multiply.outer(*(np.array(side, np.float64) for side in sides))

    def chance(self, mentor: str, mentee: str) -> float:
        """Return how likely one pair is."""
        return float(self.block([mentor], [mentee])[0, 0])


def read_acceptance(source: Any, scores: Scores) -> Acceptance:
    """Read probabilities, and refuse those that are none, that are missing, or that protected attributes would give.

    Parameters
    ----------
    source : mapping, path, dataframe or sequence
        By id, by mentor and mentee, or a table with ``accept`` beside ``id`` or beside ``mentor`` and ``mentee``.
    scores : Scores
        Whom they are about.

    Returns
    -------
    Acceptance
        The probabilities.

    Raises
    ------
    InvalidInputError
        With everything that is wrong.
    """
    faults: list[Fault] = []
    ids = dict.fromkeys(scores.cohort.people.id)
    if _is_mapping(source):
        rows = list(_of_mapping(source, ids))
    else:
        rows = _of_table(source, scores, faults)
    found: dict[Key, float] = {}
    likely = LikelyIds(ids)
    for where, key, given in rows:
        faults += _key_faults(where, key, scores, likely)
        wrong = number(where, WHERE, given, 0, 1)
        if key in found and found[key] != given and not wrong:
            wrong = [Fault(where, WHERE, "is given twice, and differently", "give one of the two")]
        faults += wrong
        found[key] = 0.0 if wrong else float(given)
    people = {key: given for key, given in found.items() if isinstance(key, str)}
    pairs = {key: given for key, given in found.items() if isinstance(key, tuple)}
    if people and pairs:
        problem = "some are of persons and some of pairs"
        faults.append(Fault(WHERE, "", problem, "give those of persons, or those of pairs"))
    acceptance = Acceptance(people, pairs)
    refuse(faults or _missing(acceptance, scores))
    return acceptance


def _is_mapping(source: Any) -> bool:
    """Tell whether probabilities stand in a mapping by whom they are about, and not in one of columns."""
    return isinstance(source, Mapping) and not isinstance(source.get(WHERE), list)


def _of_mapping(source: Mapping[Any, Any], ids: Collection[str]) -> Iterator[tuple[str, Key, Any]]:
    for key, given in source.items():
        whom = (str(key[0]), str(key[1])) if isinstance(key, tuple) and len(key) == 2 else str(key)
        named = (whom,) if isinstance(whom, str) else whom
        shown = " with ".join(one if one in ids else said(one, ids) for one in named)
        yield f"{WHERE} of {shown}", whom, given


def _of_table(source: Any, scores: Scores, faults: list[Fault]) -> list[tuple[str, Key, Any]]:
    table = read_table(source, LAYOUT)
    by = PERSON if "id" in table.columns else PAIR
    faults += [*table.faults, *_header_faults(table, scores)]
    if any(header not in table.columns for header in (*by, WHERE)):
        return []
    rows: list[tuple[str, Key, Any]] = []
    for row in range(len(table)):
        ids = [text_of(table.columns[header][row]) for header in by]
        place = table.place(row)
        where = place if place.startswith(table.name) else f"{table.name}, {place}"
        key = ids[0] if by == PERSON else (ids[0], ids[1])
        rows.append((where, key, _number(text_of(table.columns[WHERE][row]))))
    return rows


def _number(text: str) -> float | str:
    try:
        return number_of(text)
    except Malformed:
        return text


def _header_faults(table: Table, scores: Scores) -> Iterator[Fault]:
    columns, people = table.columns, scores.cohort.people
    if not len(table) and not columns:
        yield Fault(table.name, "", "there is nothing in it", "give a table with id and accept")
        return
    if "id" in columns and any(header in columns for header in PAIR):
        problem = "there are columns for persons and for pairs"
        yield Fault(table.name, "", problem, "take out id, or mentor and mentee")
    wanted = PAIR if any(header in columns for header in PAIR) else PERSON
    for header in (*wanted, WHERE):
        if header not in columns:
            yield Fault(table.name, header, "this column is missing", "add it")
    unprotected = map(str.casefold, scores.programme.unprotected)
    protected = {name.casefold() for name in people.dimensions}.difference(unprotected)
    for header in columns:
        if header in (*PERSON, *PAIR, WHERE):
            continue
        if header.removeprefix("dimension:").casefold() in protected:
            problem = "probabilities must not come from protected attributes"
            yield Fault(table.name, header, problem, "take the column out, and all that follows")
        else:
            problem, remedy = f"{header!r} is no column of probabilities", "take it out"
            yield Fault(table.name, header, problem, remedy)


def _key_faults(where: str, key: Key, scores: Scores, likely: LikelyIds) -> Iterator[Fault]:
    """Return who is unknown; whoever plays no role may have a probability, for they may stand in the same table."""
    cohort = scores.cohort
    named: list[tuple[str, str, Collection[str]]] = [("id", str(key), cohort.people.id)]
    if not isinstance(key, str):
        named = [("mentor", key[0], cohort.row), ("mentee", key[1], cohort.column)]
    for role, person, known in named:
        if person not in known:
            whom = "nobody" if role == "id" else f"no {role}"
            problem = f"there is {whom} with the id {said(person, cohort.people.id)}"
            found = " or ".join(map(repr, likely.of(person)))
            remedy = f"did you mean {found}?" if found else "give an id from the people table"
            yield Fault(where, role, problem, remedy)


def _missing(acceptance: Acceptance, scores: Scores) -> Iterator[Fault]:
    """Return who has no probability: it is never guessed."""
    if acceptance.pairs:
        cells = np.argwhere(scores.open_pairs).tolist()
        pairs = [(scores.mentors[row], scores.mentees[column]) for row, column in cells]
        pairs += [(lock.mentor, lock.mentee) for lock in scores.cohort.requests.of_kind("lock")]
        unknown = [pair for pair in dict.fromkeys(pairs) if pair not in acceptance.pairs]
        names, what = [" with ".join(pair) for pair in unknown], "possible pair"
    else:
        everybody = dict.fromkeys((*scores.mentors, *scores.mentees))
        names = [person for person in everybody if person not in acceptance.people]
        what = "person"
    if names:
        few = ", ".join(names[:SHOWN]) + " …" * (len(names) > SHOWN)
        has = f"{counted(len(names), what)} without a probability: {few}"
        yield Fault(WHERE, "", has, "give one for each; it is never guessed")
