"""Why a person has no partner."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rmatch.formulas import for_whom, missing
from rmatch.objectives import compatibility_of
from rmatch.people import ROLES, natural
from rmatch.rounds.facts import facts_of
from rmatch.rounds.possible import looking_up, possible_pairs
from rmatch.rounds.reasons import (
    AGAINST,
    NO_ROLE,
    all_below,
    nobody_takes,
    nobody_there,
    not_allowed,
    not_found,
    outdone,
    rule_words,
    takes_none,
    without,
    would_add_nothing,
    would_lose,
)
from rmatch.rounds.waiting import queues_of
from rmatch.utils.documents import Document
from rmatch.utils.languages import Language
from rmatch.utils.messages import Message, Sentence, joined
from rmatch.utils.names import name_of
from rmatch.utils.sides import SIDES, Side, SideOrNone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    from rmatch.rounds.possible import Look, Possible
    from rmatch.rounds.waiting import Queue
    from rmatch.scoring import Scores

HOPELESS = {"no_allowed_partner", "below_min_points"}


@dataclass(frozen=True, slots=True)
class Unmatched(Document):
    """A person without a partner in one role, and why.

    Attributes
    ----------
    id : str
        The person.
    role : {"mentor", "mentee", "none"}
        The role in which the person has no partner.
    code : str
        ``"takes_no_part"``, ``"no_capacity"``, ``"no_allowed_partner"``, ``"below_min_points"``,
        ``"needed_elsewhere"``, ``"adds_nothing"`` or ``"run_stopped"``.
    sentence : str
        The reason in plain words, and where rules are it, the least that would free a partner.
    rules : tuple of str
        For ``"no_allowed_partner"``: the fewest rules without which there would be a partner.
    reason : str
        The same for everybody who has no partner for the same reason.
    """

    id: str
    role: SideOrNone
    code: str
    sentence: str
    rules: tuple[str, ...] = ()
    reason: str = ""

    def text(self, language: str = "en") -> str:
        """Return the sentence in a language; what was read without the people stands as it was kept.

        Parameters
        ----------
        language : str
            ``"en"``, ``"de"``, ``"es"`` or ``"fr"``; other languages than English need the extra ``letters``.

        Returns
        -------
        str
            The reason in plain words.

        Raises
        ------
        InvalidInputError
            For a language without a catalogue.
        ModuleNotFoundError
            Where Babel, which reads catalogues, is not installed.
        """
        return Language(language).say(self.sentence)


def unmatched(
    scores: Scores,
    pairs: Iterable[tuple[str, str]],
    *,
    stopped: bool = False,
    waited: Mapping[str, int] | None = None,
) -> tuple[Unmatched, ...]:
    """Return everybody without a partner, with the reason.

    Parameters
    ----------
    scores : Scores
        Points and permissions.
    pairs : iterable of (str, str)
        The mentor and mentee ids of the pairs.
    stopped : bool
        Whether they come from a run that was stopped: then somebody free is no sign that a pair would add nothing.
    waited : mapping of str to int, optional
        For how many rounds people have waited, by id.

    Returns
    -------
    tuple of Unmatched
        Mentors, then mentees, then those without a role, each by id.
    """
    made, look = list(pairs), looking_up(scores)
    queues = queues_of(scores, made, waited or {})
    return (
        *_side(scores, made, "mentor", look, queues[0], stopped=stopped),
        *_side(scores, made, "mentee", look, queues[1], stopped=stopped),
        *_idle(scores),
    )


def _idle(scores: Scores) -> Iterator[Unmatched]:
    people = scores.cohort.people
    without_role = np.flatnonzero(people.role == ROLES["none"])
    for person in sorted((people.id[row] for row in without_role.tolist()), key=natural):
        yield Unmatched(person, "none", "takes_no_part", NO_ROLE)


def hopeless(scores: Scores) -> Iterator[Unmatched]:
    """Go through those who can have no partner at all, before anything is decided.

    Parameters
    ----------
    scores : Scores
        Points and permissions.

    Yields
    ------
    Unmatched
        Mentors, then mentees, each by id.
    """
    counts = scores.possible_partners
    sizes = dict(zip(SIDES, scores.shape, strict=True))
    alone = {side: np.arange(size) for side, size in sizes.items()}
    if counts is not None:
        alone = dict(zip(sizes, (np.flatnonzero(count == 0) for count in counts), strict=True))
    if any(map(len, alone.values())):
        look = looking_up(scores)
        for side, people in alone.items():
            for reason in _reasons(scores, side, people, Counter(), look, None, stopped=False):
                if reason.code in HOPELESS:
                    yield reason


def _side(
    scores: Scores,
    made: list[tuple[str, str]],
    side: Side,
    look: Look,
    queue: Queue | None,
    *,
    stopped: bool,
) -> Iterator[Unmatched]:
    mentors = Counter(mentor for mentor, _ in made)
    mentees = Counter(mentee for _, mentee in made)
    if side == "mentor":
        ids, placed, taken = scores.mentors, mentors, mentees
    else:
        ids, placed, taken = scores.mentees, mentees, mentors
    is_alone = np.array([person not in placed for person in ids], bool)
    alone = np.flatnonzero(is_alone)
    yield from _reasons(scores, side, alone, taken, look, queue, stopped=stopped)


def _reasons(
    scores: Scores,
    side: Side,
    alone: NDArray[np.intp],
    taken: Counter[str],
    look: Look,
    queue: Queue | None,
    *,
    stopped: bool,
) -> Iterator[Unmatched]:
    ids = scores.mentors if side == "mentor" else scores.mentees
    for block in possible_pairs(scores, side, alone, taken, look):
        for row, position in enumerate(block.people.tolist()):
            behind = queue is not None and queue.behind(position, block.pairs[row])
            yield _Reason(block, row, ids[position], behind).found(stopped=stopped)


@dataclass(frozen=True, slots=True)
class _Reason:
    """Why one of the people of a block has no partner."""

    block: Possible
    row: int
    person: str
    behind: bool

    def found(self, *, stopped: bool) -> Unmatched:
        """Return the first reason that holds."""
        block, row, other = self.block, self.row, self.block.other_side
        if not block.capacities[row]:
            return self._because("no_capacity", takes_none(other))
        if not block.partners[row]:
            return self._hopeless()
        if not block.taken_by_some[row]:
            return self._because("no_capacity", nobody_takes(other))
        if not block.free_with_some[row]:
            return self._because("needed_elsewhere", self._outdone)
        if stopped:
            return self._because("run_stopped", not_found(other))
        return self._because("adds_nothing", self._useless)

    def _because(
        self, code: str, sentence: str, rules: tuple[str, ...] = (), reason: str = ""
    ) -> Unmatched:
        return Unmatched(self.person, self.block.side, code, sentence, rules, reason)

    @property
    def _outdone(self) -> Message:
        count, other = self.block.partners[self.row], self.block.other_side
        quotas = bool(self.block.scores.programme.quotas)
        return outdone(count, other, behind=self.behind, quotas=quotas)

    @property
    def _useless(self) -> Message:
        scores, other = self.block.scores, self.block.other_side
        if compatibility_of(scores.programme.objective).by_consent:
            return would_lose(other, scores.basis)
        against = [words for term, words in AGAINST.items() if getattr(scores.programme, term)]
        return would_add_nothing(other, against, scores.basis)

    def _hopeless(self) -> Unmatched:
        found, other = self.block.hopeless(self.row), self.block.other_side
        if found.allowed:
            basis = self.block.scores.basis
            sentence = all_below(found.allowed, other, basis)
            reason = Message(
                "all pairs that the rules allow are below min_points{basis}", basis=basis
            )
            return self._because("below_min_points", sentence, reason=reason)
        if not found.somebody:
            reason = nobody_there(other)
            return self._because("no_allowed_partner", Sentence.of(reason), reason=reason)
        reasons = joined("; ", map(self._words, found.rules))
        parts = [not_allowed(other, reasons), without(len(found.rules), found.freed, other)]
        return self._because("no_allowed_partner", joined(" ", parts), found.rules, reasons)

    def _words(self, name: str) -> str:
        scores = self.block.scores
        words: str = rule_words(name)
        for rule in scores.programme.rules:
            if name_of(rule) == name:
                unknown = missing(facts_of(scores), rule, self.person, self.block.side)
                words = for_whom(words, rule)
                if unknown:
                    return Message("{rule}, and {unknown}", rule=words, unknown=unknown)
        return words
