"""What callers give: every argument of every public function is either right or refused with one clear error.

A call that works is repeated with one argument replaced by a wrong value, for each argument and each wrong value. A new
public function or argument fails here until it has such a call, or a reason why it needs none.
"""

from __future__ import annotations

import inspect
import math
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import numpy as np
import pandas as pd
import polars as pl  # noqa: F401 - beside pandas, so that no library is the only one
import pytest

import rmatch
from rmatch import criteria, datasets, fairness, objectives, quotas, rules, solve, testing
from rmatch.fairness import indices
from rmatch.people import Request
from rmatch.testing import laws
from rmatch.testing.life.laws import ALL as LIFE
from rmatch.testing.trial import Trial, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


WRONG = {
    "none": None,
    "text": "chess",  # an x alone is an answer
    "three": 3,
    "half": 3.5,
    "minus": -1,
    "nan": math.nan,
    "true": True,
    "list": [],
    "mapping": {},
    "object": object(),
    "matrix": [[1]],
    "zeros": [0],
    "beyond": [999],
}
POSITIONS = "list zeros"
COUNT = "three"
AMOUNT = "three half"


@dataclass(frozen=True)
class Call:
    """A call that works, and which of the wrong values are right for some of its arguments."""

    function: Callable[..., Any]
    arguments: dict[str, Any]
    fine: dict[str, str] = field(default_factory=dict)


PEOPLE = datasets.example()
PROGRAMME = datasets.example_programme()
# Typed loosely, for what is wrong on purpose.
MATCH: Any = rmatch.match
GAP: Any = criteria.ExperienceGap
QUOTA: Any = quotas.Quota
MATCHING = MATCH(PEOPLE, PROGRAMME)
SCORES, FAIRNESS, PAIR = MATCHING.scores, MATCHING.fairness(), MATCHING.pairs[0]
IDS = {"mentor": PAIR.mentor, "mentee": PAIR.mentee}
REQUESTS = rmatch.Requests((Request(PAIR.mentor, PAIR.mentee, "lock"),))
BLOCK = {"rows": [0, 1], "columns": [0, 1]}
FINE_BLOCK = {"rows": POSITIONS, "columns": POSITIONS}
RECORDS = [{"id": "a", "role": "mentor", "years": 1}, {"id": "b", "role": "mentee", "years": 20}]
SIGNUPS = [
    {"id": PAIR.mentor, "role": "mentor"},
    {"id": PAIR.mentee, "role": "mentee", "1st": PAIR.mentor},
]
INPUTS = {"people": PEOPLE, "programme": PROGRAMME, "requests": REQUESTS}
CERTAIN = MATCH(**INPUTS)
LOTTERY = rmatch.lottery(PEOPLE, cap="1/2")
BESIDE: dict[str, Any] = {"since": (), "cap": None, "seed": None}
FINE_INPUTS = {"programme": "none", "requests": "none"}
LIMITS = {"max_seconds": None, "progress": None, "cancel": None}
FINE_LIMITS = {"max_seconds": f"none {AMOUNT}", "progress": "none", "cancel": "none"}
RUN = {**LIMITS, "gap": 0.0, "handle_signals": True, "executor": None}
FINE_RUN = {**FINE_LIMITS, "gap": AMOUNT, "handle_signals": "true", "executor": "none"}
MATRIX = {
    "points": [[7, 5, 2], [6, 1, 0]],
    "allowed": None,
    "participation": "most",
    "min_points": None,
}
PLACES = {"mentor_capacity": 1, "mentee_capacity": 1, "mentor_minimum": 0, "mentee_minimum": 0}
ASSIGN = {**MATRIX, **PLACES, "maximize": True, "objective": "total", "sides": None, **RUN}
FINE_ASSIGN = {
    "points": "matrix",
    "allowed": "none",
    "mentor_capacity": COUNT,
    "mentee_capacity": COUNT,
    "min_points": f"none {AMOUNT} minus",
    "maximize": "true",
    "sides": "none",
    **FINE_RUN,
}
TABLES = {
    "starts": np.array([0, 2, 3]),
    "codes": np.array([0, 1, 1]),
    "table": np.array([[2, 5, 1], [5, 0, 1]]),
    "extra": np.zeros((0, 3), np.int64),
    "kinds": np.array([0, 0]),
    "allowed": np.ones((1, 3), bool),
    "closed": np.zeros((0, 2), np.int64),
}
INSTANCE = testing.Instance.of([[3, 1], [2, 0]])
LAWS = {
    "form": "matrix",
    "participation": "most",
    "laws": ["capacities"],
    "expected_failures": None,
    "profile": "fast",
}
FINE_LAWS = {"laws": "none", "expected_failures": "none mapping", "profile": "none"}
LIFE_LAWS = {"laws": ["no_repeat"], "expected_failures": None, "profile": "fast"}
FINE_LIFE_LAWS = {"plan": "none", **FINE_LAWS}
WEIGHT = {"weight": AMOUNT}
PERSON: dict[str, Any] = {
    "id": "a",
    "role": "mentor",
    "name": "n",
    "email": None,
    "years": 3.0,
    "level": "L",
    "manager_id": None,
    "department": "D",
    "site": "S",
    "hours": "09:00-12:00",
    "time_zone": "+00:00",
    "languages": ("en",),
    "meeting_modes": ("online",),
    "offers": {"python": 3},
    "wants": {"golf": 1},
    "lived_topics": (),
    "dimensions": {"gender": ("w",)},
    "consent": {"gender": ("match",)},
    "mentor_capacity": 1,
    "mentee_capacity": None,
    "mentor_minimum": 1,
    "mentee_minimum": None,
    "priority": 2,
    "accepted_levels": ("L",),
    "accepted_sites": (),
    "extra": {"k": "v"},
}
# What a table's cell holds is read as its text, whatever its type.
CELL = " ".join(WRONG)
FINE_PERSON = {
    **dict.fromkeys(("name", "email", "level", "department", "site"), CELL),
    "id": "text three half minus true object matrix zeros beyond",
    "years": f"none {AMOUNT} nan list mapping matrix zeros",
    **dict.fromkeys(("hours", "time_zone"), "none nan list mapping"),
    "manager_id": "none nan list mapping zeros",  # a boss of 0 is nobody
    **dict.fromkeys(
        (f"{side}_{what}" for side in ("mentor", "mentee") for what in ("capacity", "minimum")),
        "none three nan list mapping matrix zeros beyond",
    ),
    "priority": "none three nan list mapping matrix zeros beyond",
    **dict.fromkeys(("accepted_levels", "accepted_sites"), "text list"),
    **dict.fromkeys(("languages", "meeting_modes", "lived_topics"), "text list"),
    **dict.fromkeys(("offers", "wants"), "text list mapping"),
    **dict.fromkeys(("dimensions", "consent", "extra"), "mapping"),
}


def nothing(*_: Any) -> list[tuple[int, int]]:
    """Match nobody."""
    return []


def nought(mentors: rmatch.People, mentees: rmatch.People) -> Any:
    """Give every pair nothing."""
    return np.zeros((len(mentors), len(mentees)))


def open_to_all(rows: Any, columns: Any) -> Any:
    """Give every pair nothing, and allow it."""
    return np.zeros((len(rows), len(columns)), np.int64), np.ones((len(rows), len(columns)), bool)


def checked(**inputs: Any) -> None:
    """Check inputs; `check` tells of faults as findings."""
    if rmatch.check(**inputs).errors:
        raise rmatch.RmatchError


def tried(**arguments: Any) -> None:
    """Hold a matcher to the laws without trying them, which takes its time."""
    with patch("rmatch.testing.suite.try_law", lambda law, *_: Trial(law, Verdict.HOLDS, 1)):
        testing.check_matcher(**arguments)


def lived(**arguments: Any) -> None:
    """Hold a matcher to the laws of a life without living one."""
    held = {name: Trial(law, Verdict.HOLDS, 1) for name, law in LIFE.items()}
    with patch("rmatch.testing.life.check.try_life", lambda *_: held):
        testing.check_life(**arguments)


def read(**values: Any) -> None:
    """Read a person made in Python."""
    rmatch.read_people([rmatch.Person(**values), rmatch.Person(id="b", role="mentee", years=20)])


CALLS = {
    "read_people": Call(
        rmatch.read_people, {"source": RECORDS, "mapping": None}, {"mapping": "none mapping"}
    ),
    "read_people: sides": Call(
        rmatch.read_people,
        {"mentors": [{"id": "a", "years": 1}], "mentees": [{"id": "b", "years": 20}]},
    ),
    "Person": Call(read, PERSON, FINE_PERSON),
    "People.person": Call(PEOPLE.person, {"row": 0}, {"row": COUNT}),
    "People.take": Call(PEOPLE.take, {"rows": [0]}, {"rows": POSITIONS}),
    "write_people": Call(
        rmatch.io.write_people, {"people": PEOPLE, "path": "people.csv", "dialect": "excel"}
    ),
    "match": Call(
        rmatch.match,
        {**INPUTS, "earlier": None, "warm_start": CERTAIN, "seed": 0, **RUN},
        {
            **FINE_INPUTS,
            "earlier": "none",
            "warm_start": "none",
            "seed": "text three minus",
            **FINE_RUN,
        },
    ),
    "rematch": Call(
        rmatch.rematch,
        {
            "earlier": CERTAIN,
            **INPUTS,
            "responses": rmatch.people.Responses(),
            "keep": "pairs",
            "seed": 0,
            **RUN,
        },
        {
            **FINE_INPUTS,
            "people": "none",
            "responses": "none",
            "seed": "none text three minus",
            **FINE_RUN,
        },
    ),
    "plan": Call(
        rmatch.plan,
        {
            **INPUTS,
            "rounds": 2,
            "gap": "never",
            "away": None,
            "history": (),
            "load": None,
            "seed": 0,
            **LIMITS,
            "handle_signals": True,
        },
        {
            **FINE_INPUTS,
            "rounds": COUNT,
            "gap": COUNT,
            "away": "none mapping",
            "history": "list",
            "load": "none three mapping",
            "seed": "text three minus",
            **FINE_LIMITS,
            "handle_signals": "true",
        },
    ),
    "check": Call(checked, INPUTS, FINE_INPUTS),
    "score": Call(rmatch.score, INPUTS, FINE_INPUTS),
    "readiness": Call(
        rmatch.advice.readiness,
        {**INPUTS, "aims": None, **LIMITS},
        {**FINE_INPUTS, "aims": "none mapping"} | FINE_LIMITS,
    ),
    "what_if": Call(
        rmatch.advice.what_if,
        {"matching": MATCHING, "changes": {"drop": [PAIR.mentor]}, **LIMITS, "gap": 0.0},
        FINE_LIMITS | {"gap": AMOUNT},
    ),
    "smallest_fix": Call(
        rmatch.advice.smallest_fix,
        {"matching": MATCHING, "person": None, "k": 1, "catalogue": None, **LIMITS},
        {"person": "none", "k": "three", "catalogue": "none"} | FINE_LIMITS,
    ),
    "Catalogue": Call(
        rmatch.advice.Catalogue,
        {
            **dict.fromkeys(("capacities", "hours", "topics", "languages"), 1),
            **dict.fromkeys(("locks", "minimums", "min_points"), 1),
            "rules": {},
        },
        {
            **dict.fromkeys(("capacities", "hours", "topics", "languages"), "none three"),
            **dict.fromkeys(("locks", "minimums", "min_points"), "none three"),
            "rules": "mapping",
        },
    ),
    "Scenario": Call(
        rmatch.advice.Scenario,
        {"join": (), "drop": (), "change": {}, "requests": (), "withdraw": (), "programme": {}},
        {
            **dict.fromkeys(("join", "drop", "requests", "withdraw"), "list"),
            **dict.fromkeys(("change", "programme"), "mapping"),
        },
    ),
    "recruit": Call(
        rmatch.advice.recruit,
        {**INPUTS, "k": 1, "profiles": None, **LIMITS},
        {**FINE_INPUTS, "k": COUNT, "profiles": "none", **FINE_LIMITS},
    ),
    "verify": Call(
        rmatch.verify,
        {"result": CERTAIN, **INPUTS, "of": None, **BESIDE, **LIMITS},
        {**dict.fromkeys((*INPUTS, "of", "cap", "seed"), "none"), "since": "list", **FINE_LIMITS},
    ),
    "verify: report": Call(
        rmatch.verify,
        {"result": CERTAIN.fairness(), **INPUTS, "of": CERTAIN, **BESIDE},
        {**dict.fromkeys((*INPUTS, "cap", "seed"), "none"), "since": "list"},
    ),
    "verify: draw": Call(
        rmatch.verify,
        {"result": LOTTERY.draw("may"), "people": PEOPLE, "of": LOTTERY, **BESIDE, "seed": "may"},
        {"people": "none", "cap": "none", "since": "list"},
    ),
    "Scores.block": Call(
        SCORES.block, {**BLOCK, "protected": True}, {**FINE_BLOCK, "protected": "true"}
    ),
    "Scores.allowed_block": Call(SCORES.allowed_block, BLOCK, FINE_BLOCK),
    "Scores.open_block": Call(SCORES.open_block, BLOCK, FINE_BLOCK),
    "Scores.verdicts": Call(lambda **block: list(SCORES.verdicts(**block)), BLOCK, FINE_BLOCK),
    "Scores.check_pair": Call(SCORES.check_pair, IDS),
    "Scores.belonging_to": Call(SCORES.belonging_to, {"side": "both"}),
    "Scores.gains": Call(SCORES.gains, {"side": "mentor"}),
    "Matching.explain": Call(MATCHING.explain, {**IDS, "audience": "admin"}),
    "Matching.stand_ins": Call(
        MATCHING.stand_ins, {"r": 1, "accept": None}, {"r": COUNT, "accept": "none"}
    ),
    "Matching.to_board": Call(
        MATCHING.to_board,
        {"path": "board.html", "purpose": "", "aims": None, "previous": None},
        {"path": "text", "purpose": "text", "aims": "none mapping", "previous": "none"},
    ),
    "Matching.slips": Call(MATCHING.slips, {"language": "en", "include": ()}, {"include": "list"}),
    "verify: stand-ins": Call(
        rmatch.verify,
        {"result": CERTAIN.stand_ins(), **INPUTS, "of": CERTAIN, **BESIDE},
        {**dict.fromkeys((*INPUTS, "cap", "seed"), "none"), "since": "list"},
    ),
    "Matching.alternatives": Call(
        MATCHING.alternatives,
        {"person": PAIR.mentor, "k": 3, "side": None, **LIMITS},
        {"k": COUNT, "side": "none", **FINE_LIMITS},
    ),
    "Matching.loss_without": Call(
        MATCHING.loss_without,
        {"mentor": PAIR.mentor, "mentee": None, "topic": None},
        {"mentee": "none", "topic": "none"},
    ),
    "Matching.loss_without: mentee": Call(MATCHING.loss_without, {"mentee": PAIR.mentee}),
    "Matching.loss_without: topic": Call(MATCHING.loss_without, {"topic": PEOPLE.topics[0]}),
    "Matching.fairness": Call(
        MATCHING.fairness,
        {"since": [], "effect": None, **LIMITS},
        {"since": "list", "effect": "none true", **FINE_LIMITS},
    ),
    "Matching.to_frame": Call(
        MATCHING.to_frame,
        {"table": "pairs", "include": (), "backend": pd},
        {"include": "list"},
    ),
    "Matching.to_networkx": Call(MATCHING.to_networkx, {"include": ()}, {"include": "list"}),
    "Matching.to_table": Call(
        MATCHING.to_table,
        {"path": "pairs.csv", "table": "pairs", "include": (), "dialect": "excel"},
        {"include": "list"},
    ),
    "Matching.to_html": Call(
        MATCHING.to_html,
        {"path": "round.html", "include": (), "previous": None},
        {"path": "text", "include": "list", "previous": "none"},
    ),
    "Matching.to_json": Call(
        MATCHING.to_json,
        {
            "path": "result.json",
            "people": "whole",
            "include": (),
            "price_of_fair_places": False,
        },
        {"path": "none text", "include": "list", "price_of_fair_places": "true"},
    ),
    "Matching.to_dict": Call(
        MATCHING.to_dict,
        {"people": "whole", "include": (), "price_of_fair_places": False},
        {"include": "list", "price_of_fair_places": "true"},
    ),
    "read_matching": Call(
        rmatch.read_matching,
        {"source": MATCHING.to_dict(), "people": PEOPLE, "programme": PROGRAMME},
        {"people": "none", "programme": "none"},
    ),
    "Fairness.table": Call(
        lambda side, dimensions: FAIRNESS.table(side, dimensions),  # noqa: PLW0108 - the names are taken by place alone
        {"side": "mentor", "dimensions": "gender"},
    ),
    "Fairness.to_frame": Call(FAIRNESS.to_frame, {"table": "groups", "backend": pd}),
    "Fairness.to_json": Call(FAIRNESS.to_json, {"path": "fairness.json"}, {"path": "none text"}),
    "Fairness.to_html": Call(FAIRNESS.to_html, {"path": "fairness.html"}, {"path": "text"}),
    "Programme": Call(
        rmatch.Programme,
        {name: getattr(PROGRAMME, name) for name in inspect.signature(rmatch.Programme).parameters},
        {
            **dict.fromkeys(("rules", "levels", "lived_topics", "unprotected", "quotas"), "list"),
            "dates": "list",
            **dict.fromkeys(("name", "justification"), "text"),
            **dict.fromkeys(("mentor_capacity", "mentee_capacity"), COUNT),
            **dict.fromkeys(("mentor_minimum", "mentee_minimum", "topic_levels"), COUNT),
            "smallest_group": "three",
            **dict.fromkeys(("spread", "one_per_department"), "true"),
            "group_sizes": "list",
            "crossed": "list",
            "min_points": "none three minus",
        },
    ),
    "read_programme": Call(
        rmatch.read_programme, {"source": {"name": "spring"}}, {"source": "mapping"}
    ),
    "write_programme": Call(
        rmatch.io.write_programme, {"programme": PROGRAMME, "path": "programme.toml"}
    ),
    "write_template": Call(
        rmatch.io.write_template,
        {"path": "people.csv", "dimensions": ["age"], "dialect": "excel"},
        {"dimensions": "list"},
    ),
    "programme_document": Call(
        rmatch.io.programme_document,
        {"programme": PROGRAMME, "complete": False},
        {"complete": "true"},
    ),
    "Requests": Call(
        rmatch.Requests, {"rows": REQUESTS.rows, "notes": ()}, {"rows": "list", "notes": "list"}
    ),
    "Requests.fitted": Call(REQUESTS.fitted, {"people": PEOPLE}),
    "Request": Call(
        lambda **values: rmatch.Requests((Request(**values),)),
        {**IDS, "kind": "wish", "rank": 1, "override_reason": "", "left": False},
        {"mentor": "text", "mentee": "text", "rank": "none three"},
    ),
    "Request: lock": Call(
        lambda **values: rmatch.Requests((Request(**values),)),
        {**IDS, "kind": "lock", "rank": None, "override_reason": "agreed"},
        {"mentor": "text", "mentee": "text", "rank": "none", "override_reason": "text"},
    ),
    "read_requests": Call(
        rmatch.read_requests,
        {"source": [{**IDS, "kind": "lock"}], "previous": [IDS]},
        {"source": "none list", "previous": "none list"},
    ),
    "read_requests: wishes": Call(
        rmatch.read_requests,
        {"source": SIGNUPS, "mapping": {"wishes": {"mentee": ["1st"]}}, "people": PEOPLE},
    ),
    "read_requests: wishes, a table a side": Call(
        lambda mentors, mentees: rmatch.read_requests(
            mentors=mentors, mentees=mentees, mapping={"wishes": {"mentee": "1st"}}, people=PEOPLE
        ),
        {"mentors": SIGNUPS[:1], "mentees": SIGNUPS[1:]},
        {"mentors": "list"},  # a table of nobody holds no wishes
    ),
    "Requests.of_kind": Call(REQUESTS.of_kind, {"kind": "lock"}),
    "Requests.faults": Call(lambda **people: list(REQUESTS.faults(**people)), {"people": PEOPLE}),
    "assign": Call(rmatch.assign, ASSIGN, FINE_ASSIGN),
    "assign: sides": Call(
        rmatch.assign,
        {"points": [[7, 5], [6, 1]], "objective": "stable", "sides": ([[7, 5], [6, 1]],) * 2},
    ),
    "assign: tables": Call(
        rmatch.assign,
        {**ASSIGN, "points": solve.Tables(**TABLES)},
        {**FINE_ASSIGN, "min_points": "none"},
    ),
    "Tables": Call(lambda **arrays: rmatch.assign(solve.Tables(**arrays)), TABLES),
    "Tables.block": Call(solve.Tables(**TABLES).block, BLOCK, FINE_BLOCK),
    "Blocks": Call(
        lambda **values: rmatch.assign(solve.Blocks(**values)),
        {"shape": (2, 3), "function": open_to_all, "lowest": 0, "highest": 9},
        {"lowest": "minus", "highest": COUNT},
    ),
    "Custom": Call(
        criteria.Custom,
        {
            "name": "own",
            "block": nought,
            "formula": nought,
            "words": nought,
            "weight": 1,
            "side": "both",
            "protected": False,
        },
        {
            "name": "text",
            "formula": "none",
            "words": "none",
            "weight": f"none {AMOUNT}",
            "protected": "true",
        },
    ),
    "Matrix": Call(
        criteria.Matrix,
        {"values": [[1.0]], "mentors": ["m"], "mentees": ["e"]},
        {"values": "matrix"},
    ),
    "Diversity": Call(
        criteria.Diversity,
        {"weight": 1, "dimensions": {"gender": criteria.Dimension()}},
        {**WEIGHT, "dimensions": "mapping"},
    ),
    "Dimension": Call(
        lambda **values: criteria.Diversity(1, {"age band": criteria.Dimension(**values)}),
        {"weight": 1, "order": ("young", "old")},
        {**WEIGHT, "order": "list"},
    ),
    "ExperienceGap": Call(
        criteria.ExperienceGap,
        {"weight": 1, "by": "years", "full": (8, 25), "zero": (0, 40)},
        {**WEIGHT, "full": "none", "zero": "none"},
    ),
    "Expertise": Call(
        criteria.Expertise, {"weight": 1, "rare_boost": 0}, {**WEIGHT, "rare_boost": COUNT}
    ),
    "Growth": Call(criteria.Growth, {"weight": 1}, WEIGHT),
    "Logistics": Call(
        criteria.Logistics,
        {"weight": 1, "language": 1, "hours": 1, "meeting_mode": 1, "enough": 1200},
        dict.fromkeys(("weight", "language", "hours", "meeting_mode"), AMOUNT),
    ),
    "Reach": Call(
        criteria.Reach,
        {"weight": 1, "site": 1, "department": 1, "chart": 1, "cap": 4},
        {**dict.fromkeys(("weight", "site", "department", "chart"), AMOUNT), "cap": COUNT},
    ),
    "Wish": Call(criteria.Wish, {"weight": 1}, WEIGHT),
    "CustomRule": Call(
        rules.CustomRule,
        {
            "name": "own",
            "block": nought,
            "formula": nought,
            "words": nought,
            "protected": False,
        },
        {"name": "text", "formula": "none", "words": "none", "protected": "true"},
    ),
    "Only": Call(
        rules.Only,
        {"item": rules.OtherSite(), "mentor": {"years": 3}, "mentee": {"level": "Head"}},
    ),
    "Accepted": Call(rules.Accepted, {"whose": "both"}),
    "JuniorMentor": Call(rules.JuniorMentor, {"by": "auto", "min_gap": 1}, {"min_gap": AMOUNT}),
    "OverlappingHours": Call(rules.OverlappingHours, {"minutes": 300}),
    "ReportingChain": Call(rules.ReportingChain, {"steps": 2}, {"steps": COUNT}),
    "workforce": Call(
        datasets.workforce,
        {"n_mentors": 3, "n_mentees": 3, "seed": 0},
        dict.fromkeys(("n_mentors", "n_mentees", "seed"), COUNT),
    ),
    "planted": Call(
        datasets.planted,
        {"n": 3, "topics": 6, "levels": 16, "kinds": None, "seed": 0},
        {**dict.fromkeys(("n", "topics", "levels", "seed"), COUNT), "kinds": "none three"},
    ),
    "Planted.block": Call(datasets.planted(3).block, BLOCK, FINE_BLOCK),
    "AlphaFair": Call(objectives.AlphaFair, {"alpha": 1}, {"alpha": AMOUNT}),
    "Leximin": Call(objectives.Leximin, {"over": "pairs"}),
    "Stable": Call(objectives.Stable, {"proposer": "mentors", "best": "total"}),
    "Quota": Call(
        quotas.Quota,
        {
            "dimension": "gender",
            "group": "woman",
            "side": "mentor",
            "at_least": 1,
            "at_most": None,
            "each": False,
        },
        {
            "dimension": "text",
            "group": "text",
            "at_least": COUNT,
            "at_most": "none three",
            "each": "true",
        },
    ),
    "PairQuota": Call(
        quotas.PairQuota,
        {"dimension": "gender", "pairs": "same", "at_least": 1, "at_most": None},
        {"dimension": "text", "at_least": COUNT, "at_most": "none three"},
    ),
    "MeanParity": Call(
        quotas.MeanParity,
        {"dimension": "gender", "side": "mentor", "within": 1},
        {"dimension": "text", "within": COUNT},
    ),
    **{
        name: Call(getattr(indices, name), {"amounts": [1, 2]}, {"amounts": "beyond"})
        for name in ("gini", "jain", "theil", "mean_log_deviation")
    },
    "atkinson": Call(
        indices.atkinson,
        {"amounts": [1, 2], "aversion": 1},
        {"amounts": "beyond", "aversion": AMOUNT},
    ),
    "generalised_entropy": Call(
        indices.generalised_entropy,
        {"amounts": [1, 2], "order": 1},
        {"amounts": "beyond", "order": f"{AMOUNT} minus"},
    ),
    "load_known": Call(testing.load_known, {"name": "pr4a-1"}),
    "check_matcher": Call(tried, {"fn": nothing, **LAWS}, FINE_LAWS),
    "parametrize_with_laws": Call(
        testing.parametrize_with_laws, {"fn": nothing, **LAWS}, FINE_LAWS
    ),
    "check_life": Call(lived, {"rematch": nothing, "plan": None, **LIFE_LAWS}, FINE_LIFE_LAWS),
    "life_machine": Call(
        testing.life_machine,
        {"rematch": nothing, "plan": None, "laws": ["no_repeat"]},
        {"plan": "none", "laws": "none"},
    ),
    "find": Call(laws.find, {"names": ["capacities"]}, {"names": "list"}),
    "of_form": Call(laws.of_form, {"form": "matrix"}),
    "Instance.of": Call(
        testing.Instance.of,
        {
            "points": [[3, 1], [2, 0]],
            "forbidden": [(1, 1)],
            "mentor_capacity": 1,
            "mentee_capacity": 1,
            "seed": 0,
        },
        {
            "forbidden": "list mapping",
            "mentor_capacity": COUNT,
            "mentee_capacity": COUNT,
            "seed": COUNT,
        },
    ),
    "Market.of": Call(testing.Market.of, {"instance": INSTANCE, "mentee_points": [[0, 1], [2, 3]]}),
    "Market.take": Call(testing.Market.of(INSTANCE, INSTANCE.points).take, BLOCK, FINE_BLOCK),
    "Instance.take": Call(INSTANCE.take, BLOCK, FINE_BLOCK),
    "Instance.capacity": Call(INSTANCE.capacity, {"side": "mentor"}),
    "Instance.without": Call(INSTANCE.without, {"pair": (0, 1)}),
    "Instance.with_points": Call(INSTANCE.with_points, {"points": [[0, 1], [2, 3]]}),
    "Instance.total": Call(INSTANCE.total, {"pairs": [(0, 1)]}, {"pairs": "list mapping"}),
    "Instance.value": Call(
        INSTANCE.value,
        {"pairs": frozenset({(0, 0)}), "participation": "most"},
        {"pairs": "list mapping"},
    ),
}
MADE = [
    "Trial",
    "Verdict",
    "Matching",
    "Scores",
    "People",
    "Assignment",
    "Frontier",
    "Lottery",
    "Fairness",
    "Side",
    "PersonStanding",
    "GroupTable",
    "Group",
    "Pareto",
    "Effect",
    "Certificate",
    "Costs",
    "Strictest",
    "FairnessFigures",
    "Progress",
    "Planted",
    "Known",
    "Report",
    "Instance",
    "Market",
    "Certified",
    "Situation",
    *(f"Situation.{name}" for name in ("capacity", "crowded", "worth")),
]
ERRORS = ("RmatchError", "InvalidInputError", "InfeasibleError", "VerificationError")
NOT_SWEPT = {
    **dict.fromkeys(MADE, "rmatch makes them"),
    **dict.fromkeys(ERRORS, "rmatch raises them"),
    **dict.fromkeys(("Criterion", "Rule"), "protocols"),
    **dict.fromkeys(
        ("Frontier", "Lottery", "frontier", "lottery"), "see test_frontier and test_lottery"
    ),
    **dict.fromkeys(("effect", "fairness"), "called by Matching.fairness"),
    "Certificate.bound": "called by the checker of certificates",
    "GroupPrices.constant": "called by the checker of certificates",
    "GroupProof.of_order": "called by the solver",
    "Certificate.without": "called by the solver",
    **dict.fromkeys(
        ("Scores.source", "Scores.tabled", "Scores.open_at"),
        "called by the solver's rooms, and of rounds",
    ),
    **dict.fromkeys(("Matrix.formula", "Matrix.words"), "called for a pair that `block` knows"),
    "Matching.of": "called by match",
    "People.place": "called for a row that is there, to say what is wrong with it",
    "Blocks.block": "calls the user's function, whose answer is checked in tests/solve",
}
CALLED_BY_RMATCH = {"factors", "allows", "closed", "alike", "points", "verdicts", "edges", "inside"}
"""What criteria and rules answer to rmatch alone, for one of its cohorts."""


def public() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Go through the public functions, classes and methods that take arguments."""
    listed = [
        getattr(part, name)
        for part in PARTS
        for name in part.__all__
        if part not in ROOMS or (name not in INSIDE and re.search(rf"[ ,]{name}\b", REFERENCE))
    ]
    listed += [
        objectives.Total,
        objectives.AlphaFair,
        objectives.MaxMin,
        objectives.Leximin,
        objectives.Stable,
    ]
    listed += [
        rmatch.io.write_people,
        rmatch.io.write_programme,
        rmatch.io.write_template,
        rmatch.io.programme_document,
    ]
    listed += [quotas.Quota, quotas.PairQuota, quotas.MeanParity, Request, laws.find, laws.of_form]
    functions = [
        each for name, each in vars(indices).items() if inspect.isfunction(each) and name[0] != "_"
    ]
    listed += [each for each in functions if each.__module__ == indices.__name__]
    for each in listed:
        if callable(each):
            yield each.__name__, each
        for name in vars(each) if inspect.isclass(each) else ():
            method = getattr(each, name)
            if (
                name[0] != "_"
                and (inspect.isfunction(method) or inspect.ismethod(method))
                and name not in CALLED_BY_RMATCH
            ):
                yield f"{each.__name__}.{name}", method


PARTS = (rmatch, criteria, rules, datasets, testing, solve, fairness)
INSIDE = (
    "Factor",
    "FairSolution",
    "Parts",
    "Problem",
    "GroupCase",
    "GroupPrices",
    "GroupProblem",
    "Leader",
    "Ceiling",
    "GroupProof",
    "GroupSolution",
    "QuotaSolution",
    "SinglePairs",
    "Solution",
    "Source",
    "Table",
)
"""What criteria and the solver make of what they are given: described, and made by rmatch alone."""
ROOMS = (criteria, rules, solve, fairness)
"""Their faces hand more to other rooms than the reference promises to users."""
API = Path(__file__).parents[1] / "docs" / "reference" / "api"
REFERENCE = "".join(page.read_text("utf-8") for page in sorted(API.glob("*.md")))
SWEPT = [(name, argument) for name, call in CALLS.items() for argument in call.arguments]


def parameters(function: Callable[..., Any]) -> set[str]:
    """Return the arguments of a function; the kind of a quota or an objective belongs to its file alone."""
    return set(inspect.signature(function).parameters) - {"self", "kind"}


def test_every_public_argument_is_swept() -> None:
    swept: dict[str, set[str]] = {}
    for name, call in CALLS.items():
        swept.setdefault(name.split(":")[0], set()).update(call.arguments)
    swept["Request"].add("kind")
    missing = {
        name: parameters(function) - swept.get(name, set())
        for name, function in public()
        if not name.startswith(
            tuple(f"{own}." for own in ("Frontier", "Lottery", "Criterion", "Rule"))
        )
        and name not in NOT_SWEPT
    }
    assert {name: lacking for name, lacking in missing.items() if lacking} == {}


@pytest.mark.parametrize(("name", "argument"), SWEPT, ids=["-".join(each) for each in SWEPT])
def test_an_argument_is_right_or_refused(
    name: str, argument: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    call = CALLS[name]
    call.function(**call.arguments)
    fine, accepted = set(call.fine.get(argument, "").split()), set()
    for label, value in WRONG.items():
        try:
            call.function(**call.arguments | {argument: value})
        except rmatch.RmatchError:
            continue
        accepted.add(label)
    assert accepted == fine


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        (
            lambda: MATCH(5),
            "people: 5 is not possible; give People: rmatch.read_people reads a table",
        ),
        (lambda: MATCH(RECORDS), "people: a list is not possible; give People"),
        (
            lambda: MATCH(PEOPLE, "p.toml"),
            "programme: 'p.toml' is not possible; give a Programme: rmatch.read_pr",
        ),
        (
            lambda: MATCH(PEOPLE, seed=None),
            "match, seed: None is not possible; give a whole number or a text",
        ),
        (
            lambda: MATCHING.alternatives(PAIR.mentor, "x"),
            "alternatives, k: 'x' is not possible; give a whole number",
        ),
        (
            lambda: MATCHING.alternatives(PAIR.mentor, 0),
            "alternatives, k: 0 is not possible; give a whole number of 1",
        ),
        (
            lambda: MATCHING.to_frame(include="name"),
            "result, include: 'name' is not possible; give a list of columns",
        ),
        (
            lambda: SCORES.block([0], [99]),
            "scores, columns: 99 is not there; give positions below 10",
        ),
        (
            lambda: GAP(1, full=(8, "x")),
            "criteria.experience_gap, full: 'x' is not possible; give a",
        ),
        (lambda: criteria.Growth(10**400), "criteria.growth, weight: 1000000000"),
        (
            lambda: criteria.Matrix([[1]], "a", ["b", "b"]),
            "matrix, mentors: 'a' is not possible; give a list of ids",
        ),
        (
            lambda: testing.Instance.of([[1]], mentor_capacity=[1, 1]),
            "mentor_capacity: has 2 numbers; give one, or one",
        ),
        (
            lambda: testing.check_matcher(nothing, form="index", laws=["capacities"]),
            "is no law of the form 'index'",
        ),
        (
            lambda: read(**PERSON | {"offers": 3}),
            "person 1 (id 'a'), offers: is an int; give a mapping of topics",
        ),
    ],
)
def test_the_error_says_what_is_expected(wrong: Callable[[], Any], expected: str) -> None:
    with pytest.raises(rmatch.InvalidInputError) as caught:
        wrong()
    assert expected in str(caught.value)


def test_every_fault_of_a_call_is_listed() -> None:
    with pytest.raises(rmatch.InvalidInputError) as caught:
        QUOTA(3, None, "mentors", at_least=-1, each="yes")
    assert [fault.field for fault in caught.value.faults] == [
        "dimension",
        "group",
        "side",
        "at_least",
        "each",
    ]
    with pytest.raises(rmatch.InvalidInputError) as caught:
        SCORES.block([-1], [0.5])
    assert [fault.field for fault in caught.value.faults] == ["rows", "columns"]


def test_how_a_round_is_solved_is_refused_beside_what_it_is_about() -> None:
    people: Any = 3
    asked: Any = rmatch.Requests((rmatch.people.Request("nobody", "E1", "lock"),))
    wrong: dict[str, Any] = {"seed": 2.5, "max_seconds": -1, "gap": "x"}
    with pytest.raises(rmatch.InvalidInputError) as caught:
        rmatch.match(people, None, 5, **wrong)  # type: ignore[arg-type]
    told = [f"{fault.where} {fault.field}".split()[-1] for fault in caught.value.faults]
    assert told == ["seed", "max_seconds", "gap", "people", "requests"]
    with pytest.raises(rmatch.InvalidInputError) as caught:
        rmatch.match(rmatch.datasets.example(), None, asked, **wrong)
    assert len(caught.value.faults) > 3
    with pytest.raises(rmatch.InvalidInputError) as caught:
        rmatch.lottery(rmatch.datasets.example(), cap=3, seed=2.5)  # type: ignore[arg-type]
    assert len(caught.value.faults) == 2


LONG: Any = 10**5_000
"""More digits than Python turns into text."""


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: rmatch.match(rmatch.datasets.example(), seed=LONG),
        lambda: rmatch.match(rmatch.datasets.example(), max_seconds=LONG),
        lambda: rmatch.Programme(mentor_capacity=-LONG),
        lambda: rmatch.Requests((rmatch.people.Request("a", "b", "wish", rank=-LONG),)),
        lambda: rmatch.lottery(rmatch.datasets.example(), cap=LONG),
        lambda: rmatch.assign([[LONG]]),
    ],
    ids=["seed", "limit", "places", "rank", "cap", "points"],
)
def test_a_number_too_long_to_be_shown_is_refused_like_any_other(wrong: Callable[[], Any]) -> None:
    with pytest.raises(rmatch.InvalidInputError):
        wrong()


def test_numbers_of_numpy_are_numbers() -> None:
    assert MATCHING.alternatives(PAIR.mentor, np.int64(2)) == MATCHING.alternatives(PAIR.mentor, 2)
    assert (
        MATCH(PEOPLE, PROGRAMME, seed=np.int64(7)).pairs == MATCH(PEOPLE, PROGRAMME, seed=7).pairs
    )
    assert (
        SCORES.block(np.array([1, 0], np.uint8), range(2)).tolist()
        == SCORES.points[[1, 0], :2].tolist()
    )


def test_settings_in_numbers_of_numpy_are_written_and_read_back(tmp_path: Path) -> None:
    expertise: Any = criteria.Expertise
    reach: Any = criteria.Reach
    rule: Any = rules.JuniorMentor
    programme = rmatch.Programme(
        criteria=(expertise(np.int64(3)), reach(np.float32(0.5))),
        rules=(rule("years", np.int64(2)),),
        quotas=(QUOTA("gender", "woman", "mentor", at_least=np.int64(1)),),
        justification="few women lead",
    )
    for name in ("programme.toml", "programme.json"):
        rmatch.io.write_programme(programme, tmp_path / name)
        assert rmatch.read_programme(tmp_path / name) == programme
    assert rmatch.score(PEOPLE, programme).points.any()


def test_no_value_of_a_person_is_shown() -> None:
    with pytest.raises(rmatch.InvalidInputError) as caught:
        read(**PERSON | {"lived_topics": {"secret": 1}, "dimensions": {"gender": 77}})
    assert [fault.field for fault in caught.value.faults] == ["lived_topics", "dimensions"]
    assert not any(word in str(caught.value) for word in ("secret", "77"))
