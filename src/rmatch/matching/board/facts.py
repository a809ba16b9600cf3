"""What the board's page says, as words and numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from rmatch.fairness import fairness
from rmatch.matching.board.told import Disclosure
from rmatch.matching.page.fair import measured, rather_each_other
from rmatch.matching.protected import effect_of_protected
from rmatch.programme import Unit
from rmatch.rounds import OTHER_TOPICS, PARTS, aim_faults, connections_of, kept_of, wants_of
from rmatch.utils.messages import Message, Share
from rmatch.utils.validation import refuse

if TYPE_CHECKING:
    from rmatch.fairness import Effect
    from rmatch.rounds import Aims, Links, Outcome, Wants

WITHHELD = Message("not shown")
NOTHING = Message("Not shown.")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the page.

    Attributes
    ----------
    label : str
        What it says.
    now : str
        The figure.
    before : str
        The same of the earlier round; empty where there is none.
    share : float or None
        From 0 to 1, where it is drawn as a bar.
    """

    label: str
    now: str
    before: str = ""
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """What the page says.

    Attributes
    ----------
    title, purpose : str
        What the programme is called, and what it is for.
    made : date
        The day on which the page was made.
    people : tuple of Figure
        Who takes part, in counts.
    coverage : tuple of Figure
        How much of what is wanted somebody teaches, by aim.
    reach : tuple of str
        What the pairs connect.
    quality : tuple of Figure
        How good the pairs are.
    fairness : tuple of str
        How fair the round is, in two sentences.
    withheld : int
        How many figures are kept back, as they would tell something of too few people.
    notes : tuple of str
        When the page was made, and of how many people it tells what.
    compared : bool
        Whether there is an earlier round beside.
    """

    title: str
    purpose: str
    made: date
    people: tuple[Figure, ...]
    coverage: tuple[Figure, ...]
    reach: tuple[str, ...]
    quality: tuple[Figure, ...]
    fairness: tuple[str, ...]
    withheld: int
    notes: tuple[str, ...]
    compared: bool


def board(
    matching: Outcome, purpose: str, aims: Aims, previous: Outcome | None, made: date
) -> Board:
    """Gather what the board's page says.

    Parameters
    ----------
    matching : Outcome
        The round, with its people.
    purpose : str
        What the programme is for.
    aims : mapping of str to sequence of str
        The aims of the programme, and the topics that serve each; may be empty.
    previous : Outcome or None
        An earlier round, with its people, whose page is known.
    made : date
        The day.

    Raises
    ------
    InvalidInputError
        For aims that are no lists of topics, or that share a topic.
    """
    refuse(aim_faults("board", aims))
    rounds = [matching] if previous is None else [matching, previous]
    rule = Disclosure(matching.programme.smallest_group)
    unit = matching.unit
    coverage = tuple(_coverage(rounds, aims, rule))
    quality = tuple(_quality(rounds, unit, rule))
    reach, fair = tuple(_reach(rounds, rule)), tuple(_fairness(rounds, rule))
    kept_back = sum(figure.now == WITHHELD for figure in (*coverage, *quality))
    kept_back += sum(told == (NOTHING,) for told in (reach, fair))
    return Board(
        title=matching.programme.name or Message("Reverse mentoring"),
        purpose=purpose,
        made=made,
        people=tuple(_people(rounds)),
        coverage=coverage,
        reach=reach,
        quality=quality,
        fairness=fair,
        withheld=kept_back,
        notes=tuple(_notes(made, rule, kept_back, compared=previous is not None)),
        compared=previous is not None,
    )


def _notes(made: date, rule: Disclosure, withheld: int, *, compared: bool) -> Iterator[Message]:
    yield Message("Made on {day}.", day=made)
    yield Message(
        "What is learnt, what is connected and how good pairs are is told of {smallest} people or more.",
        smallest=rule.smallest,
    )
    if compared:
        yield Message(
            "Neither these nor how fair the round is are told where beside the page of the earlier round they would say "
            "something of fewer."
        )
    if withheld:
        yield Message("Not shown for it: {count}.", count=withheld)


def _people(rounds: Sequence[Outcome]) -> Iterator[Figure]:
    """Count who takes part; who they are, nobody learns from it."""
    counts = [
        {
            Message("mentors"): len({pair.mentor for pair in each.pairs}),
            Message("senior leaders"): len({pair.mentee for pair in each.pairs}),
            Message("pairs"): len(each.pairs),
            Message("without a partner"): sum(alone.role != "none" for alone in each.unmatched),
        }
        for each in rounds
    ]
    for label in counts[0]:
        yield _figure(label, [str(count[label]) for count in counts])


def _coverage(rounds: Sequence[Outcome], aims: Aims, rule: Disclosure) -> Iterator[Figure]:
    """Say how much of what is wanted is taught, all together and by aim."""
    found = [wants_of(each.scores, each.id_pairs, aims) for each in rounds]
    everything = Message("all that is wanted")
    yield _share(everything, [_of(one, {*aims, OTHER_TOPICS}) for one in found], rule)
    if not aims:
        return
    shares = {aim: [_of(one, {aim}) for one in found] for aim in (*aims, OTHER_TOPICS)}
    figures = {aim: _share(aim, each, rule) for aim, each in shares.items() if each[0]}
    told = [aim for aim, figure in figures.items() if figure.now != WITHHELD]
    if told and len(told) == len(figures) - 1:
        # Beside the whole, a single one that is kept back would follow from all others.
        fewest = min(told, key=lambda aim: len(shares[aim][0]))
        figures[fewest] = Figure(fewest, WITHHELD)
    yield from figures.values()


def _of(wants: Mapping[str, Wants], aims: AbstractSet[str]) -> dict[str, Wants]:
    """Return the wants that serve some aims, of those who have any."""
    kept = {
        person: {want: taught for want, taught in every.items() if want[0] in aims}
        for person, every in wants.items()
    }
    return {person: own for person, own in kept.items() if own}


def _share(label: str, shares: Sequence[Mapping[str, Wants]], rule: Disclosure) -> Figure:
    now, *before = shares
    if not rule.tells(now, *before):
        return Figure(label, WITHHELD)
    told = [_covered(one) for one in (now, *(one for one in before if rule.tells(one)))]
    return replace(
        _figure(label, [Message("{share}", share=Share(share)) for share in told]), share=told[0]
    )


def _covered(wants: Mapping[str, Wants]) -> float:
    taught = [has for own in wants.values() for has in own.values()]
    return sum(taught) / len(taught)


def _quality(rounds: Sequence[Outcome], unit: Unit, rule: Disclosure) -> Iterator[Figure]:
    # What a pair is worth is said of two people: each stands for it with all partners.
    shares: list[dict[str, tuple[tuple[str, int], ...]]] = []
    for each in rounds:
        own: dict[str, tuple[tuple[str, int], ...]] = {}
        for pair in each.pairs:
            own[pair.mentee] = (*own.get(pair.mentee, ()), (pair.mentor, pair.points))
        shares.append(own)
    now, *before = shares
    label = Message("average fit of a pair, of 100")
    if not rule.tells(now, *before):
        yield Figure(label, WITHHELD)
        return
    told = [str(unit.of_100(each.total / len(each.pairs))) for each in rounds if each.pairs]
    if before and not rule.tells(before[0]):
        told = told[:1]
    yield replace(_figure(label, told), share=int(told[0]) / 100)


def _figure(label: str, told: Sequence[str]) -> Figure:
    now, *before = told
    return Figure(label, now, before[0] if before else "")


def _reach(rounds: Sequence[Outcome], rule: Disclosure) -> Iterator[str]:
    """Say what the pairs link, in counts of parts and shares of all pairs."""
    now, *before = (_places(each) for each in rounds)
    if len(rounds[0].pairs) < rule.smallest or not rule.tells(now, *before):
        yield NOTHING
        return
    found = connections_of(rounds[0])
    for links in (found.departments, found.sites):
        if links.count > 1:
            yield from _linked(links, rule)


def _places(matching: Outcome) -> dict[str, object]:
    """Return what each person adds to what is linked: where they are, whom they report to, and their partners."""
    people, partners = matching.scores.cohort.people, _partners(matching)
    columns = (people.id, people.department, people.site, people.manager_id)
    return {person: (where, partners[person]) for person, *where in zip(*columns, strict=True)}


def _records(matching: Outcome) -> dict[str, object]:
    """Return what each person adds to the fairness of a round: all that is known of them, and their partners."""
    partners = _partners(matching)
    return {each.id: (each, partners[each.id]) for each in matching.scores.cohort.people}


def _partners(matching: Outcome) -> dict[str, set[str]]:
    partners: dict[str, set[str]] = defaultdict(set)
    for pair in matching.pairs:
        partners[pair.mentor].add(pair.mentee)
        partners[pair.mentee].add(pair.mentor)
    return partners


def _linked(links: Links, rule: Disclosure) -> Iterator[str]:
    made = sum(link.pairs for link in links.pairs)
    across, parts = made - links.within, PARTS[links.part]
    # Beside all pairs, a few that stay within would be told by what is missing.
    if made and all(not 0 < count < rule.smallest for count in (across, links.within)):
        yield Message(
            "{share} of the pairs link different {parts}.", share=Share(across / made), parts=parts
        )
    yield Message(
        "Of {twos} twos of {parts}, the reporting lines link {before}; with the pairs {after} are linked.",
        twos=links.count * (links.count - 1) // 2,
        parts=parts,
        before=links.before.linked,
        after=links.after.linked,
    )


def _fairness(rounds: Sequence[Outcome], rule: Disclosure) -> Iterator[str]:
    now, *before = (_records(each) for each in rounds)
    if not rule.tells(now, *before):
        yield NOTHING
        return
    matching = rounds[0]
    if kept_of(matching.scores) is not None or not measured(matching):
        yield Message("For the number of possible pairs, fairness is not worked out here.")
        return
    locked = [(pair.mentor, pair.mentee) for pair in matching.pairs if pair.locked]
    effect: Effect = effect_of_protected(matching, wanted=None)
    report = fairness(matching.scores, matching.id_pairs, locked, effect)
    yield rather_each_other(report.blocking)
    yield report.effect.sentence
