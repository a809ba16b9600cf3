"""Explanations: they add up, they are right, and they tell nobody what is not theirs to know."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples

import rmatch
from rmatch.criteria import Diversity, ExperienceGap, Expertise, Wish
from rmatch.errors import InvalidInputError
from rmatch.formulas import Facts, Lines, broken_rules
from rmatch.matching.page.others import standings
from rmatch.people import Person, Request, Requests
from rmatch.rounds.reasons import WORDS
from rmatch.rules import JuniorMentor, NoRepeat, OtherDepartment, SharedLanguage
from rmatch.utils.labels import fold
from rmatch.utils.sides import Side

if TYPE_CHECKING:
    from rmatch.matching import Matching
    from rmatch.people import People
    from rmatch.programme import Programme

Round = tuple["People", "Programme", Requests]
PLACES = ("without_protected", "with_protected")
POSSIBLE = re.compile(r"(?:it|these), (\d+) (?:mentor|mentee)s? would be possible\.")


def basis(matching: Matching, facts: Facts) -> dict[tuple[str, str], int]:
    """Return the points that decide who gets a place, pair by pair."""
    lines = Lines(facts)
    worth = lines.points if matching.programme.places == "with_protected" else lines.blind_points
    return {pair: worth(*pair) for pair in itertools.product(facts.mentors, facts.mentees)}


def open_pairs(matching: Matching, facts: Facts) -> set[tuple[str, str]]:
    least = matching.programme.min_points
    worth = (
        basis(matching, facts)
        if least is not None
        else dict.fromkeys(itertools.product(facts.mentors, facts.mentees), 0)
    )
    return {
        pair
        for pair, points in worth.items()
        if not broken_rules(facts, *pair) and (least is None or points >= least)
    }


def facts_of(matching: Matching) -> Facts:
    return Facts(matching.people, matching.programme, matching.requests)


# What the organiser reads.


@examples(35)
@given(strategies.rounds(places=PLACES))
def test_the_lines_of_every_pair_add_up(drawn: Round) -> None:
    matching = rmatch.match(*drawn)
    facts, scores = facts_of(matching), matching.scores
    made = {(pair.mentor, pair.mentee): pair.points for pair in matching.pairs}
    for (i, mentor), (j, mentee) in itertools.product(
        enumerate(scores.mentors), enumerate(scores.mentees)
    ):
        told = matching.explain(mentor, mentee)
        assert sum(line.points for line in told.lines) == told.points == scores.points[i, j]
        assert made.get((mentor, mentee), told.points) == told.points
        assert told.paired == ((mentor, mentee) in made)
        assert told.broken == broken_rules(facts, mentor, mentee)
        text = str(told)
        assert f": {matching.unit.worth(told.points)}\n" in f"{text}\n"
        assert all(line.sentence in text for line in told.lines)
        assert all(rule.sentence in text for rule in told.broken)
        printed = re.findall(r"^  .+?  +(-?[\d\xa0]+)  \S", text, re.MULTILINE)
        assert sum(int(points.replace("\xa0", "")) for points in printed) == matching.unit.of_100(
            told.points
        )


def room(matching: Matching, facts: Facts, mentor: str, mentee: str) -> bool:
    """Return whether the locks leave both of two people a place."""
    locked = [
        person
        for pair in matching.pairs
        if pair.locked
        for person in enumerate((pair.mentor, pair.mentee))
    ]
    free = facts.capacity(mentor, "mentor") > locked.count((0, mentor))
    return free and facts.capacity(mentee, "mentee") > locked.count((1, mentee))


@examples(35)
@given(strategies.rounds(places=PLACES))
def test_the_best_other_partner_is_the_best_other_partner(drawn: Round) -> None:
    matching = rmatch.match(*drawn)
    facts, lines = facts_of(matching), Lines(facts_of(matching))
    possible = open_pairs(matching, facts)
    for mentor, mentee in itertools.product(facts.mentors, facts.mentees):
        told = matching.explain(mentor, mentee)
        named = {other.side: other for other in told.others}
        made = {(pair.mentor, pair.mentee) for pair in matching.pairs}
        taken = made if (mentor, mentee) in made else {(mentor, mentee)}
        have_room = {pair for pair in possible if room(matching, facts, *pair)}
        offered = (have_room | made & possible) - taken
        choices: dict[Side, dict[str, tuple[str, str]]] = {
            "mentor": {
                other: (mentor, other) for other in facts.mentees if (mentor, other) in offered
            },
            "mentee": {
                other: (other, mentee) for other in facts.mentors if (other, mentee) in offered
            },
        }
        for side, pairs in choices.items():
            assert bool(pairs) == (side in named)
            if not pairs:
                continue
            best = named[side]
            assert best.id in pairs
            assert (
                best.points
                == max(lines.points(*pair) for pair in pairs.values())
                == lines.points(*pairs[best.id])
            )
            met = [pair.mentor if side == "mentor" else pair.mentee for pair in matching.pairs]
            theirs = [pair.mentee if side == "mentor" else pair.mentor for pair in matching.pairs]
            assert set(best.meets) == {
                one for one, other in zip(met, theirs, strict=True) if other == best.id
            }


@pytest.mark.parametrize("locked", [(), (("E12", "E06"), ("E13", "E09"))])
def test_a_partner_stands_among_the_possible_ones_as_the_page_says(
    locked: tuple[tuple[str, str], ...],
) -> None:
    locks = Requests(tuple(Request(*two, "lock", override_reason="agreed") for two in locked))
    matching = rmatch.match(rmatch.datasets.example(), rmatch.datasets.example_programme(), locks)
    stand = standings(matching, matching.pairs)
    ranks = set()
    for pair in matching.pairs:
        for other in matching.explain(pair.mentor, pair.mentee).others:
            one = stand[pair.mentor, pair.mentee][other.side]
            assert (other.rank, other.of) == (one.rank, one.possible)
            ranks.add(other.rank)
    assert {1, 2} < ranks


def test_a_comparison_in_words() -> None:
    people = rmatch.read_people(
        [
            {"id": "a", "role": "mentor", "years": 1},
            {"id": "b", "role": "mentor", "years": 5},
            {"id": "x", "role": "mentee", "years": 11},
        ]
    )
    matching = rmatch.match(people, rmatch.Programme(criteria=(ExperienceGap(1),)))
    assert str(matching.explain("a", "x")) == (
        "a with x: 100 of 100\n"
        "  experience gap  100  years: 10 years apart; full points from 8 to 25\n"
        "a is the best of 2 possible partners of x.\n"
        "The best other partner of x would be b (25 lower, 25 lower in all), who has no partner."
    )
    assert "b and x are not a pair." in str(matching.explain("b", "x"))
    assert "x meets a (25 higher)." in str(matching.explain("b", "x"))


@pytest.mark.parametrize(
    ("mentor", "mentee", "audience"), [("a", "b", "admin"), ("x", "a", "admin"), ("a", "x", "boss")]
)
def test_what_cannot_be_explained_is_a_fault(mentor: str, mentee: str, audience: Any) -> None:
    people = rmatch.read_people([{"id": "a", "role": "mentor"}, {"id": "x", "role": "mentee"}])
    matching = rmatch.match(people, rmatch.Programme(rules=()))
    with pytest.raises(InvalidInputError):
        matching.explain(mentor, mentee, audience)


# What the two themselves read.


@examples(90)
@given(strategies.rounds(places=PLACES))
def test_participants_read_nothing_that_is_not_theirs(drawn: Round) -> None:
    matching = rmatch.match(*drawn)
    facts = facts_of(matching)
    # That somebody knows a topic already, by a lived experience of their own, takes it out of what they want.
    seen = Facts(seen_by_participants(matching.people), matching.programme, Requests())
    for pair in matching.pairs:
        told = matching.explain(pair.mentor, pair.mentee, audience="participant")
        assert (told.points, told.lines, told.broken, told.others) == (None, (), (), ())
        text = "\n".join((str(told), told._repr_html_(), repr(told)))
        for other in facts.person.keys() - {pair.mentor, pair.mentee}:
            assert other not in text
        for forbidden in (
            "Ada",
            "@",
            "exclu",
            "previous",
            "wish",
            "lock",
            "agreed before",
            "protected",
        ):
            assert forbidden not in text
        for name, answers in strategies.ANSWERS.items():
            for word in (name, *answers):
                assert not re.search(rf"\b{word}\b", text, re.IGNORECASE)
        bare = re.sub(r"\d+ minutes a week, on .*", "", text)
        for own in (pair.mentor, pair.mentee):
            bare = bare.replace(own, "")
        assert not re.search(r"\d", bare)
        shown = {
            topic
            for teacher, learner in ((pair.mentor, pair.mentee), (pair.mentee, pair.mentor))
            for topic in shareable(facts, teacher) & seen.wants[learner].keys()
        }
        assert {topic for topic in map(fold, facts.people.topics) if topic in fold(text)} <= shown


def shareable(facts: Facts, person: str) -> set[str]:
    """Return what a person teaches and may be seen to teach: lived topics only once they were released."""
    record = facts.person[person]
    own = {fold(topic) for topic in record.lived_topics}
    ordinary = (
        {fold(topic) for topic in record.offers}
        - own
        - {fold(topic) for topic in facts.programme.lived_topics}
    )
    return ordinary | (own if "display" in record.consent.get("lived_topics", ()) else set())


@pytest.mark.parametrize(
    ("consent", "shown"), [("display", True), ("match; report", False), ("", False)]
)
def test_a_lived_topic_is_shown_only_if_it_was_released(consent: str, shown: bool) -> None:
    people = rmatch.read_people(
        [
            {
                "id": "a",
                "role": "mentor",
                "lived_topics": ["caring"],
                "offers": {"ai": 5},
                "consent:lived_topics": consent,
            },
            {"id": "x", "role": "mentee", "wants": {"caring": 2, "ai": 1}},
        ]
    )
    matching = rmatch.match(people, rmatch.Programme(criteria=(Expertise(1),), rules=()))
    told = matching.explain("a", "x", audience="participant").sentences
    assert told[0] == ("a can teach x: ai, caring." if shown else "a can teach x: ai.")


def test_participants_read_about_their_own_pair_only() -> None:
    people = rmatch.read_people(
        [{"id": name, "role": "mentor"} for name in "ab"] + [{"id": "x", "role": "mentee"}]
    )
    matching = rmatch.match(people, rmatch.Programme(rules=()))
    (pair,) = matching.pairs
    other = "b" if pair.mentor == "a" else "a"
    with pytest.raises(InvalidInputError, match="not a pair"):
        matching.explain(other, "x", audience="participant")


def seen_by_participants(people: People) -> People:
    """Return people of whom nobody knows a lived topic that was not released."""

    def seen(person: Person) -> Person:
        if "display" in person.consent.get("lived_topics", ()):
            return person
        secret = {fold(topic) for topic in person.lived_topics}
        offers = {
            topic: level for topic, level in person.offers.items() if fold(topic) not in secret
        }
        return replace(person, lived_topics=(), offers=offers)

    return rmatch.read_people([seen(person) for person in people])


def test_neither_a_wish_nor_a_lived_topic_that_is_not_released_is_told() -> None:
    people = [
        {"id": "a", "role": "mentor", "offers": {"ai": 1}, "lived_topics": ["caring"]},
        {"id": "b", "role": "mentor", "offers": {"ai": 5}},
        {"id": "x", "role": "mentee", "wants": {"caring": 3, "ai": 1}},
        {"id": "y", "role": "mentee", "wants": {"ai": 1}},
    ]
    silent = [person | {"lived_topics": []} for person in people]
    programme = rmatch.Programme(criteria=(Expertise(1), Wish(1)), rules=())
    lock = (Request("a", "x", "lock"), Request("b", "y", "lock"))
    for given_people, wishes in itertools.product(
        (people, silent), ((), (Request("a", "x", "wish"),), (Request("b", "x", "wish"),))
    ):
        matching = rmatch.match(
            rmatch.read_people(given_people), programme, Requests(lock + wishes)
        )
        told = [
            matching.explain(*pair, audience="participant").sentences
            for pair in (("a", "x"), ("b", "y"))
        ]
        assert told == [
            ("a can teach x: ai.",),
            ("b can teach y: ai.",),
        ]


def test_what_both_may_read_does_not_betray_protected_answers() -> None:
    """Two pairs alike but for a protected answer read the same."""
    answers = {"consent:group": "match", "years": 1}
    people = rmatch.read_people(
        [
            {"id": "a", "role": "mentor", "dimension:group": "x"} | answers,
            {"id": "b", "role": "mentor", "dimension:group": "y"} | answers,
            {"id": "x", "role": "mentee", "dimension:group": "x"} | answers | {"years": 11},
            {"id": "y", "role": "mentee", "dimension:group": "x"} | answers | {"years": 11},
        ]
    )
    matching = rmatch.match(people, rmatch.Programme(criteria=(ExperienceGap(1), Diversity(9))))
    told = [
        matching.explain(pair.mentor, pair.mentee, audience="participant").sentences
        for pair in matching.pairs
    ]
    assert told == [("What they have in common is for them to find out.",)] * 2


# Why somebody has no partner.


@examples(70)
@given(strategies.rounds(places=PLACES))
def test_everybody_has_a_partner_or_the_right_reason(drawn: Round) -> None:
    matching = rmatch.match(*drawn)
    facts = facts_of(matching)
    possible, worth = open_pairs(matching, facts), basis(matching, facts)
    partners = Counter(("mentor", pair.mentor) for pair in matching.pairs)
    partners += Counter(("mentee", pair.mentee) for pair in matching.pairs)
    reasons: dict[tuple[str, str], Any] = {
        (reason.role, reason.id): reason for reason in matching.unmatched
    }
    assert len(reasons) == len(matching.unmatched)
    idle = {("none", who) for who, record in facts.person.items() if record.role == "none"}
    roles = {(side, who) for side in ("mentor", "mentee") for who in getattr(facts, f"{side}s")}
    assert reasons.keys() == idle | {who for who in roles if not partners[who]}
    for side, who in idle:
        assert reasons[side, who].code == "takes_no_part"
    for side, who in roles & reasons.keys():
        other = "mentee" if side == "mentor" else "mentor"
        pairs = {
            one: (who, one) if side == "mentor" else (one, who)
            for one in getattr(facts, f"{other}s")
        }
        allowed = {one for one, pair in pairs.items() if not broken_rules(facts, *pair)}
        free = {
            one
            for one in allowed
            if pairs[one] in possible and partners[other, one] < facts.capacity(one, other)
        }
        reason = reasons[side, who]
        if facts.capacity(who, side) == 0:
            assert reason.code == "no_capacity"
        elif not allowed:
            assert reason.code == "no_allowed_partner"
            relaxed(drawn, facts, reason, pairs)
        elif not any(pairs[one] in possible for one in allowed):
            assert reason.code == "below_min_points"
        elif not any(facts.capacity(one, other) for one in allowed if pairs[one] in possible):
            assert reason.code == "no_capacity"
        elif free:
            assert reason.code == "adds_nothing"
            assert matching.programme.participation == "best"
            assert all(worth[pairs[one]] <= 0 for one in free)
        else:
            assert reason.code == "needed_elsewhere"


def relaxed(drawn: Round, facts: Facts, reason: Any, pairs: dict[str, tuple[str, str]]) -> None:
    """Check that the rules named are the fewest, and that without them there are as many partners as the reason says."""
    broken = {
        one: {rule.rule for rule in broken_rules(facts, *pair)}
        for one, pair in pairs.items()
        if one != reason.id
    }
    if not broken:
        assert reason.rules == ()
        return
    mild = [rules for rules in broken.values() if "exclude" not in rules] or list(broken.values())
    assert set(reason.rules) in mild
    assert len(reason.rules) == min(map(len, mild))
    people, programme, requests = drawn
    kept = tuple(
        rule for rule in programme.rules if getattr(rule, "name", rule.kind) not in reason.rules
    )
    rows = tuple(
        row for row in requests.rows if row.kind != "exclude" or "exclude" not in reason.rules
    )
    without = Facts(people, replace(programme, rules=kept), Requests(rows))
    freed = [one for one, pair in pairs.items() if not broken_rules(without, *pair)]
    assert freed
    found = POSSIBLE.search(reason.sentence)
    assert found
    assert int(found[1]) == len(freed)
    assert all(WORDS.get(rule, rule) in reason.sentence for rule in reason.rules)


def test_the_fewest_rules_are_named() -> None:
    """With x two rules stand in the way, with y one: that one is named."""
    people = rmatch.read_people(
        [
            {"id": "a", "role": "mentor", "years": 5, "languages": "en", "department": "Data"},
            {"id": "x", "role": "mentee", "years": 1, "languages": "cy", "department": "Sales"},
            {"id": "y", "role": "mentee", "years": 9, "languages": "en", "department": "Data"},
        ]
    )
    programme = rmatch.Programme(rules=(JuniorMentor(), SharedLanguage(), OtherDepartment()))
    (reason, *_) = rmatch.match(people, programme).unmatched
    assert (reason.id, reason.code, reason.rules) == (
        "a",
        "no_allowed_partner",
        ("other_department",),
    )
    assert reason.sentence == (
        "No mentee is allowed: the two must work in different departments. Without it, 1 mentee would be possible."
    )


def test_an_exclusion_is_the_last_thing_to_give_up() -> None:
    people = rmatch.read_people(
        [
            {"id": "a", "role": "mentor", "years": 5},
            {"id": "x", "role": "mentee", "years": 9},
            {"id": "y", "role": "mentee", "years": 4},
        ]
    )
    requests = Requests((Request("a", "x", "exclude"), Request("a", "y", "previous")))
    reasons = rmatch.match(
        people, rmatch.Programme(rules=(JuniorMentor(), NoRepeat())), requests
    ).unmatched
    assert reasons[0].rules == ("junior_mentor", "no_repeat")
    alone = rmatch.match(
        people,
        rmatch.Programme(rules=()),
        rmatch.Requests((*requests.rows, Request("y", "a", "exclude"))),
    ).unmatched
    assert alone[0].rules == ("exclude",)
    assert alone[0].sentence.endswith("Without it, 2 mentees would be possible.")


def test_nobody_is_told_that_they_could_meet_themselves() -> None:
    people = rmatch.read_people([{"id": "a", "role": "both"}, {"id": "x", "role": "mentor"}])
    requests = Requests((Request("a", "x", "exclude"),))
    reasons = rmatch.match(people, rmatch.Programme(rules=()), requests).unmatched
    assert [(reason.id, reason.role, reason.rules) for reason in reasons] == [
        ("a", "mentor", ()),
        ("x", "mentor", ("exclude",)),
        ("a", "mentee", ("exclude",)),
    ]
    assert not any("themselves" in reason.sentence for reason in reasons)


@examples(25)
@given(st.data())
def test_reasons_name_no_protected_attribute(data: st.DataObject) -> None:
    matching = rmatch.match(*data.draw(strategies.rounds()))
    for reason in matching.unmatched:
        for name, answers in strategies.ANSWERS.items():
            for word in (name, *answers):
                assert not re.search(rf"\b{word}\b", reason.sentence, re.IGNORECASE)
