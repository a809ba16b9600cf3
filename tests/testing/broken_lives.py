"""Life-cycle matchers with one planted fault each, and the law that must find it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Any

from rmatch.testing.life.best import best_pairs, over_rounds

if TYPE_CHECKING:
    from collections.abc import Callable

    from rmatch.testing import Situation
    from rmatch.testing.life.situation import IdPair

    Pairs = frozenset[IdPair]


@dataclass(frozen=True)
class BrokenLife:
    """A matcher of a life, or of a plan, and the law that it must be found to break."""

    fn: Callable[..., Any]
    law: str


def forgets_who_accepted(day: Situation) -> Pairs:
    return best_pairs(replace(day, accepted=frozenset(), earlier=day.earlier - day.accepted))


def forgets_declines(day: Situation) -> Pairs:
    return best_pairs(replace(day, declined=frozenset()))


def asks_again_next_round(day: Situation) -> Pairs:
    """Only those who declined in this round are remembered."""
    return best_pairs(replace(day, declined=day.declined & day.earlier))


def repeats_the_last_round(day: Situation) -> Pairs:
    return best_pairs(replace(day, met={}))


def remembers_one_round(day: Situation) -> Pairs:
    met = {pair: ago for pair, ago in day.met.items() if ago == 1}
    return best_pairs(replace(day, met=met))


def ends_the_gap_too_soon(day: Situation) -> Pairs:
    return best_pairs(replace(day, gap=None if day.gap is None else day.gap - 1))


def keeps_who_has_left(day: Situation) -> Pairs:
    """Earlier pairs stay where only one of the two has left, as if a place were a person."""
    left = {pair for pair in day.earlier - day.declined if pair[0] not in day.mentor_capacity}
    return best_pairs(day) | left


def keeps_what_a_rule_forbids(day: Situation) -> Pairs:
    there = {
        pair: 0
        for pair in day.earlier
        if pair[0] in day.mentor_capacity and pair[1] in day.mentee_capacity
    }
    return best_pairs(replace(day, points=there | day.points))


def has_old_places(day: Situation) -> Pairs:
    """Whoever had partners has places for them."""
    places = [
        {
            who: max(most, sum(who in pair for pair in day.earlier))
            for who, most in day.capacity(side).items()
        }
        for side in (0, 1)
    ]
    return best_pairs(replace(day, mentor_capacity=places[0], mentee_capacity=places[1]))


def makes_pairs_twice(day: Situation) -> list[IdPair]:
    return [*best_pairs(day), *day.accepted]


def holds_on_to_every_pair(day: Situation) -> Pairs:
    """Every earlier pair that may stay does, even where others could have a partner if it did not."""
    stay = {pair for pair in day.earlier if pair in day.possible}
    while stay and day.crowded(stay):
        stay.discard(max(stay - day.accepted))
    return best_pairs(replace(day, accepted=frozenset(stay)))


def takes_the_most_points(day: Situation) -> list[IdPair]:
    """Greedy: the pair with the most points first."""
    made = sorted(day.accepted)
    for pair in sorted(day.possible - day.accepted, key=lambda one: -day.points[one]):
        if not day.crowded([*made, pair]):
            made.append(pair)
    return made


def starts_afresh(day: Situation) -> Pairs:
    return best_pairs(replace(day, earlier=day.accepted))


def changes_for_a_point(day: Situation) -> Pairs:
    """A kept pair is worth two points, and not more than all."""
    bonus = {pair: worth + 2 * (pair in day.earlier) for pair, worth in day.points.items()}
    return best_pairs(replace(day, points=bonus, earlier=frozenset()))


def lets_them_wait(day: Situation) -> Pairs:
    return best_pairs(replace(day, waiting={}))


def counts_who_waits_and_not_how_long(day: Situation) -> Pairs:
    return best_pairs(replace(day, waiting=dict.fromkeys(day.waiting, 1)))


def serves_mentors_alone(day: Situation) -> Pairs:
    waiting = {who: since for who, since in day.waiting.items() if who in day.mentor_capacity}
    return best_pairs(replace(day, waiting=waiting))


def looks_at_no_points(day: Situation) -> Pairs:
    return best_pairs(replace(day, points=dict.fromkeys(day.points, 0)))


def is_moody() -> Callable[[Situation], Pairs]:
    """Every second time it prefers those with few points."""
    times = count()

    def moody(day: Situation) -> Pairs:
        if next(times) % 2:
            turned = {pair: -worth for pair, worth in day.points.items()}
            return best_pairs(replace(day, points=turned, earlier=day.accepted))
        return best_pairs(day)

    return moody


def likes_new_faces(day: Situation) -> Pairs:
    new = {pair: worth + 9 * (pair not in day.earlier) for pair, worth in day.points.items()}
    return best_pairs(replace(day, points=new, earlier=frozenset()))


def needs_somebody(day: Situation) -> Pairs:
    max(day.points.values())
    return best_pairs(day)


LIVES = (
    BrokenLife(forgets_who_accepted, "accepted_stay"),
    BrokenLife(forgets_declines, "declined_never_again"),
    BrokenLife(asks_again_next_round, "declined_never_again"),
    BrokenLife(repeats_the_last_round, "no_repeat"),
    BrokenLife(remembers_one_round, "no_repeat"),
    BrokenLife(ends_the_gap_too_soon, "no_repeat"),
    BrokenLife(keeps_who_has_left, "possible_pairs"),
    BrokenLife(keeps_what_a_rule_forbids, "possible_pairs"),
    BrokenLife(needs_somebody, "possible_pairs"),
    BrokenLife(has_old_places, "nobody_twice"),
    BrokenLife(makes_pairs_twice, "nobody_twice"),
    BrokenLife(holds_on_to_every_pair, "most_pairs"),
    BrokenLife(takes_the_most_points, "most_pairs"),
    BrokenLife(starts_afresh, "fewest_broken"),
    BrokenLife(changes_for_a_point, "fewest_broken"),
    BrokenLife(lets_them_wait, "waiting_first"),
    BrokenLife(counts_who_waits_and_not_how_long, "waiting_first"),
    BrokenLife(serves_mentors_alone, "waiting_first"),
    BrokenLife(looks_at_no_points, "most_points"),
    BrokenLife(is_moody(), "same_answer"),
    BrokenLife(likes_new_faces, "nothing_changed"),
)


def every_round_alike(day: Situation, rounds: int) -> list[Pairs]:
    return [best_pairs(day)] * rounds


def round_by_round(day: Situation, rounds: int) -> list[Pairs]:
    """The best of each round, and no look ahead: later rounds have what is left."""
    made: list[Pairs] = []
    for _ in range(rounds):
        met = {pair: ago + 1 for pair, ago in day.met.items()}
        made.append(best_pairs(day))
        day = replace(day, met=met | dict.fromkeys(made[-1], 1))
    return made


def all_at_once(day: Situation, rounds: int) -> list[Pairs]:
    return [best_pairs(over_rounds(day, rounds)), *[frozenset()] * (rounds - 1)]


def forgets_the_past(day: Situation, rounds: int) -> list[Pairs]:
    return round_by_round(replace(day, met={}), rounds)


def fills_early_rounds(day: Situation, rounds: int) -> list[list[IdPair]]:
    """The best pairs of all rounds together, each in the first round that has room for it."""
    made: list[list[IdPair]] = [[] for _ in range(rounds)]
    for pair in sorted(best_pairs(over_rounds(day, rounds))):
        next(one for one in made if not day.crowded([*one, pair])).append(pair)
    return made


def makes_one_round(day: Situation, rounds: int) -> list[Pairs]:
    return [best_pairs(day)]


def lets_them_wait_all_year(day: Situation, rounds: int) -> list[Pairs]:
    return round_by_round(replace(day, waiting={}), rounds)


def any_points(day: Situation, rounds: int) -> list[Pairs]:
    return round_by_round(replace(day, points=dict.fromkeys(day.points, 0)), rounds)


PLANS = (
    BrokenLife(every_round_alike, "plan_no_repeat"),
    BrokenLife(forgets_the_past, "plan_no_repeat"),
    BrokenLife(all_at_once, "plan_possible"),
    BrokenLife(makes_one_round, "plan_possible"),
    BrokenLife(round_by_round, "plan_most_pairs"),
    BrokenLife(lets_them_wait_all_year, "plan_waiting_first"),
    BrokenLife(any_points, "plan_most_points"),
    BrokenLife(fills_early_rounds, "plan_even"),
)
