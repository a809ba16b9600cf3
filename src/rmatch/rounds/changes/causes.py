"""Why pairs of an earlier round are none any more: worked out from what a round says, without solving."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Literal

from rmatch.errors import Status
from rmatch.formulas import broken_rules
from rmatch.people import natural
from rmatch.rounds.changes.changes import BELOW, OVER, BrokenPair, Changes
from rmatch.rounds.facts import facts_of
from rmatch.rounds.kept import kept_of
from rmatch.rounds.passing import open_cells
from rmatch.utils.sides import SIDES

if TYPE_CHECKING:
    from rmatch.people import IdPair, Outlook
    from rmatch.rounds.changes.changes import GaveWayFor, Keep
    from rmatch.rounds.outcome import Outcome
    from rmatch.utils.sides import Side

    Somebody = tuple[Side, str]
    """An id in one of the two roles."""


def changes_since(
    earlier: Iterable[IdPair],
    outcome: Outcome,
    answers: Mapping[IdPair, Outlook] | None = None,
    keep: Keep | Literal[""] = "",
) -> Changes:
    """Return what became of the pairs of an earlier round.

    Parameters
    ----------
    earlier : iterable of (str, str)
        The pairs of the earlier round.
    outcome : Outcome
        The later round. Where its people are not at hand, no rule is named.
    answers : mapping of (str, str) to str, optional
        What the responses say of pairs.
    keep : {"pairs", "optimum", ""}
        What the later round was made to keep; reasons for giving way are known only then.

    Returns
    -------
    Changes
        Kept and new pairs in the order of the later round, broken ones by their ids.

    Notes
    -----
    The new pairs and those earlier ones that could have been made again hang together by the people in them. Such a chain
    can be exchanged as a whole: no other pair touches it. If everybody in it has room for the earlier pairs, and no lock is
    broken by them, then they were dearer than the new ones: fewer pairs, or fewer points, or less for those who come before others.
    That is what `reason` says, and it follows from the proof that the round is the best.
    """
    before, answered = set(earlier), answers or {}
    # Two whose pair is over may be made a new one.
    held = {pair for pair in before if answered.get(pair) not in OVER}
    now = [(pair.mentor, pair.mentee) for pair in outcome.pairs]
    kept = tuple(pair for pair in now if pair in held)
    gone = sorted(before.difference(kept), key=_order)
    possible = _possible(outcome, gone)
    broken = [_forced(outcome, pair, answered.get(pair), possible) for pair in gone]
    loose = [pair for pair, cause in zip(gone, broken, strict=True) if cause is None]
    new = tuple(pair for pair in now if pair not in held)
    chains = _Chains(outcome, loose, new, keep)
    return Changes(
        keep,
        kept,
        new,
        tuple(cause or chains.gave_way(pair) for pair, cause in zip(gone, broken, strict=True)),
    )


def changes_anew(changes: Changes, outcome: Outcome) -> Changes:
    """Return changes as they follow from a round, from the earlier pairs and from what was declined or is over."""
    return changes_since(changes.earlier, outcome, changes.over, changes.keep)


def _possible(outcome: Outcome, pairs: Iterable[IdPair]) -> set[IdPair]:
    """Return those of some pairs that could be made: both people are there, and no rule is against it, as far as known."""
    scores, known = outcome.scores, _known(outcome)
    there = {
        (known["mentor"][mentor], known["mentee"][mentee]): (mentor, mentee)
        for mentor, mentee in pairs
        if mentor in known["mentor"] and mentee in known["mentee"]
    }
    cells = there if kept_of(scores) else open_cells(scores, there)
    return {there[cell] for cell in cells}


def _forced(
    outcome: Outcome, pair: IdPair, answer: Outlook | None, possible: set[IdPair]
) -> BrokenPair | None:
    """Return why a pair cannot be made again; nothing where it could."""
    if answer in ("declined", "ended"):
        return BrokenPair(*pair, answer)
    if pair in possible:
        return None
    left = [person for who, person in _players(pair) if person not in _known(outcome)[who]]
    if left:
        return BrokenPair(*pair, "left", people=tuple(sorted(left, key=natural)))
    rules = tuple(broken.rule for broken in broken_rules(facts_of(outcome.scores), *pair))
    return BrokenPair(*pair, "rule", rules=rules or (BELOW,))


def _known(outcome: Outcome) -> dict[Side, dict[str, int]]:
    cohort = outcome.scores.cohort
    return dict(zip(SIDES, (cohort.row, cohort.column), strict=True))


def _order(pair: IdPair) -> tuple[object, object]:
    return natural(pair[0]), natural(pair[1])


def _players(pair: IdPair) -> Iterator[Somebody]:
    return zip(SIDES, pair, strict=True)


def _more(before: Iterable[IdPair], new: Iterable[IdPair]) -> Counter[Somebody]:
    """Return how many partners more everybody would have with the earlier pairs in the place of the new ones."""
    partners = Counter(chain.from_iterable(map(_players, before)))
    partners.subtract(Counter(chain.from_iterable(map(_players, new))))
    return partners


@dataclass(frozen=True)
class _Chains:
    """The chains of new pairs and of earlier ones that could have been made again."""

    outcome: Outcome
    loose: list[IdPair]
    new: tuple[IdPair, ...]
    keep: str

    def gave_way(self, pair: IdPair) -> BrokenPair:
        """Return what an earlier pair gave way to, and for what."""
        to = sorted(
            {new for who in _players(pair) for new in self._new_of.get(who, ())}, key=_order
        )
        people, reason = self._reasons[self._root[next(_players(pair))]]
        return BrokenPair(*pair, "gave_way", people=people, to=tuple(to), reason=reason)

    @cached_property
    def _new_of(self) -> dict[Somebody, list[IdPair]]:
        found: dict[Somebody, list[IdPair]] = defaultdict(list)
        for pair in self.new:
            for who in _players(pair):
                found[who].append(pair)
        return found

    @cached_property
    def _root(self) -> dict[Somebody, Somebody]:
        """Somebody who stands for the chain, for everybody in it."""
        root: dict[Somebody, Somebody] = {}

        def find(who: Somebody) -> Somebody:
            while (above := root.setdefault(who, who)) != who:
                root[who] = who = root[above]
            return who

        for pair in chain(self.loose, self.new):
            mentor, mentee = _players(pair)
            root[find(mentee)] = find(mentor)
        return {who: find(who) for who in tuple(root)}

    @cached_property
    def _reasons(self) -> dict[Somebody, tuple[tuple[str, ...], GaveWayFor]]:
        """What the earlier pairs of each chain gave way for, and who has too few places."""
        chains: dict[Somebody, tuple[list[IdPair], list[IdPair]]] = defaultdict(lambda: ([], []))
        for which, pairs in enumerate((self.loose, self.new)):
            for pair in pairs:
                chains[self._root[next(_players(pair))]][which].append(pair)
        return {root: self._reason(*pairs) for root, pairs in chains.items()}

    def _reason(
        self, before: list[IdPair], new: list[IdPair]
    ) -> tuple[tuple[str, ...], GaveWayFor]:
        if not self.keep:
            return (), ""
        crowded, lonely = self._misfits(before, new)
        if crowded:
            return tuple(sorted({person for _, person in crowded}, key=natural)), "places"
        if self._locked.intersection(new):
            return (), "locks"
        if lonely:
            return (), "minimums"
        if self.outcome.status is not Status.OPTIMAL:
            return (), "stopped"
        if self.outcome.programme.participation == "most" and len(new) > len(before):
            return (), "pairs"
        return (), "waiting" if self._comes_first(before, new) else "points"

    def _comes_first(self, before: list[IdPair], new: list[IdPair]) -> bool:
        """Tell whether fewer of those who come before others would have a partner, if the chain were exchanged."""
        first = self.outcome.steps[0].precedence
        if first is None or first.firsts is None:
            return False
        worth, known = dict(zip(SIDES, first.firsts, strict=True)), _known(self.outcome)
        gained = 0
        for who, more in _more(before, new).items():
            side, person = who
            has = bool(self._partners[who] + more) - bool(self._partners[who])
            gained += has * int(worth[side][known[side][person]])
        return gained < 0

    def _misfits(
        self, before: list[IdPair], new: list[IdPair]
    ) -> tuple[list[Somebody], list[Somebody]]:
        """Return who would have too many partners, and who too few, if the chain were exchanged."""
        known = _known(self.outcome)
        crowded, lonely = [], []
        for who, more in _more(before, new).items():
            side, person = who
            most, fewest = (counts[side][known[side][person]] for counts in self._places)
            after = self._partners[who] + more
            if after > most:
                crowded.append(who)
            elif after < fewest and more < 0:
                lonely.append(who)
        return crowded, lonely

    @cached_property
    def _partners(self) -> Counter[Somebody]:
        return Counter(
            who for pair in self.outcome.pairs for who in _players((pair.mentor, pair.mentee))
        )

    @cached_property
    def _places(self) -> tuple[dict[Side, list[int]], dict[Side, list[int]]]:
        cohort = self.outcome.scores.cohort
        most = {side: cohort.capacity(side).tolist() for side in SIDES}
        fewest = {side: cohort.minimum(side).tolist() for side in SIDES}
        return most, fewest

    @cached_property
    def _locked(self) -> set[IdPair]:
        return {(pair.mentor, pair.mentee) for pair in self.outcome.pairs if pair.locked}
