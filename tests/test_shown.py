"""What results show of themselves: short, as well-formed HTML, saying what is left out, and nothing private."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum
from html.parser import HTMLParser
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import rmatch
from rmatch import datasets
from rmatch.checking import Merge
from rmatch.people import Fingerprints, Request, Requests, Response, Responses, Wanted
from rmatch.quotas import PairQuota
from rmatch.testing import Report
from rmatch.testing.adversaries import Aviary, escaped
from rmatch.utils.shown import SHOWN, Shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROOMS = (
    "people",
    "programme",
    "scoring",
    "matching",
    "lotteries",
    "advice",
    "frontiers",
    "fairness",
    "checking",
    "verification",
)
"""The rooms whose names are what users hold in their hands."""
SETTINGS = {"Condition", "Only", "Parity"}
"""What an organiser chooses prints as the Python that makes it, like criteria and rules."""
PARTS = {"Coverage", "Labels", "Unit"}
"""What is inside of people or points, or tells them, and only ever handled with them."""


def _classes() -> Iterator[type]:
    yield rmatch.Assignment
    yield rmatch.testing.Report
    for room in ROOMS:
        face = import_module(f"rmatch.{room}")
        for name in dir(face):
            one = getattr(face, name)
            told = isinstance(one, type) and not issubclass(one, Enum | tuple)
            if told and name not in SETTINGS | PARTS:
                yield one


CLASSES = list(dict.fromkeys(_classes()))


def _circles() -> rmatch.Programme:
    return replace(datasets.example_programme(), mentee_capacity=2, count_topic="once")


def _with_hours(people: Any) -> Any:
    days = rmatch.Programme(dates=(date(2027, 1, 4), date(2027, 6, 30)))
    return rmatch.match(people, days).slips()


def _everything() -> Iterator[Any]:
    """Yield a result of every kind, of the example company."""
    people, programme = datasets.example(), datasets.example_programme()
    lock = Requests((Request("E12", "E06", "lock", override_reason="agreed"),))
    matching = rmatch.match(people, programme, lock)
    mentor, mentee = matching.pairs[0].mentor, matching.pairs[1].mentee
    asked = rmatch.Programme(justification="agreed")
    quota = PairQuota("gender", "different", at_least=1)
    lottery = rmatch.lottery(people, cap="1/3")
    row, column = map(int, np.argwhere(~matching.scores.allowed)[0])
    yield from (
        matching.explain(matching.scores.mentors[row], matching.scores.mentees[column]),
        people,
        people.person(0),
        matching,
        matching.explain(mentor, mentee),
        matching.explain(mentor, matching.pairs[0].mentee, "participant"),
        matching.alternatives(mentor),
        matching.stand_ins(accept=dict.fromkeys(matching.partners, 0.5)),
        matching.stand_ins(2).mentors[0],
        matching.slips(),
        rmatch.advice.readiness(people),
        rmatch.advice.what_if(matching, {"drop": [mentor]}),
        rmatch.advice.Scenario(drop=[mentor]),
        rmatch.advice.smallest_fix(matching),
        rmatch.advice.smallest_fix(matching).gives[0],
        rmatch.advice.Catalogue(capacities=1),
        rmatch.advice.readiness(people).remarks[0],
        rmatch.advice.readiness(people).checklist[0],
        rmatch.advice.recruit(people),
        rmatch.advice.recruit(people).recruits[0],
        rmatch.advice.recruit(people).together,
        rmatch.advice.recruit(people).today,
        matching.slips().slips[0],
        _with_hours(people).slips[0].partners[0].appointment,
        matching.costs(),
        matching.connections(),
        matching.loss_without(mentor=mentor),
        matching.unmatched,
        rmatch.match(people).price_of_fair_places(),
        matching.fairness(),
        rmatch.verify(matching),
        rmatch.rematch(matching).price_of_changes(),
        rmatch.match(people, _circles()).group(mentee),
        rmatch.match(people, replace(programme, waiting="first", spread=True, mentee_capacity=2)),
        matching.diff(rmatch.match(people, programme, rmatch.read_requests(previous=matching))),
        rmatch.check(people, programme),
        rmatch.check(people, programme).topics,
        rmatch.frontier(people, asked, quota=quota),
        rmatch.frontier(people, alphas=[1]),
        lottery,
        lottery.draw(1),
        rmatch.assign([[7, 5, 2], [6, 1, 0]]),
        Requests((Request("E12", "E06", "lock"),)),
        Responses((Response("E12", "E06", "accepted"),)),
        Wanted(*[np.arange(3)] * 5),
        Merge("python 3", "python", "near"),
        Report("mine", ()),
        Fingerprints.of(people),
    )


def _joined(folder: Path) -> rmatch.People:
    """Return people of two tables."""
    (folder / "staff.csv").write_text("id,role,years\nm1,mentor,1\ne1,mentee,20\n", "utf-8")
    (folder / "form.csv").write_text("id,offers\nm1,python\n", "utf-8")
    return rmatch.read_people(
        [folder / "staff.csv", folder / "form.csv"], mapping={"join": {"key": "id"}}
    )


def reached(roots: Any) -> dict[type, list[Any]]:
    """Return everything that is in some results, by its class."""
    found: dict[type, list[Any]] = {}
    met: dict[int, object] = {}
    waiting = list(roots)
    while waiting:
        one = waiting.pop()
        if id(one) in met:
            continue
        met[id(one)] = one
        if is_dataclass(one) and not isinstance(one, type):
            found.setdefault(type(one), []).append(one)
            waiting += [getattr(one, field.name) for field in fields(one)]
        elif isinstance(one, Mapping):
            waiting += one.values()
        elif isinstance(one, tuple | list):
            waiting += one
    return found


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[type, list[Any]]:
    return reached([*_everything(), _joined(tmp_path_factory.mktemp("two"))])


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_everything_that_is_public_shows_itself(kind: type) -> None:
    assert issubclass(kind, Shown), f"{kind.__name__} is shown by notebooks as plain text"


class Checker(HTMLParser):
    """Reads HTML, and tells whether every element ends where it should."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.kinds: set[str] = set()
        self.feed(page)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        assert not attrs
        self.kinds.add(tag)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_what_is_shown_is_well_formed_and_short(samples: dict[type, list[Any]]) -> None:
    shown = [one for kind in samples for one in samples[kind] if isinstance(one, Shown)]
    assert len({type(one) for one in shown}) > 35
    for one in shown:
        page = one._repr_html_()
        assert Checker(page).kinds <= {"p", "pre", "table", "tr", "th", "td", "h3"}
        assert page.count("<tr>") <= 2 * SHOWN + 20
        assert "<tr></tr>" not in page
        assert len(repr(one)) < 6_000, type(one)
        assert "array(" not in repr(one)


def test_every_class_has_been_looked_at(samples: dict[type, list[Any]]) -> None:
    assert [kind for kind in CLASSES if not any(issubclass(each, kind) for each in samples)] == []


HOSTILE = "<script>alert(1)</script>&\"'"


def _hostile(number: int) -> list[dict[str, Any]]:
    return [
        {
            "id": f"{HOSTILE}{role[-1]}{at}",
            "role": role,
            "years": years,
            "offers": f"{HOSTILE} topic",
            "wants": f"{HOSTILE} topic",
        }
        for role, years in (("mentor", 1), ("mentee", 20))
        for at in range(number)
    ]


def test_nothing_that_people_wrote_is_markup() -> None:
    people = rmatch.read_people(_hostile(2))
    programme = rmatch.Programme(name=HOSTILE)
    lock = Requests((Request(people.id[0], people.id[2], "lock"),))
    matching = rmatch.match(people, programme, lock, seed=HOSTILE)
    lottery = rmatch.lottery(people, programme, cap="1/2", seed=HOSTILE)
    roots = (people, matching, lottery, rmatch.check(people, programme), matching.fairness(), lock)
    pages = [
        one._repr_html_()
        for some in reached([*roots, matching.explain(people.id[0], people.id[2])]).values()
        for one in some
        if isinstance(one, Shown)
    ]
    assert sum("alert(1)" in page for page in pages) > 8
    assert not any("<script" in page for page in pages)
    assert all(Checker(page) for page in pages)


def test_what_is_left_out_of_a_table_is_said() -> None:
    people = datasets.workforce(40, 40)
    matching = rmatch.match(people, rmatch.Programme(levels=datasets.LEVELS))
    requests = Requests(tuple(Request(f"m{at}", "e", "exclude") for at in range(30)))
    assert f"… and {len(people) - SHOWN} more in `id`" in people._repr_html_()
    assert f"… and {len(matching.pairs) - SHOWN} more in `pairs`" in matching._repr_html_()
    assert "… and 5 more in `rows`" in requests._repr_html_()
    assert "The first 10 of each side" in matching.scores._repr_html_()
    assert "… and 15 more in `pairs`" in rmatch.assign(np.ones((40, 40), int))._repr_html_()
    short = rmatch.assign(np.ones((SHOWN, SHOWN), int))
    assert "more in" not in short._repr_html_()


def test_nothing_private_is_shown() -> None:
    aviary = Aviary()
    rows = [
        {
            "id": f"E{at}",
            "role": ("mentor", "mentee")[at % 2],
            "years": (2, 20)[at % 2],
            "offers": "python",
            "wants": "python",
            "name": aviary.new("name"),
            "email": f"{aviary.new('email')}@firm.example",
            "lived_topics": aviary.new("lived topic"),
            "dimension:gender": aviary.new("gender"),
            "consent:gender": "match; report",
            "extra:club": aviary.new("club"),
        }
        for at in range(8)
    ]
    people = rmatch.read_people(rows)
    lock = Requests((Request("E2", "E3", "lock", override_reason=aviary.new("reason of a lock")),))
    matching = rmatch.match(people, rmatch.Programme(rules=()), lock)
    first = matching.pairs[0]
    roots = [
        matching,
        people.person(0),
        matching.explain(first.mentor, first.mentee),
        matching.fairness(),
        rmatch.verify(matching),
        rmatch.check(people),
        rmatch.lottery(people, cap="1/2"),
    ]
    shown = [one for some in reached(roots).values() for one in some if isinstance(one, Shown)]
    assert {type(one) for one in shown} >= {rmatch.People, rmatch.Person, rmatch.Matching, Request}
    for one in shown:
        assert escaped(aviary, one._repr_html_(), repr(one)) == set(), type(one)
