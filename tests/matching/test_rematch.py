"""A rematch: as many pairs, then as few changes as possible, then points; or the points first. By brute force, and by laws."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import strategies
from hypothesis import assume, given, target
from hypothesis import strategies as st
from profiles import examples
from solve import brute

import rmatch
from rmatch.errors import InfeasibleError, InvalidInputError
from rmatch.people import ROLES, Request, Requests, Response, Responses
from rmatch.rounds import wanted_cells

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rmatch.matching import Matching
    from rmatch.people import People
    from rmatch.rounds import Step

    IdPair = tuple[str, str]

PEOPLE = rmatch.datasets.example()
AUTUMN = rmatch.match(PEOPLE, rmatch.datasets.example_programme(), seed="autumn")
PLACES = ("with_protected", "without_protected")
ROUNDS = strategies.rounds(max_mentors=3, max_mentees=3, places=PLACES, some=True)


def made(matching: Matching) -> set[IdPair]:
    """Return the pairs of a matching, by ids."""
    return {(pair.mentor, pair.mentee) for pair in matching.pairs}


def answers(*rows: tuple[IdPair, Any]) -> Responses:
    """Return responses, each a pair and its status."""
    return Responses(tuple(Response(*pair, status) for pair, status in rows))


def without(people: People, *persons: str) -> People:
    """Return the people, some of whom take no part."""
    role = people.role.copy()
    role[[people.id.index(person) for person in persons]] = ROLES["none"]
    return replace(people, role=role)


def gone(people: People, *persons: str) -> People:
    """Return the people, some of whom are not there any more."""
    return people.take([row for row, one in enumerate(people.id) if one not in persons])


def matched(drawn: Any) -> Matching:
    """Return the matching of a round that has one."""
    try:
        return rmatch.match(*drawn)
    except InfeasibleError:
        assume(False)
        raise


def case_of(step: Step, matching: Matching, locked: Iterable[tuple[int, int]]) -> brute.Case:
    """Return the problem of a step for whoever tries every set of pairs."""
    scores, places = matching.scores, step.places
    points = scores.points if step.protected else scores.blind_points
    allowed = scores.open_pairs.copy()
    for cell in locked:
        allowed[cell] = False
    most, fewest = places.capacities, places.minimums
    room = (most[0].tolist(), most[1].tolist(), fewest[0].tolist(), fewest[1].tolist())
    return brute.Case(points.tolist(), allowed.tolist(), *room, step.participation)


@examples(60)
@given(ROUNDS, st.data(), st.sampled_from(["pairs", "optimum"]))
def test_each_step_is_the_best_of_all_sets_of_pairs(
    drawn: Any, data: st.DataObject, keep: Any
) -> None:
    people, programme, requests = drawn
    mentors, mentees = (
        [people.id[row] for row in side.tolist()] for side in (people.mentors, people.mentees)
    )
    cells = [(mentor, mentee) for mentor in mentors for mentee in mentees if mentor != mentee]
    earlier = data.draw(
        st.lists(st.sampled_from(cells), unique=True, max_size=5) if cells else st.just([])
    )
    assume(earlier)
    table = [{"mentor": mentor, "mentee": mentee} for mentor, mentee in earlier]
    try:
        matching = rmatch.rematch(table, people, programme=programme, requests=requests, keep=keep)
    except InfeasibleError:
        return
    assert matching.changes is not None
    kept = set(wanted_cells(matching.scores, earlier))
    target(float(len(kept)))
    for step in matching.steps:
        case = case_of(step, matching, matching.locked_cells)

        def rank(pairs: Any, case: brute.Case = case) -> tuple[int, ...]:
            aims = len(kept & pairs), brute.total(case, pairs)
            count = len(pairs) if case.participation == "most" else 0
            return (count, *(aims if keep == "pairs" else aims[::-1]))

        assert rank(frozenset(step.cells)) == max(map(rank, brute.feasible(case)))
    rmatch.verify(matching, people, programme, matching.requests)


@examples(60)
@given(ROUNDS, st.sampled_from(["pairs", "optimum"]))
def test_if_nothing_has_changed_the_pairs_are_the_same(drawn: Any, keep: Any) -> None:
    earlier = matched(drawn)
    assume(earlier.pairs)
    later = rmatch.rematch(earlier, keep=keep)
    assert later.pairs == earlier.pairs
    assert later.changes is not None
    assert (later.changes.new, later.changes.broken) == ((), ())
    kept = rmatch.read_matching(earlier.to_json(), programme=drawn[1])
    again = rmatch.rematch(kept, earlier.people, keep=keep)
    assert again == later
    rows = [{"mentor": pair.mentor, "mentee": pair.mentee} for pair in earlier.pairs]
    of_table = rmatch.rematch(
        rows, drawn[0], programme=drawn[1], requests=drawn[2], keep=keep, seed=0
    )
    assert of_table.pairs == earlier.pairs


@examples(50)
@given(ROUNDS, st.data())
def test_who_accepted_stays_and_what_was_declined_never_comes_back(
    drawn: Any, data: st.DataObject
) -> None:
    people, programme, requests = drawn
    earlier = matched((people, programme, requests))
    assume(earlier.pairs)
    statuses = st.sampled_from(["proposed", "accepted", "declined", "active", "ended", "completed"])
    drawn_rows = [((pair.mentor, pair.mentee), data.draw(statuses)) for pair in earlier.pairs]
    try:
        later = rmatch.rematch(earlier, responses=answers(*drawn_rows))
    except InfeasibleError:
        return
    pairs = made(later)
    assert later.changes is not None
    causes = {(pair.mentor, pair.mentee): pair.cause for pair in later.changes.broken}
    for pair, status in drawn_rows:
        if status in ("accepted", "active"):
            assert pair in pairs
        if status == "declined":
            assert pair not in pairs
            assert causes[pair] == "declined"
        if status in ("ended", "completed"):
            assert causes[pair] == "ended"
            assert (pair in pairs) == (pair in later.changes.new)
    rmatch.verify(later, people, programme)
    document = later.to_json()
    kept = rmatch.read_matching(document, programme=programme)
    assert kept.changes == later.changes
    assert rmatch.read_matching(document, people, programme).changes == later.changes
    for following in (rmatch.rematch(later), rmatch.rematch(later, keep="optimum")):
        assert not made(following) & {pair for pair, status in drawn_rows if status == "declined"}


@examples(60)
@given(
    strategies.bare_rounds(minimums=True),
    st.data(),
    st.sampled_from(["pairs", "optimum"]),
    st.sampled_from(["first", "same"]),
    st.booleans(),
)
def test_protected_points_decide_neither_who_keeps_a_place_nor_who_loses_one(
    drawn: Any, data: st.DataObject, keep: Any, waiting: Any, spread: bool
) -> None:
    people, programme, _ = drawn
    programme = replace(programme, waiting=waiting, spread=spread)
    ranks = data.draw(
        st.lists(st.integers(0, 2), min_size=len(people), max_size=len(people)), label="priority"
    )
    people = replace(people, priority=np.array(ranks))
    mentors, mentees = programme.criteria[0].block.mentors, programme.criteria[0].block.mentees
    earlier = data.draw(
        st.lists(
            st.tuples(st.sampled_from(mentors), st.sampled_from(mentees)), unique=True, min_size=1
        )
    )
    statuses = st.sampled_from(["proposed", "accepted", "declined", "ended"])
    told = answers(*((pair, data.draw(statuses)) for pair in earlier))
    table = [{"mentor": mentor, "mentee": mentee} for mentor, mentee in earlier]
    both = []
    for one in (programme, data.draw(strategies.regrouped(programme))):
        try:
            both.append(
                rmatch.rematch(table, people, programme=one, responses=told, keep=keep, seed=1)
            )
        except (InfeasibleError, InvalidInputError):
            return  # accepted, and beyond places or against the rule
    held = [
        [Counter(getattr(pair, side) for pair in matching.pairs) for side in ("mentor", "mentee")]
        for matching in both
    ]
    assert held[0] == held[1]
    if keep == "pairs":
        kept = [len(matching.changes.kept) for matching in both if matching.changes is not None]
        assert kept[0] == kept[1]


@examples(50)
@given(ROUNDS, st.data(), st.sampled_from(["pairs", "optimum"]))
def test_every_cause_holds(drawn: Any, data: st.DataObject, keep: Any) -> None:
    people, programme, requests = drawn
    earlier = matched(drawn)
    assume(earlier.pairs)
    gone = data.draw(st.lists(st.sampled_from(people.id), unique=True, max_size=2))
    excluded = data.draw(st.lists(st.sampled_from(sorted(made(earlier))), unique=True, max_size=1))
    now = without(people, *gone)
    rows = [Request(*pair, "exclude") for pair in excluded]
    rows += [
        row
        for row in requests.rows
        if row.kind == "wish" and not {row.mentor, row.mentee} & set(gone)
    ]
    later = rmatch.rematch(earlier, now, requests=Requests(tuple(rows)), keep=keep)
    assert later.changes is not None
    whose = {person: place for place, person in enumerate(people.id)}
    for pair in later.changes.broken:
        two = pair.mentor, pair.mentee
        assert (pair.cause == "left") == bool(set(gone) & set(two))
        assert all(person in whose for person in pair.people)
        if pair.cause == "rule":
            assert two in excluded or pair.rules
        if pair.cause == "gave_way":
            assert pair.reason in ("pairs", "points", "minimums", "locks")
            assert pair.to
            if pair.reason == "pairs":
                assert programme.participation == "most"
            if pair.reason == "points":
                assert keep == "optimum"


def test_one_declines_and_the_others_stay() -> None:
    first = AUTUMN.pairs[0]
    later = rmatch.rematch(AUTUMN, responses=answers(((first.mentor, first.mentee), "declined")))
    assert later.changes is not None
    assert made(AUTUMN) - made(later) == {(first.mentor, first.mentee)}
    assert [pair.sentence for pair in later.changes.broken] == ["It was declined."]
    assert "Changes: " in str(later)
    rmatch.verify(later, PEOPLE, rmatch.datasets.example_programme())


def test_points_first_loses_none() -> None:
    pairs = [(pair.mentor, pair.mentee) for pair in AUTUMN.pairs]
    shifted = [
        {"mentor": mentor, "mentee": mentee}
        for (mentor, _), (_, mentee) in zip(pairs, pairs[1:] + pairs[:1], strict=True)
    ]
    fewest = rmatch.rematch(shifted, PEOPLE, programme=AUTUMN.programme)
    best = rmatch.rematch(shifted, PEOPLE, programme=AUTUMN.programme, keep="optimum")
    assert fewest.changes is not None
    assert best.changes is not None
    assert len(best.changes.kept) <= len(fewest.changes.kept)
    best_points, fewest_points = (
        sum(int(matching.scores.blind_points[cell]) for cell in matching.steps[0].cells)
        for matching in (best, fewest)
    )
    assert best_points > fewest_points or best.pairs == fewest.pairs
    fresh = rmatch.match(PEOPLE, AUTUMN.programme)
    assert best_points == fresh.steps[0].solution.total
    assert np.isclose(best.total, rmatch.match(PEOPLE, AUTUMN.programme).total, rtol=0.01)


def lowered(person: str) -> People:
    """Return the people, one of whom takes nobody now."""
    capacity = PEOPLE.mentor_capacity.copy()
    capacity[PEOPLE.id.index(person)] = 0
    return replace(PEOPLE, mentor_capacity=capacity)


def test_fewer_places_are_a_cause_of_their_own() -> None:
    first = AUTUMN.pairs[0]
    later = rmatch.rematch(AUTUMN, lowered(first.mentor))
    assert later.changes is not None
    [broken] = [pair for pair in later.changes.broken if pair.mentor == first.mentor]
    assert (broken.cause, broken.reason, broken.people) == ("gave_way", "places", (first.mentor,))
    assert broken.sentence.endswith(f"as {first.mentor} has fewer places than earlier partners.")


def test_a_lock_is_a_cause_of_its_own() -> None:
    one, two = AUTUMN.pairs[:2]
    lock = Request(one.mentor, two.mentee, "lock", override_reason="the CEO asks")
    later = rmatch.rematch(AUTUMN, requests=Requests((lock,)))
    assert later.changes is not None
    reasons = {pair.mentor: (pair.reason, pair.to) for pair in later.changes.broken}
    assert reasons[one.mentor][0] == "locks"
    assert (one.mentor, two.mentee) in reasons[one.mentor][1]


# What cannot be.


def faults(**given: Any) -> list[str]:
    """Return the faults of a rematch as text."""
    with pytest.raises(InvalidInputError) as caught:
        rmatch.rematch(given.pop("earlier", AUTUMN), **given)
    return [str(fault) for fault in caught.value.faults]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    one, two, three, four = [(pair.mentor, pair.mentee) for pair in AUTUMN.pairs[:4]]
    programme = replace(AUTUMN.programme, rules=(*AUTUMN.programme.rules, rmatch.rules.OtherSite()))
    people = replace(PEOPLE, site=("Leeds",) * len(PEOPLE))
    told = faults(
        people=people,
        programme=programme,
        requests=Requests((Request(*three, "lock"), Request(*four, "exclude"))),
        responses=answers(
            (one, "accepted"),
            (one, "declined"),
            (two, "accepted"),
            ((one[0], two[1]), "declined"),
            (three, "declined"),
            (four, "active"),
        ),
    )
    expected = [
        f"declined {one[0]!r} → {one[1]!r}, status: is said to be accepted and declined",
        f"declined {one[0]!r} → {two[1]!r}: was no pair of the earlier round",
        f"declined {three[0]!r} → {three[1]!r}, status: the requests have a lock of the pair",
        f"active {four[0]!r} → {four[1]!r}, status: the requests have an exclusion of the pair",
        f"accepted {two[0]!r} → {two[1]!r}, status: breaks other_site now: both work in the same site",
    ]
    for part in expected:
        assert any(fault.startswith(part) for fault in told), (part, told)
    assert len(told) == len(expected) + 1  # the active pair breaks the rule, too


def test_what_is_closed_either_way_round_contradicts_a_pair_that_stays() -> None:
    rows: Any = [
        {"id": f"B{number}", "role": "both", "years": 3 * number + 1, "mentor_capacity": 2}
        for number in range(3)
    ]
    people, programme = rmatch.read_people(rows), rmatch.Programme(rules=[])
    table = [{"mentor": "B0", "mentee": "B1"}, {"mentor": "B1", "mentee": "B0"}]
    given: Any = {"earlier": table, "people": people, "programme": programme}
    one, other = ("B0", "B1"), ("B1", "B0")
    [fault] = faults(**given, responses=answers((one, "declined"), (other, "accepted")))
    assert fault == (
        "accepted 'B1' → 'B0', status: the same two have declined the other way round, which closes both ways; "
        "take one of the two responses back"
    )
    requests = Requests((Request(*one, "exclude"),))
    [fault] = faults(**given, requests=requests, responses=answers((other, "active")))
    assert fault.startswith(
        "active 'B1' → 'B0', status: the requests have an exclusion of the pair;"
    )


def test_somebody_of_the_firm_is_not_taken_for_another_one() -> None:
    alone = next(each.id for each in AUTUMN.unmatched if each.role == "mentor")
    [fault] = faults(responses=answers(((alone, AUTUMN.pairs[0].mentee), "declined")))
    assert fault.endswith("take the row out, or give the round that had this pair")


def test_what_is_void_is_named() -> None:
    first = AUTUMN.pairs[0]
    kept = rmatch.rematch(AUTUMN, responses=answers(((first.mentor, first.mentee), "accepted")))
    later = rmatch.rematch(kept, without(PEOPLE, first.mentor))
    note = f"1 request of the earlier round is void now: lock {first.mentor!r} → {first.mentee!r}"
    assert note in later.requests.notes


def test_an_override_reason_keeps_a_pair_that_a_rule_forbids_now() -> None:
    first = AUTUMN.pairs[0]
    programme = replace(AUTUMN.programme, rules=(*AUTUMN.programme.rules, rmatch.rules.OtherSite()))
    people = replace(PEOPLE, site=("Leeds",) * len(PEOPLE))
    answer = Response(first.mentor, first.mentee, "active", override_reason="both ask")
    later = rmatch.rematch(AUTUMN, people, programme=programme, responses=Responses((answer,)))
    assert [(pair.mentor, pair.mentee, pair.override_reason) for pair in later.pairs] == [
        (first.mentor, first.mentee, "both ask")
    ]


def test_a_pair_that_was_accepted_rounds_ago_may_be_forbidden_now_and_kept_by_a_reason() -> None:
    first = AUTUMN.pairs[0]
    pair = first.mentor, first.mentee
    winter = rmatch.rematch(AUTUMN, responses=answers((pair, "accepted")))
    programme = replace(AUTUMN.programme, rules=(*AUTUMN.programme.rules, rmatch.rules.OtherSite()))
    people = replace(PEOPLE, site=("Leeds",) * len(PEOPLE))
    now: Any = {"people": people, "programme": programme}
    for told, status in ((Responses(), "locked"), (answers((pair, "active")), "active")):
        [fault] = faults(earlier=winter, responses=told, **now)
        assert fault == (
            f"{status} {pair[0]!r} → {pair[1]!r}, status: breaks other_site now: both work in the same site; "
            "answer that it is active and give its override_reason, or that it has ended"
        )
    reason = Response(*pair, "active", override_reason="both ask")
    kept = rmatch.rematch(winter, responses=Responses((reason,)), **now)
    assert [(each.locked, each.override_reason) for each in kept.pairs] == [(True, "both ask")]
    assert made(rmatch.rematch(kept, responses=answers((pair, "active")), **now)) == {pair}
    ended = rmatch.rematch(winter, responses=answers((pair, "ended")), **now)
    assert ended.pairs == ()


@pytest.mark.parametrize("table", [[], "mentor,mentee\n", "x\n"])
def test_an_earlier_round_without_a_pair_is_none(table: Any, tmp_path: Any) -> None:
    if isinstance(table, str):
        (tmp_path / "pairs.csv").write_text(table, "utf-8")
        table = tmp_path / "pairs.csv"
    [fault] = faults(earlier=table, people=PEOPLE)
    assert fault == (
        "earlier round: there is no pair in it; give a table with the columns mentor and mentee, or match without it"
    )


def test_a_round_of_another_firm_is_refused() -> None:
    table = [{"mentor": f"A{number}", "mentee": f"B{number}"} for number in range(8)]
    table[0]["mentor"] = PEOPLE.id[0]
    [fault] = faults(earlier=table, people=PEOPLE)
    assert fault.startswith(
        "earlier round: of the 16 people of its pairs 1 are in the people table"
    )


def test_ids_that_a_spreadsheet_damaged_are_repaired_and_noted() -> None:
    records = [
        {"id": f"00{number}", "role": role, "years": 1 if role == "mentor" else 20}
        for role, numbers in (("mentor", (1, 2, 3)), ("mentee", (4, 5, 6)))
        for number in numbers
    ]
    people = rmatch.read_people(records)
    table = [{"mentor": "1", "mentee": "6"}, {"mentor": "2", "mentee": "5"}]
    later = rmatch.rematch(table, people, responses=answers((("1", "6"), "accepted")))
    assert later.changes is not None
    assert later.changes.kept == (("001", "006"), ("002", "005"))
    assert later.requests.notes == (
        "4 ids of the earlier pairs read as the likely one: '1' as '001' (the same number, zeros lost)",
        "2 ids of the responses read as the likely one: '1' as '001' (the same number, zeros lost)",
    )


def test_somebody_who_left_keeps_no_lock() -> None:
    first = AUTUMN.pairs[0]
    later = rmatch.rematch(
        AUTUMN,
        without(PEOPLE, first.mentor),
        responses=answers(((first.mentor, first.mentee), "accepted")),
    )
    assert later.changes is not None
    assert later.changes.broken[0].cause == "left"
    assert "1 accepted pair is not kept: one of the two has left" in later.requests.notes


@pytest.mark.parametrize("leave", [without, gone])
def test_what_was_declined_never_comes_back_though_somebody_was_away(leave: Any) -> None:
    first = AUTUMN.pairs[0]
    declined = first.mentor, first.mentee
    fewer = leave(PEOPLE, first.mentor)
    at_once = rmatch.rematch(AUTUMN, fewer, responses=answers((declined, "declined")))
    rmatch.verify(at_once, fewer)
    later = rmatch.rematch(
        rmatch.rematch(AUTUMN, responses=answers((declined, "declined"))).to_dict(), fewer
    )
    for winter in (at_once, later):
        kept = rmatch.read_matching(winter.to_json(), fewer)
        assert kept.requests == winter.requests
        spring = rmatch.rematch(kept, PEOPLE)
        assert spring.requests.rows == (Request(*declined, "exclude"),)
        assert declined not in made(spring)
        rmatch.verify(spring, PEOPLE)


def test_the_requests_of_the_earlier_round_hold_under_ids_in_another_form() -> None:
    def people(form: str) -> People:
        roles = ("mentor", "mentor", "mentee", "mentee")
        return rmatch.read_people(
            [
                {"id": form % number, "role": role, "years": 1 + 19 * (role == "mentee")}
                for number, role in enumerate(roles, 1)
            ]
        )

    autumn = rmatch.match(people("00%d"), requests=Requests((Request("001", "003", "exclude"),)))
    spring = rmatch.rematch(autumn, people("%d"))
    assert spring.requests.rows == (Request("1", "3", "exclude"),)
    assert made(spring) == {("1", "4"), ("2", "3")}
    assert spring.requests.notes == (
        "2 ids of the earlier requests read as the likely one: '001' as '1' (the same number, with other zeros)",
        "4 ids of the earlier pairs read as the likely one: '001' as '1' (the same number, with other zeros)",
    )


def test_a_table_with_mentors_and_mentees_exchanged_is_refused() -> None:
    table = [{"mentor": pair.mentee, "mentee": pair.mentor} for pair in AUTUMN.pairs]
    [fault] = faults(earlier=table, people=PEOPLE)
    assert fault == (
        "earlier round: 10 of its 10 pairs have mentor and mentee exchanged; "
        "exchange the two columns, or the roles of the people"
    )


def test_an_answer_that_a_pair_stays_is_never_passed_over() -> None:
    first = AUTUMN.pairs[0]
    closed = Request(first.mentor, AUTUMN.pairs[1].mentee, "exclude")
    earlier = rmatch.match(PEOPLE, AUTUMN.programme, Requests((closed,)))
    pair = closed.mentor, closed.mentee
    [fault] = faults(earlier=earlier, responses=answers((pair, "active")))
    assert fault.startswith(f"active {pair[0]!r} → {pair[1]!r}: was no pair of the earlier round")
    assert rmatch.rematch(earlier, responses=answers((pair, "declined"))).pairs


def test_an_earlier_round_may_be_a_table_of_columns() -> None:
    columns = {
        side: [getattr(pair, side) for pair in AUTUMN.pairs] for side in ("mentor", "mentee")
    }
    table = [{side: getattr(pair, side) for side in columns} for pair in AUTUMN.pairs]
    assert rmatch.rematch(columns, PEOPLE).changes == rmatch.rematch(table, PEOPLE).changes


def test_a_round_without_its_people_needs_them() -> None:
    kept = rmatch.read_matching(AUTUMN.to_json())
    assert faults(earlier=kept) == [
        "rematch, people: the earlier round does not hold them; give people (--people): everybody as they are now"
    ]
    assert made(rmatch.rematch(kept, PEOPLE)) == made(AUTUMN)


def test_a_saved_round_is_read_as_one(tmp_path: Any) -> None:
    path = tmp_path / "round.json"
    AUTUMN.to_json(path)
    for earlier in (path, str(path), AUTUMN.to_dict()):
        later = rmatch.rematch(earlier, PEOPLE)
        assert (made(later), later.seed) == (made(AUTUMN), "autumn")
        assert later.programme == AUTUMN.programme


def test_other_objectives_have_no_earlier_pairs() -> None:
    programme = replace(AUTUMN.programme, objective=rmatch.objectives.MaxMin(), mentee_capacity=1)
    with pytest.raises(InvalidInputError, match="cannot come before the objective 'max_min'"):
        rmatch.rematch(AUTUMN, programme=programme)


def test_given_requests_replace_those_of_the_round_and_what_is_lost_is_told() -> None:
    first = AUTUMN.pairs[0]
    winter = rmatch.rematch(AUTUMN, responses=answers(((first.mentor, first.mentee), "declined")))
    spring = rmatch.rematch(winter, requests=Requests())
    assert spring.requests.notes == (
        "1 exclusion or earlier pair of the earlier round is not among the requests given",
    )


def circle(*wants: str, mentors: int = 1) -> People:
    """Return mentors of python, and leaders who want one thing each."""
    rows = [
        {"id": f"m{number}", "role": "mentor", "years": 1 + number, "offers": "python"}
        for number in range(1, mentors + 1)
    ]
    rows += [
        {"id": f"L{number}", "role": "mentee", "years": 20 + number, "wants": want}
        for number, want in enumerate(wants, 1)
    ]
    return rmatch.read_people(rows)


def test_points_first_gives_way_to_who_comes_first_and_not_to_points() -> None:
    people, programme = circle("python", "accessibility"), rmatch.Programme(waiting="first")
    autumn = rmatch.match(people, programme)
    spring = rmatch.rematch(autumn, keep="optimum")
    assert spring.total < autumn.total
    assert spring.changes is not None
    [broken] = spring.changes.broken
    assert broken.reason == "waiting"
    assert broken.sentence == (
        "It gave way to m1 → L2, so that somebody who comes before others has a partner."
    )
    rmatch.verify(spring, people)


@pytest.mark.parametrize("keep", ["pairs", "optimum"])
def test_a_second_partner_gives_way_to_a_first_one(keep: Any) -> None:
    people = circle("python", "short video", mentors=2)
    # The price list is about points that add up over pairs.
    two = rmatch.Programme(mentee_capacity=2, count_topic="each")
    autumn = rmatch.match(people, two)
    spring = rmatch.rematch(autumn, programme=replace(two, spread=True), keep=keep)
    assert spring.changes is not None
    [broken] = spring.changes.broken
    assert "somebody who comes before others has a partner" in broken.sentence
    # Without a change there are more points, but not for as many people: the list says what it compares.
    prices = spring.price_of_changes()
    assert prices.prices[0].points < autumn.total
    assert str(prices).startswith(
        "The price of changes, for pairs that are not locked, of 100 a pair; of matchings with as many "
        "pairs and as much for those who come before others none with as few changes has more:\n"
    )


def test_a_price_list_of_points_below_zero_is_told_without_percent() -> None:
    people = circle("python", "short video", mentors=2)
    matrix = rmatch.criteria.Matrix(
        [[-5, -1], [-1, -5]], mentors=("m1", "m2"), mentees=("L1", "L2")
    )
    worse = rmatch.criteria.Custom("worse", matrix)
    programme = rmatch.Programme(criteria=[worse])
    diagonal = [{"mentor": "m1", "mentee": "L1"}, {"mentor": "m2", "mentee": "L2"}]
    prices = rmatch.rematch(diagonal, people, programme=programme).price_of_changes()
    assert [each.points for each in prices.prices] == [-10, -2]
    assert str(prices).splitlines()[1:] == [
        "  0 changes  -200  160 lower",
        "  2 changes   -40   the best",
    ]


def test_what_earlier_pairs_cannot_come_before_is_said_of_them() -> None:
    programme = rmatch.Programme(objective=rmatch.objectives.Stable())
    [fault] = faults(earlier=rmatch.match(circle("python")), programme=programme)
    assert fault == (
        "earlier pairs, objective: cannot come before the objective 'stable': no exact method is at hand; "
        "take the objective 'total' without quotas, or match anew"
    )


@pytest.mark.parametrize("keep", ["pairs", "optimum"])
def test_two_whose_pair_is_over_may_be_made_a_new_one(keep: Any) -> None:
    people, programme = circle("python"), rmatch.Programme(rules=[])
    autumn = rmatch.match(people, programme)
    spring = rmatch.rematch(autumn, responses=answers((("m1", "L1"), "ended")), keep=keep)
    assert (
        str(spring.changes)
        == "0 pairs kept, 1 new, 1 broken\n  + m1 → L1\n  - m1 → L1: It is over."
    )
    rmatch.verify(spring, people, programme)
    assert rmatch.read_matching(spring.to_json()).changes == spring.changes


@pytest.mark.parametrize("keep", ["pairs", "optimum"])
def test_a_rematch_without_a_place_left_is_verified(keep: Any) -> None:
    people = replace(circle("python", "python", "python"), priority=np.array([0, 0, 0, 1]))
    programme = rmatch.Programme(waiting="first")
    table = [{"mentor": "m1", "mentee": "L1"}, {"mentor": "m1", "mentee": "L2"}]
    spring = rmatch.rematch(
        table,
        people,
        programme=programme,
        responses=answers((("m1", "L1"), "accepted")),
        keep=keep,
    )
    assert made(spring) == {("m1", "L1")}
    rmatch.verify(spring, people, programme)
