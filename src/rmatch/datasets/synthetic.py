"""A synthetic workforce of any size: :func:`workforce`."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import numpy as np

from rmatch.datasets.chart import LEAD, Chart, chart
from rmatch.datasets.draws import Dice, Members, joined, labels, members, position
from rmatch.datasets.vocabulary import (
    DEPARTMENTS,
    FAMILY_NAMES,
    GIVEN_NAMES,
    HABITS,
    HOURS,
    LANGUAGES,
    LEVELS,
    MEETING_MODES,
    QUESTIONS,
    SITES,
    TOPIC_GROUPS,
    TOPICS,
    YEARS_AT_LEVEL,
)
from rmatch.people import PURPOSES, ROLES, UNSET, People
from rmatch.utils.labels import Labels
from rmatch.utils.validation import refuse, whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from rmatch.datasets.vocabulary import Habit, Question

    Texts = tuple[str | None, ...]

NO_ANSWER = 0.08
AGE_LIMITS = (25, 35, 45, 55, 65)


def workforce(n_mentors: int = 500, n_mentees: int = 500, seed: int = 0) -> People:
    """Invent an organisation with juniors who teach and senior leaders who learn.

    Mentors stand on the lower four of the seven :data:`~rmatch.datasets.LEVELS`, mentees on the upper three, in one
    organisation chart under one chief executive, who is a mentee. Managers who take no part are added only where a
    level would have fewer than one person to eight reports. There are 60 topics of very different popularity (about
    1/rank) at levels 1 to 5, and 5 dimensions with about 8 % non-answers and consent that differs by dimension.
    Everybody is invented; what is drawn follows no statistics of any country.

    The same arguments give the same people on any machine, under any version of numpy.

    Parameters
    ----------
    n_mentors, n_mentees : int
        How many of each, at least 1. Twice 100,000 take a few seconds.
    seed : int
        0 or more; another seed gives another organisation.

    Returns
    -------
    People
        Mentors, mentees and others in random order.

    Raises
    ------
    InvalidInputError
        If a number is not whole or too small.

    Examples
    --------
    >>> from rmatch.datasets import workforce
    >>> workforce()
    <People: 500 mentors, 500 mentees, 60 topics, 5 dimensions>
    >>> workforce(3000, 20, seed=7)
    <People: 3000 mentors, 20 mentees, 32 neither, 60 topics, 5 dimensions>
    """
    sizes = [
        *whole("workforce", "n_mentors", n_mentors, 1),
        *whole("workforce", "n_mentees", n_mentees, 1),
    ]
    refuse([*sizes, *whole("workforce", "seed", seed)])
    dice = Dice(int(seed))
    organisation = chart(int(n_mentors), int(n_mentees), dice)
    years = _years(organisation.level, dice)
    role = organisation.role
    columns = _identity(organisation) | _names(len(years), dice)
    columns |= _workplace(organisation, dice) | _calendar(role, dice)
    columns |= _topics(role, dice) | _capacities(role, dice)
    everybody = Labels.of([()] * len(years))
    columns |= {"accepted_levels": everybody, "accepted_sites": everybody}
    columns["dimensions"], consent = _demographics(role, years, dice)
    columns["consent"] = consent | {"lived_topics": _display(columns["lived_topics"], dice)}
    return People(role=role, years=years, extra={}, **columns)


def _years(level: NDArray[np.int64], dice: Dice) -> NDArray[np.float64]:
    least, most = np.array(YEARS_AT_LEVEL, np.float64)[level].T
    count = len(level)
    way = (dice.uniform("years a", count) + dice.uniform("years b", count)) / 2
    changed = dice.chance("career change", count, 0.04)
    former = changed * dice.uniform("former career", count) * 20
    years = least + (most - least) * way + np.where(level < LEAD, former, 0.0)
    return np.asarray(np.floor(years * 2 + 0.5) / 2, np.float64)


def _identity(organisation: Chart) -> dict[str, Any]:
    count = len(organisation.level)
    width = max(6, len(str(count)))
    ids = [f"P{number:0{width}}" for number in range(1, count + 1)]
    bosses = organisation.boss.tolist()
    return {
        "id": tuple(ids),
        "email": tuple(f"{person.lower()}@example.org" for person in ids),
        "manager_id": tuple(None if boss < 0 else ids[boss] for boss in bosses),
        "level": _words(LEVELS, organisation.level),
    }


def _names(count: int, dice: Dice) -> dict[str, Any]:
    given = _words(GIVEN_NAMES, dice.whole("given name", count, 0, len(GIVEN_NAMES) - 1))
    family = _words(FAMILY_NAMES, dice.whole("family name", count, 0, len(FAMILY_NAMES) - 1))
    return {"name": tuple(f"{first} {last}" for first, last in zip(given, family, strict=True))}


def _workplace(organisation: Chart, dice: Dice) -> dict[str, Any]:
    department = _inherited("department", tuple(DEPARTMENTS.values()), 0.95, organisation, dice)
    site = _inherited("site", [office.share for office in SITES], 0.6, organisation, dice)
    return {
        "department": _words(tuple(DEPARTMENTS), department),
        "site": _words([office.name for office in SITES], site),
        "time_zone": _words([office.time_zone for office in SITES], site),
        "languages": _languages(organisation.role, site, dice),
    }


def _inherited(
    name: str, shares: Sequence[float], loyal: float, organisation: Chart, dice: Dice
) -> NDArray[np.int64]:
    """Draw a unit for everybody; below the directors, most are where their boss is."""
    count, level = len(organisation.level), organisation.level
    unit = dice.pick(name, count, shares)
    follows = dice.chance(f"{name} of the boss", count, loyal)
    # From above, so that a boss's unit is settled before those who follow.
    for here in (level == LEAD + 1, level == LEAD, level < LEAD):
        loyalists = np.flatnonzero(here & follows)
        unit[loyalists] = unit[organisation.boss[loyalists]]
    return unit


def _languages(role: NDArray[np.uint8], site: NDArray[np.int64], dice: Dice) -> Labels:
    rows, count = np.flatnonzero(role), len(role)
    main = np.array([LANGUAGES.index(office.language) for office in SITES])[site]
    english = rows[dice.chance("English", count, 0.85)[rows]]
    other = rows[dice.chance("other language", count, 0.25)[rows]]
    third = dice.whole("third language", count, 0, len(LANGUAGES) - 1)
    who = np.concatenate([rows, english, other])
    # English is the first of the languages.
    which = np.concatenate([main[rows], np.zeros_like(english), third[other]])
    return labels(count, LANGUAGES, members(who, which, len(LANGUAGES)))[0]


def _calendar(role: NDArray[np.uint8], dice: Dice) -> dict[str, Any]:
    count = len(role)
    hours = np.full(count, None, object)
    for name, patterns in HOURS.items():
        known = dice.chance("hours known", count, 0.95)
        rows = np.flatnonzero((role == ROLES[name]) & known)
        drawn = dice.whole(f"hours of a {name}", count, 0, len(patterns) - 1)
        hours[rows] = _words(patterns, drawn[rows])
    rows, limits = np.flatnonzero(role), dice.uniform("meeting modes", count)
    present, online = rows[limits[rows] >= 0.25], rows[limits[rows] < 0.85]
    which = np.repeat([0, 1], [len(present), len(online)])
    modes = members(np.concatenate([present, online]), which, len(MEETING_MODES))
    return {"hours": tuple(hours.tolist()), "meeting_modes": labels(count, MEETING_MODES, modes)[0]}


def _topics(role: NDArray[np.uint8], dice: Dice) -> dict[str, Any]:
    parts: dict[str, list[Members]] = {}
    for habit in HABITS:
        rows = np.flatnonzero(role == ROLES[habit.role])
        parts.setdefault(habit.column, []).append(_habitual(habit, rows, dice))
    columns = labels(len(role), TOPICS, *map(joined, parts.values()))
    return dict(zip(parts, columns, strict=True))


def _habitual(habit: Habit, rows: NDArray[np.int64], dice: Dice) -> Members:
    name = f"{habit.role} {habit.column} {habit.groups}"
    draws = np.maximum(dice.whole(f"{name} draws", len(rows), *habit.draws), 0)
    who = np.repeat(rows, draws)
    topics = dice.pick(name, len(who), _popularity(habit.groups))
    drawn = members(who, topics, len(TOPICS))
    weights = habit.lowest + dice.pick(f"{name} weights", len(drawn.keys), habit.shares)
    return drawn._replace(weights=weights)


def _popularity(groups: tuple[str, ...]) -> NDArray[np.float64]:
    """Zipf's law over the topics of some groups, going round the groups; 0 for all other topics."""
    in_turn = zip_longest(*(TOPIC_GROUPS[group] for group in groups))
    ranking = [topic for topics in in_turn for topic in topics if topic]
    popularity = np.zeros(len(TOPICS))
    for rank, topic in enumerate(ranking, 1):
        popularity[TOPICS.index(topic)] = 1 / rank
    return popularity


def _capacities(role: NDArray[np.uint8], dice: Dice) -> dict[str, Any]:
    twice = (role == ROLES["mentor"]) & dice.chance("capacity", len(role), 0.03)
    unset = np.full(len(role), UNSET, np.int64)
    capacities = {"mentor_capacity": np.where(twice, 2, unset), "mentee_capacity": unset}
    return capacities | dict.fromkeys(("mentor_minimum", "mentee_minimum", "priority"), unset)


def _demographics(
    role: NDArray[np.uint8], years: NDArray[np.float64], dice: Dice
) -> tuple[dict[str, Labels], dict[str, NDArray[np.uint8]]]:
    dimensions, consent = {}, {}
    for name, question in sorted(QUESTIONS.items()):
        bits = dice.pick(f"consent {name}", len(role), question.consent) * (role > 0)
        usable = (bits > 0) & ~dice.chance(f"silent {name}", len(role), NO_ANSWER)
        codes = _ages(years, dice) if name == "age band" else _answers(name, question, role, dice)
        dimensions[name] = _given(name, question, codes, np.flatnonzero(usable), dice)
        consent[name] = bits.astype(np.uint8)
    return dimensions, consent


def _ages(years: NDArray[np.float64], dice: Dice) -> NDArray[np.int64]:
    count = len(years)
    age = 18 + years + 14 * dice.uniform("start a", count) * dice.uniform("start b", count)
    return np.searchsorted(AGE_LIMITS, age, side="right").astype(np.int64)


def _answers(
    name: str, question: Question, role: NDArray[np.uint8], dice: Dice
) -> NDArray[np.int64]:
    luck = dice.uniform(f"answer {name}", len(role))
    of_mentor = position(luck, question.mentors)
    of_mentee = position(luck, question.mentees)
    return np.where(role == ROLES["mentor"], of_mentor, of_mentee)


def _given(
    name: str, question: Question, codes: NDArray[np.int64], rows: NDArray[np.int64], dice: Dice
) -> Labels:
    count, width = len(codes), len(question.answers)
    twice = rows[dice.chance(f"second {name}", count, question.second)[rows]]
    second = dice.whole(f"second answer {name}", count, 0, width - 1)[twice]
    who, which = np.concatenate([rows, twice]), np.concatenate([codes[rows], second])
    drawn = members(who, which, width)
    return labels(count, question.answers, drawn)[0]


def _display(lived: Labels, dice: Dice) -> NDArray[np.uint8]:
    released = (lived.counts > 0) & dice.chance("display", len(lived), 0.6)
    return np.where(released, PURPOSES["display"], 0).astype(np.uint8)


def _words(words: Sequence[str], codes: NDArray[np.int64]) -> tuple[str, ...]:
    return tuple(np.array(words, object)[codes].tolist())
