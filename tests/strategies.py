"""Small but complete inputs: everything that a person, a programme and a request can hold turns up.

Everything is constructed so that it fits together. People are drawn as raw records, as they stand in a file, because
what is lost at reading matters too.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import strategies as st

import rmatch
from rmatch.criteria import (
    Custom,
    Dimension,
    Diversity,
    ExperienceGap,
    Expertise,
    Growth,
    Logistics,
    Matrix,
    Reach,
    Wish,
)
from rmatch.people import Request, Requests
from rmatch.rules import (
    Accepted,
    CoversAWant,
    CustomRule,
    JuniorMentor,
    NoRepeat,
    Only,
    OtherDepartment,
    OtherSite,
    OverlappingHours,
    ReportingChain,
    SharedLanguage,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rmatch.criteria import AnyCriterion
    from rmatch.people import People, Person
    from rmatch.programme import Programme
    from rmatch.rules import AnyRule

Record = dict[str, Any]

LEVELS = ("Trainee", "Associate", "Manager", "Director", "Chief")
AGES = ("under thirty", "thirty to fifty", "over fifty")
ANSWERS = {
    "age": AGES,
    "gender": ("Woman", "Man", "Nonbinary"),
    "ethnicity": ("Arab", "Black", "White"),
    "work mode": ("Remote", "Office"),
}
SINGLE = {"age", "work mode"}
TOPICS = ("prompting", "short video", "plain language", "strategy")
LIVED = ("career break", "caring")
SITES = ("Leeds", "Vienna")
DEPARTMENTS = ("Data", "Sales", "People")
LANGUAGES = ("English", "German", "Welsh")
MODES = ("video", "in person")
HOURS = ("09:00-12:00", "09:00-10:30; 13:00-17:00", "22:00-02:00", "00:00-24:00", "12:00-12:15")
WEEKS = (
    "Mon 09:00-11:00; Tue 14:00-16:00",
    "Sat-Mon 22:00-02:00",
    "Fri 08:00-18:00; Sun 00:00-24:00",
)
ZONES = ("UTC", "+02:00", "-05:30", "Asia/Kathmandu", "Europe/Berlin", "America/New_York")
MOST_LEVEL = 3
CONSENTS = ("", "match", "report", "match; report")


def doubted(text: str) -> bool:
    """Tell whether letters look as if UTF-8 had been saved twice: a file of nothing else is asked about, by design."""
    try:
        once = text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        try:
            once = text.encode("cp1252").decode("utf-8")
        except UnicodeError:
            return False
    return once != text


@cache
def spelt(labels: Sequence[str]) -> st.SearchStrategy[str]:
    """Return labels in the spellings that count as one."""
    return st.sampled_from(
        [*labels, *(label.upper() for label in labels), *(f"{label}  " for label in labels)]
    )


def subsets(labels: Sequence[str], most: int = 2) -> st.SearchStrategy[list[str]]:
    """Return some of the labels, each once, in some spelling."""
    return st.lists(spelt(labels), max_size=most, unique_by=lambda label: label.strip().lower())


def numbered(
    labels: Sequence[str], numbers: st.SearchStrategy[Any], most: int = 3
) -> st.SearchStrategy[Record]:
    """Return some of the labels with a number each."""
    return st.dictionaries(st.sampled_from(labels), numbers, max_size=most)


@cache
def values_of(dimension: str, *, known: bool = False) -> st.SearchStrategy[list[str]]:
    """Return answers to a dimension, several where it takes several."""
    most = 1 if dimension in SINGLE else 2
    answers = st.sampled_from(ANSWERS[dimension])
    return st.lists(answers, min_size=int(known), max_size=most, unique=True)


@cache
def fields() -> st.SearchStrategy[Record]:
    """Return what stands in a record beside id, role and boss; any of it may be missing."""
    optional: dict[str, st.SearchStrategy[Any]] = {
        "years": st.one_of(
            st.none(),
            st.integers(0, 45),
            st.integers(0, 4500).map(lambda hundredths: hundredths / 100),
        ),
        "level": st.sampled_from((None, *LEVELS)),
        "department": st.sampled_from((None, *DEPARTMENTS)),
        "site": st.sampled_from((None, *SITES)),
        "hours": st.sampled_from((None, *HOURS, *WEEKS)),
        "time_zone": st.sampled_from((None, *ZONES)),
        "languages": subsets(LANGUAGES),
        "meeting_modes": subsets(MODES),
        "offers": numbered((*TOPICS, LIVED[0]), st.sampled_from((None, *range(1, MOST_LEVEL + 1)))),
        "wants": numbered((*TOPICS, *LIVED), st.integers(1, 9)),
        "lived_topics": st.lists(st.sampled_from(LIVED), max_size=1),
        "consent:lived_topics": st.sampled_from(("", "display", "match; display")),
        "mentor_capacity": st.sampled_from((None, None, None, 0, 1, 2)),
        "mentee_capacity": st.sampled_from((None, None, None, 0, 1, 2)),
        "accepted_levels": subsets(LEVELS),
        "accepted_sites": subsets(SITES),
        "extra:number": st.integers(0, 9).map(str),
    }
    for dimension in ANSWERS:
        optional[f"dimension:{dimension}"] = values_of(dimension)
        optional[f"consent:{dimension}"] = st.sampled_from(CONSENTS)
    return st.fixed_dictionaries(optional)


def complete(role: str, **different: Any) -> Record:
    """Return a record in which nothing is unknown, released for every use."""
    junior = role == "mentor"
    record: Record = {
        "role": role,
        "years": 3 if junior else 25,
        "level": LEVELS[0] if junior else LEVELS[-1],
        "department": DEPARTMENTS[0],
        "site": SITES[0],
        "hours": HOURS[0],
        "time_zone": ZONES[0],
        "languages": [LANGUAGES[0]],
        "meeting_modes": [MODES[0]],
        "offers": {TOPICS[0]: 3} if junior else {TOPICS[3]: 3},
        "wants": {TOPICS[3]: 1} if junior else {TOPICS[0]: 1},
        "lived_topics": [],
        "consent:lived_topics": "",
        "mentor_capacity": None,
        "mentee_capacity": None,
        "accepted_levels": [],
        "accepted_sites": [],
        "extra:number": "1",
    }
    for dimension, answers in ANSWERS.items():
        record[f"dimension:{dimension}"] = [answers[not junior]]
        record[f"consent:{dimension}"] = "match; report"
    return record | different


@st.composite
def records(
    draw: st.DrawFn, *, max_mentors: int = 4, max_mentees: int = 4, anchored: bool = False
) -> list[Record]:
    """Return raw records, ids in no relation to roles, managers a forest.

    With `anchored`, a complete mentor and a complete mentee who report to a complete third are among them, so that
    every criterion has data whatever the others leave out.
    """
    roles = ["mentor"] * draw(st.integers(1, max_mentors)) + ["mentee"] * draw(
        st.integers(1, max_mentees)
    )
    roles += draw(st.lists(st.sampled_from(("none", "both")), max_size=2))
    people = [draw(fields()) | {"role": role} for role in roles]
    if anchored:
        people += [complete("mentor"), complete("mentee"), complete("none")]
    numbers = draw(st.permutations(range(len(people))))
    for place, (person, number) in enumerate(zip(people, numbers, strict=True)):
        person["id"] = f"P{number:02d}"
        person["name"], person["email"] = f"Ada{number:02d} Example", f"ada{number:02d}@example.org"
        above = people[:place]
        person["manager_id"] = (
            draw(st.sampled_from((None, *(boss["id"] for boss in above)))) if above else None
        )
    if anchored:
        for person in people[-3:-1]:
            person["manager_id"] = people[-1]["id"]
        people[-1]["manager_id"] = None
    return draw(st.permutations(people))


def people(
    *, max_mentors: int = 4, max_mentees: int = 4, anchored: bool = False
) -> st.SearchStrategy[People]:
    """Return people who were read from records."""
    return records(max_mentors=max_mentors, max_mentees=max_mentees, anchored=anchored).map(
        rmatch.read_people
    )


def shares(weight: float, *, protected: bool = False) -> Custom:
    """Return a criterion of the user's own that gives shares."""
    return Custom(
        "own shares",
        _digits_apart,
        _digits_of_two_apart,
        _value_in_words,
        weight=weight,
        side="mentee",
        protected=protected,
    )


def units() -> Custom:
    """Return a criterion of the user's own that gives points in its own units, some below zero."""
    return Custom(
        "own units",
        _thousands,
        _thousands_of_two,
        _value_in_words,
    )


def told_apart(weight: float) -> Custom:
    """Return a criterion of the user's own that reads a protected dimension."""
    return Custom(
        "told apart",
        _answers_differ,
        _two_differ,
        _difference_in_words,
        weight=weight,
        protected=True,
    )


def unlike() -> CustomRule:
    """Return a rule of the user's own that goes by a protected dimension."""
    return CustomRule("unlike", _answers_differ, _two_differ, _equal_in_words, protected=True)


def lucky() -> CustomRule:
    """Return a rule of the user's own."""
    return CustomRule("lucky", _no_fives, _no_five_of_two, _five_in_words)


def _digits(people: People) -> Any:
    return np.array([int(digit or 0) for digit in people.extra["number"]])


def _digit(person: Person) -> int:
    return int(person.extra.get("number") or 0)


def _two_differ(mentor: Person, mentee: Person) -> bool:
    one, other = (set(each.dimensions.get("gender", ())) for each in (mentor, mentee))
    return one != other


# Functions with a name, not lambdas: what is made of them can be pickled.


def _thousands(mentors: People, mentees: People) -> Any:
    return np.subtract.outer(_digits(mentors), _digits(mentees)) * 1000.5


def _thousands_of_two(mentor: Person, mentee: Person) -> float:
    return (_digit(mentor) - _digit(mentee)) * 1000.5


def _digits_of_two_apart(mentor: Person, mentee: Person) -> float:
    return abs(_digit(mentor) - _digit(mentee)) / 9


def _no_fives(mentors: People, mentees: People) -> Any:
    return np.add.outer(_digits(mentors), _digits(mentees)) % 5 != 0


def _no_five_of_two(mentor: Person, mentee: Person) -> bool:
    return (_digit(mentor) + _digit(mentee)) % 5 != 0


def _five_in_words(*_: object) -> str:
    return "their numbers add up to a multiple of five"


def _equal_in_words(*_: object) -> str:
    return "their answers are equal"


def _difference_in_words(*given: object) -> str:
    return "different" if given[-1] else "the same"


def _value_in_words(mentor: Person, mentee: Person, value: float) -> str:
    return f"their numbers make {value:g}"


UNASKED: Any = {"formula": lambda *_: True, "words": lambda *_: "nobody asks"}
"""What a criterion or rule brings that is only looked at in blocks."""


def _digits_apart(mentors: People, mentees: People) -> Any:
    return np.abs(np.subtract.outer(_digits(mentors), _digits(mentees))) / 9


def _answers_differ(mentors: People, mentees: People) -> Any:
    sets = [
        [set(side.dimensions["gender"][row]) for row in range(len(side))]
        for side in (mentors, mentees)
    ]
    return np.array([[one != other for other in sets[1]] for one in sets[0]], bool).reshape(
        len(mentors), len(mentees)
    )


WEIGHTS = st.sampled_from((0.1, 0.3, 1, 2, 5, 20, 33.3))
PARTS = st.sampled_from((0, 0.5, 1, 2))


@cache
def bands(
    by: str,
) -> st.SearchStrategy[tuple[tuple[float, float], tuple[float, float]] | tuple[None, None]]:
    """Return a band and its zeros, or neither."""
    edges = st.lists(st.integers(-4, 20 if by == "years" else 5), min_size=4, max_size=4).map(
        sorted
    )
    drawn = edges.map(lambda four: ((four[1] / 2, four[2] / 2), (four[0] / 2, four[3] / 2)))
    return st.one_of(st.just((None, None)), drawn)


@st.composite
def experience_gaps(draw: st.DrawFn, measures: Sequence[str]) -> ExperienceGap:
    """Return experience gaps with any band."""
    by = draw(st.sampled_from(measures))
    full, zero = draw(bands("years" if by == "years" else "levels"))
    return ExperienceGap(draw(WEIGHTS), by=by, full=full, zero=zero)  # type: ignore[arg-type]


@st.composite
def diversities(draw: st.DrawFn) -> Diversity:
    """Return diversities over some of the dimensions, or all."""
    chosen = draw(st.lists(st.sampled_from(tuple(ANSWERS)), unique=True))
    dimensions = {
        name: Dimension(draw(PARTS), draw(st.sampled_from(((), AGES))) if name == "age" else ())
        for name in chosen
    }
    return Diversity(draw(WEIGHTS), dimensions)


@st.composite
def criteria(
    draw: st.DrawFn, *, measures: Sequence[str], own: bool = True
) -> tuple[AnyCriterion, ...]:
    """Return one to all of the criteria."""
    choices = _criteria(tuple(measures), own=own)
    names = draw(st.lists(st.sampled_from(tuple(choices)), min_size=1, max_size=5, unique=True))
    return tuple(draw(choices[name]) for name in names)


@cache
def _criteria(
    measures: tuple[str, ...], *, own: bool
) -> dict[str, st.SearchStrategy[AnyCriterion]]:
    choices: dict[str, st.SearchStrategy[AnyCriterion]] = {
        "expertise": st.builds(Expertise, WEIGHTS, st.sampled_from((0, 0, 1, 9))),
        "gap": experience_gaps(measures),
        "diversity": diversities(),
        "reach": st.builds(Reach, WEIGHTS, PARTS, PARTS, PARTS, st.integers(1, 5)),
        "growth": st.builds(Growth, WEIGHTS),
        "wish": st.builds(Wish, WEIGHTS),
        "logistics": st.builds(
            Logistics, WEIGHTS, PARTS, PARTS, PARTS, st.sampled_from((15, 450, 1200))
        ),
    }
    if own:
        choices |= {
            "shares": st.builds(shares, WEIGHTS, protected=st.booleans()),
            "units": st.builds(units),
        }
        choices |= {"told apart": st.builds(told_apart, WEIGHTS)}
    return choices


@st.composite
def rules(
    draw: st.DrawFn, *, measures: Sequence[str], protected: bool = False, most: int = 3
) -> tuple[AnyRule, ...]:
    """Return none to some of the rules."""
    choices = _rules(tuple(measures), protected=protected)
    names = draw(st.lists(st.sampled_from(tuple(choices)), max_size=most, unique=True))
    return tuple(draw(choices[name]) for name in names)


@cache
def _rules(measures: tuple[str, ...], *, protected: bool) -> dict[str, st.SearchStrategy[AnyRule]]:
    choices: dict[str, st.SearchStrategy[AnyRule]] = {
        "junior": st.builds(JuniorMentor, st.sampled_from(measures), st.sampled_from((0.5, 1, 2))),
        "chain": st.builds(ReportingChain, st.sampled_from((1, 2, 3, "whole"))),
        "department": st.just(OtherDepartment()),
        "site": st.just(OtherSite()),
        "language": st.just(SharedLanguage()),
        "hours": st.builds(OverlappingHours, st.sampled_from((15, 120, 300, 900))),
        "wants": st.just(CoversAWant()),
        "accepted": st.builds(Accepted, st.sampled_from(("both", "mentor", "mentee"))),
        "repeat": st.just(NoRepeat()),
        "own": st.builds(lucky),
    }
    if protected:
        choices["unlike"] = st.builds(unlike)
    return choices


@st.composite
def conditions(
    draw: st.DrawFn, *, levels: Sequence[str], dimensions: Sequence[str]
) -> Record | list[Record]:
    """Return conditions on people, of one alternative or of two."""
    choices = _conditions(bool(levels), tuple(dimensions))
    names = st.lists(st.sampled_from(tuple(choices)), min_size=1, max_size=2, unique=True)
    tables = [
        {name: draw(choices[name]) for name in draw(names)} for _ in range(draw(st.integers(1, 2)))
    ]
    return tables[0] if len(tables) == 1 else tables


@cache
def _conditions(
    levels: bool,
    dimensions: tuple[str, ...],
) -> dict[str, st.SearchStrategy[Any]]:
    words = st.sampled_from(("equals", "not_equals", "contains", "not_contains"))
    bounds = st.sampled_from(("at_least", "at_most"))
    choices: dict[str, st.SearchStrategy[Any]] = {
        "years": st.one_of(
            st.dictionaries(bounds, st.integers(0, 40), min_size=1),
            st.lists(st.sampled_from((3, 10, 25)), min_size=1, max_size=2, unique=True),
        ),
        "level": st.one_of(
            st.lists(st.sampled_from(LEVELS), min_size=1, max_size=3, unique=True),
            st.dictionaries(bounds if levels else words, st.sampled_from(LEVELS), min_size=1),
        ),
        "site": st.one_of(spelt(SITES), st.dictionaries(words, spelt(SITES), min_size=1)),
        "department": st.dictionaries(words, st.sampled_from(("a", "Sales")), min_size=1),
        "languages": st.dictionaries(words, spelt(LANGUAGES), min_size=1),
        "offers": st.dictionaries(words, spelt(TOPICS), min_size=1),
        "wants": spelt(TOPICS),
        "extra:number": st.dictionaries(words, st.integers(0, 9).map(str), min_size=1),
    }
    for name in dimensions:
        answers = st.lists(st.sampled_from(ANSWERS[name]), min_size=1, unique=True)
        choices[f"dimension:{name}"] = st.dictionaries(words, answers, min_size=1)
    return choices


@st.composite
def for_some(draw: st.DrawFn, programme: Programme, people: People | None = None) -> Programme:
    """Return a programme some rules and criteria of which are for some people only."""
    released = () if people is None else tuple(map(str, people.dimensions))
    released = tuple(
        name
        for name in released
        if people is not None
        and any(
            bits & 1 and people.dimensions[name][row]
            for row, bits in enumerate(people.consent[name])
        )
    )
    free = tuple(name for name in released if name in programme.unprotected)
    by_rules = released if programme.places == "with_protected" else free

    def some(item: Any, dimensions: Sequence[str]) -> Any:
        sides = draw(st.sampled_from(((), ("mentor",), ("mentee",), ("mentor", "mentee"))))
        asked = {
            side: draw(conditions(levels=programme.levels, dimensions=dimensions)) for side in sides
        }
        return Only(item, **asked) if asked else item

    return replace(
        programme,
        criteria=tuple(some(item, released) for item in programme.criteria),
        rules=tuple(some(item, by_rules) for item in programme.rules),
    )


@st.composite
def programmes(
    draw: st.DrawFn,
    *,
    own: bool = True,
    minimums: bool = False,
    places: Sequence[str] = ("without_protected",),
    topics: Sequence[str] = ("each",),
) -> Programme:
    """Return programmes that fit any people drawn here.

    Most properties are about points that add up over pairs: topics count once only where `topics` has it.
    """
    levels = draw(st.sampled_from(((), LEVELS)))
    measures = ("auto", "levels", "years") if levels else ("auto", "years")
    place = draw(st.sampled_from(places))
    return rmatch.Programme(
        name="a round",
        criteria=draw(criteria(measures=measures, own=own)),
        rules=draw(rules(measures=measures, protected=place == "with_protected")),
        levels=levels,
        topic_levels=draw(st.integers(MOST_LEVEL, 6)),
        lived_topics=draw(st.sampled_from(((), (TOPICS[2].upper(),)))),
        dates=draw(st.sampled_from(((), ("2026-06-01",), ("2026-03-01", "2026-11-30")))),
        unprotected=draw(st.sampled_from(((), ("work mode",), ("work mode", "gender")))),
        mentor_capacity=draw(st.integers(1, 2)),
        mentee_capacity=draw(st.integers(1, 2)),
        mentor_minimum=draw(st.integers(0, 1)) if minimums else 0,
        mentee_minimum=draw(st.integers(0, 1)) if minimums else 0,
        count_topic=draw(st.sampled_from(topics)),
        participation=draw(st.sampled_from(("most", "best"))),
        min_points=draw(st.sampled_from((None, None, 0, 100_000, 400_000))),
        places=place,  # type: ignore[arg-type]
        justification="agreed with the works council" if place == "with_protected" else "",
        smallest_group=draw(st.integers(3, 6)),
        crossed=draw(st.sampled_from(((), (("gender", "work mode"),)))),
    )


@st.composite
def requests(draw: st.DrawFn, people: People, *, locks: bool = True) -> Requests:
    """Return requests about some people: exclusions, earlier pairs, wishes, and locks that can be kept.

    Everybody has at most one lock, nobody whose capacity is zero has any, every lock overrides the rules with a reason.
    """
    mentors, mentees = (
        [people.id[row] for row in side.tolist()] for side in (people.mentors, people.mentees)
    )
    pairs = [(mentor, mentee) for mentor in mentors for mentee in mentees if mentor != mentee]
    rows: list[Request] = []
    if pairs:
        some = st.lists(st.sampled_from(pairs), max_size=2)
        rows += [
            Request(mentor, mentee, "wish", draw(st.sampled_from((None, 1, 2, 3))))
            for mentor, mentee in draw(some)
        ]
        rows += [Request(mentor, mentee, "exclude") for mentor, mentee in draw(some)]
        rows += [Request(mentee, mentor, "exclude") for mentor, mentee in draw(some)]
        rows += [Request(mentor, mentee, "previous") for mentor, mentee in draw(some)]
        rows += [Request("P99", pairs[0][1], "previous")] * draw(st.integers(0, 1))
    if pairs and locks:
        rows += draw(_locks(people, pairs, rows))
    return Requests(tuple(draw(st.permutations(rows))))


@st.composite
def _locks(
    draw: st.DrawFn, people: People, pairs: Sequence[tuple[str, str]], rows: Sequence[Request]
) -> list[Request]:
    row = {person: place for place, person in enumerate(people.id)}
    excluded = {
        frozenset((request.mentor, request.mentee)) for request in rows if request.kind == "exclude"
    }
    taken: set[tuple[str, str]] = set()
    made = []
    for mentor, mentee in draw(st.lists(st.sampled_from(pairs), max_size=2, unique=True)):
        full = people.mentor_capacity[row[mentor]] == 0 or people.mentee_capacity[row[mentee]] == 0
        if (
            full
            or frozenset((mentor, mentee)) in excluded
            or taken & {("r", mentor), ("c", mentee)}
        ):
            continue
        taken |= {("r", mentor), ("c", mentee)}
        made.append(Request(mentor, mentee, "lock", override_reason="agreed before"))
    return made


@st.composite
def rounds(
    draw: st.DrawFn,
    *,
    max_mentors: int = 4,
    max_mentees: int = 4,
    own: bool = True,
    minimums: bool = False,
    places: Sequence[str] = ("without_protected",),
    locks: bool = True,
    some: bool = False,
    topics: Sequence[str] = ("each",),
) -> tuple[People, Programme, Requests]:
    """Return people, a programme and requests that fit each other.

    With `some`, rules and criteria may be for part of the people.
    """
    everybody = draw(people(max_mentors=max_mentors, max_mentees=max_mentees))
    programme = draw(programmes(own=own, minimums=minimums, places=places, topics=topics))
    return (
        everybody,
        draw(for_some(programme, everybody)) if some else programme,
        draw(requests(everybody, locks=locks)),
    )


@st.composite
def bare_rounds(
    draw: st.DrawFn, *, places: Sequence[str] = ("without_protected",), minimums: bool = False
) -> tuple[People, Programme, Requests]:
    """Return rounds whose points and permissions are drawn matrices: few different points, so that ties are many.

    The criterion ``worth`` has no share of protected attributes and ``group`` has no other.
    """
    mentors, mentees = (
        [f"{side}{place}" for place in range(draw(st.integers(1, 4)))] for side in "me"
    )
    capacities = st.sampled_from((0, 1, 1, 1, 2))
    records: list[Record] = [
        {"id": one, "role": "mentor", "mentor_capacity": draw(capacities)} for one in mentors
    ]
    records += [
        {"id": one, "role": "mentee", "mentee_capacity": draw(capacities)} for one in mentees
    ]
    place = draw(st.sampled_from(places))
    programme = rmatch.Programme(
        criteria=(
            Custom("worth", draw(_matrices(st.integers(-1, 3), mentors, mentees))),
            Custom("group", draw(_matrices(st.integers(0, 5), mentors, mentees)), protected=True),
        ),
        rules=(CustomRule("open", draw(_matrices(st.booleans(), mentors, mentees))),)
        * draw(st.integers(0, 1)),
        mentor_minimum=draw(st.integers(0, 1)) if minimums else 0,
        mentee_minimum=draw(st.integers(0, 1)) if minimums else 0,
        participation=draw(st.sampled_from(("most", "best"))),
        min_points=draw(st.sampled_from((None, None, 0, 1, 2))),
        places=place,  # type: ignore[arg-type]
        justification="agreed with the works council" if place == "with_protected" else "",
    )
    return rmatch.read_people(records), programme, Requests()


@st.composite
def regrouped(draw: st.DrawFn, programme: Programme) -> Programme:
    """Return the programme of a bare round with other points for ``group``."""
    worth, group = programme.criteria
    assert isinstance(group, Custom)
    old: Any = group.block
    other = Custom(
        "group", draw(_matrices(st.integers(0, 5), old.mentors, old.mentees)), protected=True
    )
    return replace(programme, criteria=(worth, other))


@st.composite
def _matrices(
    draw: st.DrawFn, cells: st.SearchStrategy[Any], mentors: Sequence[str], mentees: Sequence[str]
) -> Matrix:
    size = len(mentors) * len(mentees)
    values = np.array(draw(st.lists(cells, min_size=size, max_size=size))).reshape(
        len(mentors), len(mentees)
    )
    return Matrix(values, mentors=mentors, mentees=mentees)


def seeds() -> st.SearchStrategy[int | str]:
    """Return seeds."""
    return st.one_of(st.integers(0, 99), st.sampled_from(("spring", "autumn")))
