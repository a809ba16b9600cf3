"""What the organiser's page says, and what it never says."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kinds_of_round import ROUNDS, a_round

import rmatch
from rmatch.cli import main
from rmatch.errors import InvalidInputError, Status
from rmatch.matching.page.facts import Page, page
from rmatch.matching.page.lines import LIVED, PROTECTED
from rmatch.people import Request, Requests
from rmatch.programme import Unit
from rmatch.utils.text import numeral

if TYPE_CHECKING:
    from pathlib import Path

    from rmatch.matching import Matching

DAY = date(2026, 11, 30)
ONE_STEP = {"places": "with_protected", "justification": "agreed"}


def example(**changed: Any) -> Matching:
    programme = replace(rmatch.datasets.example_programme(), **changed)
    return rmatch.match(rmatch.datasets.example(), programme)


def facts(matching: Matching, *, listed: int = 2_000, named: bool = False) -> Page:
    return page(matching, ["name"] if named else [], None, DAY, listed)


def written(matching: Matching, **asked: Any) -> str:
    text = StringIO()
    matching.to_html(text, **asked)
    return text.getvalue()


@pytest.mark.parametrize("kind", ROUNDS)
def test_the_parts_of_every_pair_add_up_to_its_fit(kind: str) -> None:
    matching = rmatch.match(*a_round(kind))
    told = facts(matching)
    assert [pair.points for pair in told.pairs] == [pair.points for pair in matching.pairs]
    for pair in told.pairs:
        assert pair.fit == (pair.points + 5_000) // 10_000
        assert sum(part.fit for part in pair.parts) == pair.fit
        assert all(part.fit >= 0 for part in pair.parts)
    assert sum(column.count for column in told.distribution) == len(matching.pairs)
    alone = [one for one in matching.unmatched if one.code != "takes_no_part"]
    assert sum(group.count for group in told.alone) == len(alone)


@given(st.lists(st.integers(-2_000_000, 2_000_000)), st.integers(1, 3_000_000))
def test_shares_add_up_and_none_is_off_by_one(points: list[int], most: int) -> None:
    unit = Unit(most, "")
    shares = unit.shares(points)
    assert sum(shares) == unit.of_100(sum(points))
    assert all(
        abs(share - 100 * part / most) < 1 for share, part in zip(shares, points, strict=True)
    )


@pytest.mark.parametrize("kind", ROUNDS)
def test_a_round_without_its_people_tells_the_same_pairs(kind: str) -> None:
    matching = rmatch.match(*a_round(kind))
    kept, whole = facts(rmatch.read_matching(matching.to_dict())), facts(matching)
    for one, other in zip(kept.pairs, whole.pairs, strict=True):
        assert (one.fit, one.parts, one.teaches, one.practical) == (
            other.fit,
            other.parts,
            other.teaches,
            other.practical,
        )
    assert kept.alone == tuple(
        replace(
            group, people=tuple((replace(who, about=""), why, "") for who, why, _ in group.people)
        )
        for group in whole.alone
    )
    assert any("without its people" in notice for notice in kept.notices)


def test_the_cost_of_the_cheapest_other_partner_is_that_of_alternatives() -> None:
    """Where one problem tells all costs; a round in which places are decided first tells what the best other partner costs."""
    for cheapest, changed in {True: ONE_STEP, False: {}}.items():
        matching = example(**changed)
        for pair, told in zip(matching.pairs, facts(matching).pairs, strict=True):
            for person, sentence in zip((pair.mentor, pair.mentee), told.others, strict=True):
                others = matching.alternatives(person, len(matching.people))
                if not others:
                    assert sentence.endswith(f"Nobody else is possible for {person}.")
                    continue
                best = max(others, key=lambda one: one.points)
                one = others[0] if cheapest else best
                which = "cheapest" if cheapest else "best"
                assert f"The {which} other partner: " in sentence
                assert one.exact
                low = (abs(one.points_lost) + 5_000) // 10_000 or "less than 1"
                worse = "lower" if one.points_lost > 0 else "higher"
                told_loss = f"would be {low} {worse}" if one.points_lost else "would be the same"
                assert told_loss in sentence
                if not cheapest:
                    moved = sentence.endswith("other people would have a place.")
                    assert moved == one.changes_places


def test_topics_are_counted_as_they_are_wanted_and_taught() -> None:
    matching = example()
    people = matching.people
    by_hand: dict[str, list[int]] = {}
    teaches = {
        pair.mentee: {*people.person(row).offers, *people.person(row).lived_topics}
        for pair in matching.pairs
        for row in [people.id.index(pair.mentor)]
    }
    for person in people:
        if person.role == "mentee":
            for topic in person.wants:
                count = by_hand.setdefault(topic, [0, 0])
                count[0] += 1
                count[1] += topic in teaches.get(person.id, ())
    told = {
        topic.name: [topic.wanted, topic.covered]
        for topic in facts(matching).topics
        if topic.wanted
    }
    assert told == by_hand


def test_a_lived_topic_that_is_not_released_is_not_named() -> None:
    def told(released: str) -> Page:
        rows = [
            {
                "id": "m",
                "role": "mentor",
                "years": 1,
                "lived_topics": "a life",
                "consent:lived_topics": released,
            },
            {"id": "e", "role": "mentee", "years": 20, "wants": "a life"},
        ]
        return facts(rmatch.match(rmatch.read_people(rows)))

    silent, open_ = told(""), told("display")
    assert silent.pairs[0].points == open_.pairs[0].points > 0
    assert silent.pairs[0].parts[0].sentence.startswith(LIVED)
    assert open_.pairs[0].parts[0].sentence.startswith("a life (")
    assert [(one.wanted, one.covered, one.offered) for one in silent.topics] == [(1, 0, 0)]
    assert [(one.wanted, one.covered, one.offered) for one in open_.topics] == [(1, 1, 1)]


def test_no_protected_attribute_is_told_of_a_pair() -> None:
    matching = example()
    # Groups are told as the fairness report tells them, and nowhere else.
    text = re.sub('<section id="fair".*?</section>', "", written(matching), flags=re.DOTALL)
    names = {*matching.people.dimensions} - {*matching.programme.unprotected}
    assert names
    told = [part for pair in facts(matching).pairs for part in pair.parts]
    assert any(part.criterion == PROTECTED for part in told)
    for name in names:
        assert not any(name in part.sentence for part in told)
    for answers in matching.people.dimensions.values():
        assert not any(answer in text for answer in answers.vocabulary if len(answer) > 5)


def test_names_that_hold_markup_are_text() -> None:
    nasty = "<script>alert(1)</script>\"'&"
    people = replace(rmatch.datasets.example(), name=(nasty,) * 24)
    programme = replace(
        rmatch.datasets.example_programme(), name=f"</title>{nasty}", justification=f"`{nasty}`"
    )
    text = written(rmatch.match(people, programme, seed=nasty), include=["name"])
    tags: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, _: Any) -> None:
            tags.append(tag)

    Reader().feed(text)
    assert tags.count("script") == 1
    assert nasty not in text
    assert "&lt;script&gt;alert(1)" in text


def test_the_page_says_what_it_leaves_out() -> None:
    matching = example()
    told = facts(matching, listed=3)
    weakest = sorted(pair.points for pair in matching.pairs)[:3]
    assert sorted(pair.points for pair in told.pairs) == weakest
    assert "Of 10 pairs the page lists 3, those with the lowest fit" in " ".join(told.notices)


def test_names_stand_where_they_are_asked_for() -> None:
    people = rmatch.datasets.example()
    called = replace(people, name=tuple(f"Name of {person}" for person in people.id))
    matching = rmatch.match(called)
    assert "Name of" not in written(matching)
    told = facts(matching, named=True)
    assert [pair.mentor.called for pair in told.pairs] == [
        f"Name of {pair.mentor}" for pair in matching.pairs
    ]
    assert all("Name of" in sentence for pair in told.pairs for sentence in pair.others)


def test_what_is_asked_for_in_vain_is_refused() -> None:
    matching = example()
    with pytest.raises(InvalidInputError, match="email"):
        matching.to_html(StringIO(), include=["email"])  # type: ignore[list-item]
    with pytest.raises(InvalidInputError, match="saved without its people"):
        rmatch.read_matching(matching.to_dict()).to_html(StringIO(), include=["name"])


def test_overrides_and_who_gave_their_word_are_told() -> None:
    people, programme = rmatch.datasets.example(), rmatch.datasets.example_programme()
    lock = Request("E12", "E06", "lock", override_reason="both asked for it")
    told = facts(rmatch.match(people, programme, Requests((lock,))))
    (locked,) = (pair for pair in told.pairs if "locked" in pair.marks)
    assert locked.against[-1] == "The organiser locked this pair: both asked for it"
    assert any("both asked for it" in sentence for sentence in told.whose)
    # A lock leaves nobody else possible, and its two are no other partner of anybody.
    assert all(
        sentence.endswith("Nobody else is possible for " + who.called + ".")
        for who, sentence in zip((locked.mentor, locked.mentee), locked.others, strict=True)
    )
    for pair in told.pairs:
        assert not any(
            re.search(r"other partner: (E12|E06) ", sentence) for sentence in pair.others
        )


def test_a_round_without_a_pair_says_so() -> None:
    people = rmatch.datasets.example()
    nobody = rmatch.match(people, rmatch.Programme(min_points=1_000_000))
    text = written(nobody)
    assert "There is no pair." in text
    assert "<script" not in text
    assert sum(group.count for group in facts(nobody).alone) == len(people)


def test_the_verb_writes_the_page_of_a_saved_round(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    matching = example()
    saved, out = tmp_path / "round.json", tmp_path / "round.html"
    matching.to_json(saved, people="whole")
    assert main(["report", str(saved), "--out", str(out)]) == 0
    assert capsys.readouterr().out.startswith(f"Written: {out}\n")
    assert out.read_text("utf-8") == written(matching)
    before = out.read_bytes()
    for line, problem in {
        f"report {saved} --out {tmp_path / 'round.pdf'}": "name it .html",
        f"report {out} --out {out}": "is no saved round",
        f"report {saved} --out {tmp_path / 'none' / 'a.html'}": "there is no directory",
        f"report {saved} --out {out} --previous {out}": "is no saved round",
    }.items():
        assert main(line.split()) == 2
        assert problem in capsys.readouterr().err
    assert out.read_bytes() == before


def test_fairness_is_that_of_the_report() -> None:
    matching = rmatch.match(*workforce(), seed=1)
    told, report = facts(matching).fair, matching.fairness()
    assert told is not None
    assert len(told.groups) == len(report.groups) > 2
    for groups, table in zip(told.groups, report.groups, strict=True):
        figures = (table.overall, *table.by_group, table.rest)
        assert [(row.head, row.cells[0]) for row in groups.rows] == [
            (" × ".join(group.name), str(group.people)) for group in figures
        ]
        for row, group in zip(groups.rows, figures, strict=True):
            hidden = [group.matched is None, group.above is None]
            assert [cell == "–" for cell in row.cells[1:]] == hidden
    # Something is hidden, or this shows nothing.
    assert any(cell == "–" for groups in told.groups for row in groups.rows for cell in row.cells)


def workforce() -> tuple[rmatch.People, rmatch.Programme]:
    return rmatch.datasets.workforce(40, 30, seed=4), rmatch.Programme()


def test_beside_an_earlier_round_groups_are_told_as_the_report_since_then_tells_them() -> None:
    people, programme = workforce()
    earlier = rmatch.match(people.take(range(69)), programme)
    later = rmatch.match(people, programme)
    told = page(later, [], earlier, DAY).fair
    assert told is not None
    expected = later.fairness(since=[earlier])
    assert [len(groups.rows) for groups in told.groups] == [
        2 + len(table.by_group) for table in expected.groups
    ]
    assert expected.groups != later.fairness().groups
    without = page(later, [], rmatch.read_matching(earlier.to_dict()), DAY).fair
    assert without is not None
    assert without.groups == ()
    assert any("Groups are not shown" in sentence for sentence in without.sentences)


def test_changes_are_those_of_diff() -> None:
    people = rmatch.datasets.example()
    called = replace(people, name=tuple(f"Name {person}" for person in people.id))
    earlier = rmatch.match(called)
    again = rmatch.match(called, requests=rmatch.read_requests(previous=earlier))
    changes, told = earlier.diff(again), page(again, ["name"], earlier, DAY)
    assert told.changed is not None
    assert told.changed.headline == changes.headline
    assert len(told.changed.broken) == len(changes.broken) > 0
    for mentor, mentee, sentence in told.changed.broken:
        assert (mentor.called, mentee.called) == (f"Name {mentor.id}", f"Name {mentee.id}")
        assert not re.search(r"(?<!Name )\bE\d\d", sentence)
    assert sum("new" in pair.marks for pair in told.pairs) == len(changes.new)
    assert facts(earlier).changed is None
    rematched = rmatch.rematch(earlier, called)
    assert rematched.changes is not None
    from_itself = facts(rematched).changed
    assert from_itself is not None
    assert from_itself.headline == rematched.changes.headline


def test_what_is_connected_is_what_connections_say() -> None:
    matching = example()
    found, told = matching.connections(), facts(matching).reach
    assert told is not None
    for matrix, links in zip(told.matrices, (found.departments, found.sites), strict=True):
        within = sum(matrix.cells[at][at][0] for at in range(len(matrix.names)))
        across = sum(count for row in matrix.cells for count, _ in row) - within
        assert (within, across // 2) == (
            links.within,
            sum(link.pairs for link in links.pairs) - links.within,
        )
        assert sum(new for row in matrix.cells for _, new in row) == 2 * len(links.new)
    words = " ".join(
        [*told.sentences, *(one for matrix in told.matrices for one in matrix.sentences)]
    )
    for line in str(found).splitlines()[1:]:
        assert line.strip()[1:] in words


def test_what_is_not_worked_out_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    matching = example()
    assert facts(matching).notices == ()
    monkeypatch.setattr("rmatch.matching.page.others.SOLVED", 100)
    monkeypatch.setattr("rmatch.matching.page.pairs.COSTED", 100)
    (notice,) = facts(matching).notices
    assert ": who stands in, what other partners would cost. `rmatch stand-ins`" in notice
    monkeypatch.setattr("rmatch.matching.page.others.LOOKED_AT", 100)
    monkeypatch.setattr("rmatch.matching.page.fair.LOOKED_AT", 100)
    told = facts(matching)
    assert (told.near, told.fair) == ((), None)
    assert "the best they could have" in told.notices[0]
    assert "how fair the round is" in told.notices[0]
    page_without = written(matching)
    assert 'id="fair"' not in page_without
    assert 'href="#fair"' not in page_without


def test_whom_to_recruit_is_what_advice_says(monkeypatch: pytest.MonkeyPatch) -> None:
    people, programme = rmatch.datasets.workforce(12, 18, seed=7), rmatch.Programme()
    matching = rmatch.match(people, programme)
    found, told = rmatch.advice.recruit(people, programme), facts(matching).whom
    assert told is not None
    assert [one.name for one in told.alone] == [one.profile for one in found.recruits[:5]]
    assert [one.name for one in told.together] == [*found.together.profiles]
    assert [one.pairs for one in told.alone] == [
        f"{one.worth.pairs:+d}" for one in found.recruits[:5]
    ]
    assert told.about_the_count == found.about_the_count
    assert '<h2 id="recruit-title">' in written(matching)
    monkeypatch.setattr("rmatch.matching.page.whom.QUICK", 100)
    (notice,) = facts(matching).notices
    assert "whom to recruit" in notice
    assert 'id="recruit"' not in written(matching)


def test_nobody_is_recruited_where_every_want_is_covered_or_nothing_has_a_worth() -> None:
    rows = [
        {"id": "m", "role": "mentor", "years": 1, "offers": "python"},
        {"id": "e", "role": "mentee", "years": 20, "wants": "python"},
    ]
    covered = facts(rmatch.match(rmatch.read_people(rows)))
    assert covered.whom is None
    assert not any("whom to recruit" in notice for notice in covered.notices)
    rows.append({"id": "f", "role": "mentee", "years": 20, "wants": "python"})
    fair = rmatch.Programme(objective=rmatch.objectives.MaxMin())
    told = facts(rmatch.match(rmatch.read_people(rows), fair))
    assert told.whom is None
    assert "whom to recruit" in told.notices[0]


def test_a_round_that_was_stopped_says_so() -> None:
    stopped = rmatch.match(rmatch.datasets.workforce(400, 330, seed=4), max_seconds=0)
    assert stopped.status is Status.FEASIBLE
    told = facts(stopped)
    assert told.notices[0].startswith("The run was stopped early")
    more = (stopped.bound - stopped.total + 5_000) // 10_000
    assert (
        told.claim == f"Stopped early: the round as a whole might be up to {numeral(more)} higher."
    )
    assert not any(
        "other partner" in one and "lower" in one for pair in told.pairs for one in pair.others
    )


def test_the_page_says_the_least_that_has_to_give_and_what_it_leaves_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    matching = rmatch.match(rmatch.datasets.example())
    told = {who.id: fix for group in facts(matching).alone for who, _, fix in group.people}
    fixed = {one: rmatch.advice.smallest_fix(matching, one) for one in told if one != "E23"}
    assert told == {
        one: "; ".join(give.sentence for give in fix.gives) for one, fix in fixed.items()
    } | {"E23": "nothing that single people can agree to is enough"}

    def page() -> str:
        matching.to_html(tmp_path / "round.html")
        return (tmp_path / "round.html").read_text("utf-8")

    assert "Smallest fix: E01 takes one more mentor." in page()
    assert "it was not worked out here" not in page()
    monkeypatch.setattr("rmatch.matching.page.fixes.ASKED", 1)
    assert "For 2 more people it was not worked out here." in page()
    monkeypatch.setattr("rmatch.matching.page.fixes.LARGEST", 1)
    assert "Smallest fix" not in page()
