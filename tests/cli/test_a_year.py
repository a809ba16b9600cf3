"""The tutorial that follows a programme through its year, and the same year of a firm's own exports."""

from __future__ import annotations

from dataclasses import replace
from shutil import copytree
from typing import TYPE_CHECKING

import numpy as np
import pytest
from console_page import ROOT, SHOWN, page, run

from rmatch import match, read_people, read_programme, rematch, score, verify
from rmatch.people import ROLES, Request, Requests, Response, Responses

if TYPE_CHECKING:
    from pathlib import Path

    from rmatch import Matching, People
    from rmatch.people import ResponseStatus

EXAMPLE = ROOT / "examples" / "a_year"
CASE = ROOT.parent / "shared" / "data" / "cases" / "a-real-programme"


def test_the_page_does_what_it_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(copytree(EXAMPLE, tmp_path / "year"))
    for command, told in SHOWN.findall(page("tutorial/a-year.md")):
        run(command, told, capsys)


def without(people: People, ids: set[str]) -> People:
    return people.take(np.flatnonzero([person not in ids for person in people.id]))


def answered(
    matching: Matching, some: set[str], status: ResponseStatus, others: ResponseStatus
) -> Responses:
    """Return what became of the pairs of some leaders, and of all others."""
    said = (
        Response(pair.mentor, pair.mentee, status if pair.mentee in some else others)
        for pair in matching.pairs
    )
    return Responses(tuple(said))


@pytest.mark.skipif(not CASE.is_dir(), reason="the shared cases are not here")
def test_the_year_of_a_firm_with_its_own_exports() -> None:
    everybody = read_people(CASE / "joined_by_hand.csv", mapping=CASE / "mapping_by_hand.toml")
    programme = replace(read_programme(CASE / "programme.toml"), waiting="first")
    juniors = [person.id for person in everybody if person.role == "mentor"]
    joining = set(juniors[::60])
    assert len(joining) == 5
    people = without(everybody, joining)

    # The chief executive asks for somebody, and gets them.
    chief = next(person.id for person in people if person.level == "E1")
    possible = score(people, programme)
    asked = possible.mentors[np.flatnonzero(possible.allowed[:, possible.mentees.index(chief)])[0]]
    lock = Requests((Request(asked, chief, "lock"),))
    spring = match(people, programme, lock, seed="spring")
    assert len(spring.pairs) == 112
    assert (asked, chief) in spring.id_pairs

    # Two leaders decline, everybody else accepts.
    saying_no = {pair.mentee for pair in spring.pairs if not pair.locked}
    saying_no = set(sorted(saying_no)[:2])
    april = rematch(spring, responses=answered(spring, saying_no, "declined", "accepted"))
    verify(april, people, programme)
    assert len(april.pairs) == 112
    assert {mentee for _, mentee in spring.id_pairs - april.id_pairs} == saying_no

    # Three juniors leave and five join.
    leaving = {pair.mentor for pair in april.pairs if pair.mentee != chief}
    leaving = set(sorted(leaving)[:3])
    staff = without(everybody, leaving)
    june = rematch(april, staff)
    verify(june, staff, programme)
    assert len(june.pairs) == 112
    assert june.changes is not None
    assert [gone.cause for gone in june.changes.broken] == ["left"] * 3

    # Twenty pairs go on, the others are over, and whoever waited comes first.
    going_on = {pair.mentee for pair in june.pairs[:20]}
    responses = answered(june, going_on, "active", "completed")
    autumn = rematch(june, staff, responses=responses, seed="autumn")
    verify(autumn, staff, programme)
    assert {mentee for _, mentee in autumn.id_pairs & june.id_pairs} == going_on
    assert len(autumn.pairs) == 112
    new = {pair.mentor for pair in autumn.pairs if pair.mentee not in going_on}
    # Three in five of the juniors had waited, so that nobody who had a partner gets another one now.
    assert not new & {pair.mentor for pair in june.pairs}

    # Three leaders meet a circle of those who wait, in which nothing is counted twice.
    waiting = {one.id for one in autumn.unmatched if one.role == "mentor"}
    three = set(sorted(going_on)[:3])
    invited = [person in waiting | three for person in staff.id]
    roles = np.where(invited, staff.role, ROLES["none"]).astype(np.uint8)
    circles = replace(
        programme, waiting="same", mentee_capacity=3, group_sizes=(2, 3), count_topic="once"
    )
    earlier = Requests(tuple(Request(*pair, "previous") for pair in sorted(autumn.id_pairs)))
    october = match(replace(staff, role=roles), circles, earlier, seed="circles")
    verify(october, replace(staff, role=roles), circles, earlier)
    for leader in three:
        group = october.group(leader)
        told = [line for line in group.lines if line.criterion == "expertise"]
        topics = [line.subject for line in told if line.points]
        assert len(group.mentors) in {2, 3}
        assert len(topics) == len(set(topics))
        assert sum(line.points for line in group.lines) == group.points
