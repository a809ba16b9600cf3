"""The cheapest changes that give somebody a partner, and take nobody's away."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic

from rmatch.advice.applied import applied
from rmatch.advice.given_up import scenario_of, with_promises
from rmatch.advice.scenario import Scenario
from rmatch.advice.what_if import M, like, taken_over
from rmatch.errors import Fault, InfeasibleError, nearest
from rmatch.rounds import (
    SAFE,
    Catalogue,
    Give,
    Least,
    Outcome,
    Round,
    Search,
    Seeker,
    fix_faults,
    least_for_several,
    placed_in,
    seekers,
)
from rmatch.scoring import score
from rmatch.utils.documents import Document, plain
from rmatch.utils.limits import limit_faults
from rmatch.utils.log import timed
from rmatch.utils.progress import Progress
from rmatch.utils.stopping import Cancel, StoppingRule, unheard
from rmatch.utils.validation import instance, refuse, seen, whole
from rmatch.utils.values import Value

ASKED = "smallest_fix"
SEVERAL = 250_000
"""In so many pairs at most several people are looked for at once."""
TRIES = 20
"""So many ways that break when they are tried out are passed over before it is given up."""


@dataclass(frozen=True, eq=False, repr=False)
class Fix(Value, Document, Generic[M]):
    """The cheapest changes that give people a partner.

    Made by :func:`rmatch.advice.smallest_fix`.

    Attributes
    ----------
    placed : tuple of str
        Who gets a partner for whom it was asked.
    gives : tuple of Give
        What gives; without any part of it nobody more would have a partner.
    cost, bound : int
        What it costs, and what nothing that would do costs less than: if both are the same it is proved that there is
        nothing cheaper in the catalogue.
    promised : tuple of str
        Who has to be promised a partner, by a minimum of 1, because the most points alone would leave somebody out: the one
        who gets one, or all.
    scenario : Scenario
        All of it as changes, to be looked at with :func:`rmatch.advice.what_if`.
    before, after : Matching
        The matching, and what :func:`rmatch.match` makes of the changed people.
    """

    placed: tuple[str, ...]
    gives: tuple[Give, ...]
    cost: int
    bound: int
    promised: tuple[str, ...]
    scenario: Scenario
    before: M
    after: M

    @property
    def proof(self) -> str:
        """What was proved."""
        if self.cost == self.bound:
            return "Nothing cheaper in the catalogue does, and no part of this alone; matched anew, nobody lost their partner."
        return f"Nothing that costs less than {self.bound} does; matched anew, nobody lost their partner."

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data.

        Returns
        -------
        dict
            All but the two matchings; of these the numbers of pairs.
        """
        names = ("placed", "gives", "cost", "bound", "promised", "scenario")
        pairs = {"pairs_before": len(self.before.pairs), "pairs_after": len(self.after.pairs)}
        found = {name: plain(getattr(self, name)) for name in names if name != "scenario"}
        sentences = [give.sentence for give in self.gives]
        return found | {
            "sentences": sentences,
            "changes": self.scenario.to_dict(),
            **pairs,
            "proof": self.proof,
        }

    def __str__(self) -> str:
        """Return it as sentences."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"So that {', '.join(self.placed)} {'has' if len(self.placed) == 1 else 'have'} a partner, at a cost of {self.cost}:"
        yield from (f"  {give.sentence}" for give in self.gives)
        if not self.gives:
            yield "  nothing has to give"
        if self.promised:
            whom = "everybody who has one now, too" if len(self.promised) > 1 else self.promised[0]
            yield f"  promised a partner, as points alone would leave somebody out: {whom}"
        yield f"{len(self.before.pairs)} pairs become {len(self.after.pairs)}. {self.proof}"


@timed
def smallest_fix(
    matching: M,
    person: str | Sequence[str] | None = None,
    *,
    k: int = 1,
    catalogue: Catalogue | Mapping[str, Any] | None = None,
    max_seconds: float | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancel: Cancel | None = None,
) -> Fix[M]:
    """Find the cheapest changes that give somebody a partner, and after which nobody else loses theirs.

    Parameters
    ----------
    matching : Matching
        What is there; of a saved one the people are needed.
    person : str or sequence of str, optional
        Who is to get a partner; of several, the easiest. All who have none if absent.
    k : int
        How many of them are to get one.
    catalogue : Catalogue or mapping, optional
        What may give, and what each costs; by default what single people can agree to: one partner more (1), other hours
        (2), one topic more (2), one language more (3).
    max_seconds : float, optional
        Stop after about so many seconds: without an answer for one person, with the cheapest so far for several.
    progress : callable, optional
        Told now and then how far it is, with a :class:`rmatch.solve.Progress`.
    cancel : threading.Event or callable, optional
        Stop as soon as it is set, or returns something true; while several people are looked for it is not heard.

    Returns
    -------
    Fix
        What gives, what it costs, and the matching after it; prints as sentences.

    Raises
    ------
    InvalidInputError
        For somebody unknown or who has a partner already, if nothing may give, or for a programme with quotas, groups or
        consent, whose effects places alone do not tell.
    InfeasibleError
        If nothing in the catalogue gives any of them a partner.
    StopError
        If it was stopped before it was found.

    Notes
    -----
    Where a pair is forbidden for several reasons, all of them have to give. Whatever is chosen is tried out: the changed
    people are matched as :func:`rmatch.match` does it, and if somebody would lose a partner because the most points are
    elsewhere, they are promised one. Each person takes at most one partner more.

    Examples
    --------
    >>> import rmatch
    >>> matching = rmatch.match(rmatch.datasets.example())
    >>> print(rmatch.advice.smallest_fix(matching, "E11"))
    So that E11 has a partner, at a cost of 1:
    ...
    """
    chosen = _catalogue(catalogue)
    refuse(
        instance(ASKED, "matching", matching, Outcome, "give a Matching: rmatch.match makes one")
    )
    refuse(
        [
            *fix_faults(matching, ASKED),
            *chosen.misfits(matching.programme),
            *_person_faults(matching, person, k),
            *limit_faults(max_seconds, 0.0, progress, cancel),
        ]
    )
    ids = None if person is None else {person} if isinstance(person, str) else {*person}
    whom = [one for one in seekers(matching) if ids is None or one[0] in ids]
    with StoppingRule(max_seconds, progress=progress, cancel=cancel, handle_signals=False):
        return _tried(matching, Search.of(matching, chosen), whom, k, max_seconds)


def _tried(
    matching: M, search: Search, whom: Sequence[Seeker], k: int, max_seconds: float | None
) -> Fix[M]:
    bound = None
    for _ in range(TRIES):
        if k == 1:
            least = search.least(whom)
            cheapest = None if least is None else least.cost
        else:
            several = least_for_several(search, whom, k, max_seconds)
            least, cheapest = (None, None) if several is None else several
        if least is None or cheapest is None:
            break
        bound = cheapest if bound is None else bound
        found = _kept(matching, least)
        if found is not None:
            scenario, promised, after = found
            names = tuple(dict.fromkeys(one for one, _ in promised))
            placed = tuple(one for one, _ in least.whom)
            with unheard():
                told = least.gives, least.cost, bound, names, scenario
                return Fix(placed, *told, matching, after)
        search = search.without(least.made)
    who = ", ".join(dict.fromkeys(one for one, _ in whom)) if len(whom) <= TRIES else "anybody"
    if k > 1:
        who = f"{k} of {who}"
    message = f"nothing in the catalogue gives {who} a partner without taking one away"
    raise InfeasibleError(message)


def _kept(matching: M, least: Least) -> tuple[Scenario, list[Seeker], M] | None:
    """Match anew what has changed, with promises where points alone would leave somebody out."""
    everybody = [*placed_in(matching), *least.whom]
    now = applied(
        scenario_of(matching, least.gives, ()),
        matching.people,
        matching.programme,
        matching.requests,
    )
    promised: list[Seeker] = [] if least.gives else [*least.whom]
    while True:
        people = with_promises(now.people, promised)
        scores = score(people, now.programme, now.requests)
        try:
            after = Round(scores, matching.seed, earlier=taken_over(matching, scores)).solve()
        except InfeasibleError:
            return None
        has = set(placed_in(after))
        lost = [one for one in everybody if one not in has]
        if not lost:
            scenario = scenario_of(matching, least.gives, promised)
            return scenario, promised, like(matching, after)
        if len(promised) == len(everybody):
            return None
        # If a promise to those whom points leave out is not enough, everybody gets one: there is a place for all.
        promised = lost if not promised and set(lost) <= {*least.whom} else everybody


def _catalogue(given: Any) -> Catalogue:
    if given is None:
        return SAFE
    if isinstance(given, Mapping):
        known = Catalogue.__dataclass_fields__
        refuse(
            Fault("catalogue", str(key), "is unknown", nearest(str(key), list(known)))
            for key in given
            if key not in known
        )
        return Catalogue(**given)
    refuse(instance("catalogue", "", given, Catalogue, "give a Catalogue, or a table of costs"))
    chosen: Catalogue = given
    return chosen


def _person_faults(matching: Outcome, person: object, k: object) -> Iterator[Fault]:
    strange = whole(ASKED, "k", k, 1, max(1, len(seekers(matching))))
    yield from strange
    mentors, mentees = matching.scores.shape
    if not strange and k != 1 and mentors * mentees > SEVERAL:
        yield Fault(
            ASKED, "k", "there are too many pairs for several people at once", "ask for one"
        )
    if person is None:
        if not seekers(matching):
            yield Fault(ASKED, "person", "everybody has a partner", "ask for nobody")
        return
    ids = [person] if isinstance(person, str) else person
    if not isinstance(ids, Sequence) or not ids or not all(isinstance(one, str) for one in ids):
        yield Fault(ASKED, "person", f"{seen(person)} is nobody", "give an id, or several")
        return
    alone, known = {one for one, _ in seekers(matching)}, set(matching.people.id)
    for one in ids:
        if one not in known:
            problem, remedy = f"nobody has the id {seen(one)}", nearest(str(one), sorted(known))
            yield Fault(ASKED, "person", problem, remedy)
        elif one not in alone:
            taken = bool(matching.partners.get(one))
            problem = "has a partner already" if taken else "plays no role"
            yield Fault(ASKED, "person", f"{one} {problem}", "ask for somebody without a partner")
