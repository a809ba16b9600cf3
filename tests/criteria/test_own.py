"""Criteria and rules of one's own: what they must bring, what they see, and that both their forms are held together."""

from __future__ import annotations

import re
import traceback
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples

import rmatch
from rmatch.criteria import Custom, Expertise, Matrix, Reach
from rmatch.errors import InvalidInputError, VerificationError
from rmatch.formulas import Facts
from rmatch.people import Cohort, Requests
from rmatch.rounds.facts import lines_of
from rmatch.rules import CustomRule, JuniorMentor

if TYPE_CHECKING:
    from collections.abc import Callable

    from rmatch.criteria import Criterion
    from rmatch.people import People, Person
    from rmatch.programme import Programme
    from rmatch.rules import Rule

JUSTIFIED: dict[str, Any] = {"places": "with_protected", "justification": "a test"}


def number(person: Person) -> int:
    return int(person.extra["n"])


def numbers(people: People) -> Any:
    return np.array([int(each or 0) for each in people.extra["n"]], int)


@dataclass(frozen=True)
class Near:
    """A criterion with exactly the members of the protocol: how near two numbers from 0 to 9 are."""

    kind: ClassVar[str] = "near"
    side: ClassVar[str] = "both"
    protected: ClassVar[bool] = False
    weight: float = 1

    def block(self, mentors: People, mentees: People) -> Any:
        return 1 - np.abs(np.subtract.outer(numbers(mentors), numbers(mentees))) / 9

    def formula(self, mentor: Person, mentee: Person) -> float:
        return 1 - abs(number(mentor) - number(mentee)) / 9

    def words(self, mentor: Person, mentee: Person, value: float) -> str:
        return f"{number(mentor)} and {number(mentee)} make {value:.2f}"


@dataclass(frozen=True)
class NotThree:
    """A rule with exactly the members of the protocol: two numbers are not three apart."""

    kind: ClassVar[str] = "not_three"
    protected: ClassVar[bool] = False

    def block(self, mentors: People, mentees: People) -> Any:
        return np.abs(np.subtract.outer(numbers(mentors), numbers(mentees))) != 3

    def formula(self, mentor: Person, mentee: Person) -> bool:
        return abs(number(mentor) - number(mentee)) != 3

    def words(self, mentor: Person, mentee: Person) -> str:
        return f"{number(mentor)} and {number(mentee)} are three apart"


def crowd(*given: int, mentees: tuple[int, ...] = (4, 5)) -> People:
    """Return a mentor for each number, and mentees."""
    sides = {"mentor": given or (1, 3, 8), "mentee": mentees}
    return rmatch.read_people(
        [
            {"id": f"{role}{place}", "role": role, "extra:n": str(each)}
            for role, side in sides.items()
            for place, each in enumerate(side)
        ]
    )


def programme(*criteria: Any, rules: tuple[Any, ...] = ()) -> Programme:
    return rmatch.Programme(criteria=criteria or (Near(),), rules=rules)


# The promise of the protocols.


def test_a_class_with_the_members_of_the_protocol_matches_explains_and_verifies() -> None:
    criterion: Criterion = Near()
    rule: Rule = NotThree()
    matching = rmatch.match(crowd(), rmatch.Programme(criteria=(criterion,), rules=(rule,)))
    assert rmatch.verify(matching).total == matching.total > 0
    (line,) = matching.explain("mentor1", "mentee0").lines
    assert (line.criterion, line.points) == ("near", 888_889)
    assert line.sentence == "3 and 4 make 0.89"
    (broken,) = matching.explain("mentor0", "mentee0").broken
    assert (broken.rule, broken.sentence) == ("not_three", "1 and 4 are three apart")


def test_it_stands_beside_built_in_ones_and_shares_the_million_with_them() -> None:
    people = rmatch.read_people(
        [
            {"id": "m", "role": "mentor", "site": "A", "extra:n": "0"},
            {"id": "e", "role": "mentee", "site": "B", "extra:n": "0"},
        ]
    )
    matching = rmatch.match(people, programme(Near(3), Reach(1), rules=(NotThree(),)))
    lines = {line.criterion: line.points for line in matching.explain("m", "e").lines}
    assert lines == {"near": 750_000, "reach": 250_000}
    assert rmatch.verify(matching).total == 1_000_000


def test_without_a_weight_its_values_are_points() -> None:
    matching = rmatch.match(crowd(4), programme(Near(None)))  # type: ignore[arg-type]
    assert matching.total == 1
    assert rmatch.verify(matching).total == 1


@pytest.mark.parametrize("method", ["block", "formula", "words"])
@pytest.mark.parametrize(("whole", "part"), [(Near, "criteria"), (NotThree, "rules")])
def test_what_lacks_a_member_is_refused_and_named(whole: Any, part: str, method: str) -> None:
    given: dict[str, Any] = {part: (type("Partial", (whole,), {method: None})(),)}
    lacking = rf"{part}: '{whole.kind}' has no {method}.*give it {method}\("
    with pytest.raises(InvalidInputError, match=lacking):
        rmatch.Programme(**given)


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"side": "left"}, "criterion 'near', side: 'left' is unknown"),
        ({"protected": "no"}, "criterion 'near', protected: 'no' is not possible"),
        ({"weight": -1}, "criterion 'near', weight: -1 is not possible"),
        ({"weight": "much"}, "criterion 'near', weight: 'much' is not possible"),
        ({"kind": ""}, "Wrong has no kind"),
        ({"kind": 5}, "Wrong has no kind"),
        ({"kind": ["near"]}, "Wrong has no kind"),
        ({"kind": "custom"}, "'custom' is the name of a built-in one"),
        ({"kind": "expertise"}, "'expertise' is the name of a built-in one"),
    ],
)
def test_wrong_members_are_refused(wrong: dict[str, Any], problem: str) -> None:
    item = type("Wrong", (Near,), {"__init__": lambda _: None, "weight": 1, **wrong})()
    with pytest.raises(InvalidInputError, match=problem):
        programme(item)


@pytest.mark.parametrize("kind", ["custom", "junior_mentor", "self", "exclude"])
def test_a_rule_takes_no_name_that_is_taken(kind: str) -> None:
    with pytest.raises(InvalidInputError, match=f"'{kind}' is the name of a"):
        programme(rules=(type("Own", (NotThree,), {"kind": kind})(),))


def test_what_is_built_on_a_built_in_one_needs_another_kind() -> None:
    class Mine(Expertise):
        pass

    class Strict(JuniorMentor):
        pass

    class Functions(Custom):
        kind: ClassVar[str] = "reach"

    with pytest.raises(InvalidInputError, match="'expertise' is the name of a built-in one"):
        programme(Mine(1))
    with pytest.raises(InvalidInputError, match="'reach' is the name of a built-in one"):
        programme(Functions("f", lambda *_: [], **strategies.UNASKED))
    with pytest.raises(InvalidInputError, match="'junior_mentor' is the name of a built-in one"):
        programme(Near(), rules=(Strict(),))


def test_functions_without_formula_or_words_are_refused_by_name() -> None:
    bare = Custom("bare", lambda *_: [])
    barred = CustomRule("barred", lambda *_: [], formula=lambda *_: True)
    with pytest.raises(InvalidInputError) as caught:
        programme(bare, rules=(barred,))
    assert [fault.problem for fault in caught.value.faults] == [
        "'bare' has no formula and no words, so it can be neither explained nor verified",
        "'barred' has no words, so it can be neither explained nor verified",
    ]


def test_what_it_is_called_is_its_kind_whatever_fields_it_has() -> None:
    @dataclass(frozen=True)
    class Named(Near):
        name: str = "a field"
        by: str = "levels"
        dimensions: dict[str, Any] = field(default_factory=lambda: {"nobody has it": 1})

    matching = rmatch.match(crowd(), programme(Named()))
    assert {line.criterion for line in matching.explain("mentor0", "mentee0").lines} == {"near"}
    assert rmatch.verify(matching).pairs == 2
    assert not rmatch.check(crowd(), programme(Named())).errors


def test_a_matrix_brings_its_formula_and_its_words() -> None:
    ids = {"mentors": ["mentor1", "mentor0"], "mentees": ["mentee0"]}
    people = crowd(1, 2, mentees=(0,))
    worth, may = Matrix([[5], [7]], **ids), Matrix(np.array([[True], [False]]), **ids)
    matching = rmatch.match(
        people, programme(Custom("worth", worth), rules=(CustomRule("may", may),))
    )
    assert rmatch.verify(matching).total == 5
    told = matching.explain("mentor0", "mentee0")
    assert told.points == 7
    assert [(each.rule, each.sentence) for each in told.broken] == [
        ("may", "by a matrix of one's own")
    ]


# What it sees.


@examples(50)
@given(strategies.people(), st.data(), st.booleans())
def test_one_person_is_seen_as_in_a_block(
    people: People, data: st.DataObject, protected: bool
) -> None:
    open_to_all = data.draw(st.sets(st.sampled_from(sorted(people.dimensions) or ["none"])))
    chosen = rmatch.Programme(unprotected=tuple(sorted(open_to_all)))
    facts, cohort = Facts(people, chosen, Requests()), Cohort(people, chosen, Requests())
    for person in cohort.matchable(protected=protected):
        assert facts.seen(person.id, protected=protected) == (person,)


def test_no_words_can_quote_a_protected_answer() -> None:
    seen: dict[str, list[Any]] = {"formula": [], "words": []}

    def look(where: str, answer: Any) -> Callable[..., Any]:
        def looked(mentor: Person, mentee: Person, *_: object) -> Any:
            seen[where] += [each.dimensions.get("gender") for each in (mentor, mentee)]
            return answer

        return looked

    people = rmatch.read_people(
        [
            {"id": role, "role": role, "dimension:gender": "f", "consent:gender": "match"}
            for role in ("mentor", "mentee")
        ]
    )
    own = Custom(
        "own",
        lambda mentors, mentees: np.zeros((len(mentors), len(mentees))),
        look("formula", 0),
        look("words", "they are two"),
        protected=True,
    )
    rule = CustomRule(
        "never",
        lambda mentors, mentees: np.zeros((len(mentors), len(mentees)), bool),
        look("formula", False),
        look("words", "it never does"),
        protected=True,
    )
    matching = rmatch.match(people, rmatch.Programme(criteria=(own,), rules=(rule,), **JUSTIFIED))
    matching.explain("mentor", "mentee")
    assert seen["formula"] == [("f",)] * 4  # of the rule and of the criterion
    assert seen["words"] == [None] * 4


# Both forms are held together.


@st.composite
def tables(draw: st.DrawFn, cells: st.SearchStrategy[Any]) -> np.ndarray[Any, Any]:
    """Return an answer for every two digits."""
    return np.array(draw(st.lists(st.lists(cells, min_size=4, max_size=4), min_size=4, max_size=4)))


@dataclass(frozen=True, eq=False)
class Said:
    """A criterion and a rule by tables, one for blocks and one for pairs."""

    in_block: Any
    alone: Any
    kind: str = "said"
    side: str = "both"
    weight: float | None = 1
    protected: bool = False

    def block(self, mentors: People, mentees: People) -> Any:
        return self.in_block[np.ix_(numbers(mentors), numbers(mentees))]

    def formula(self, mentor: Person, mentee: Person) -> Any:
        return self.alone[number(mentor), number(mentee)]

    def words(self, *_: object) -> str:
        return "the table says so"


DIGITS = st.lists(st.integers(0, 3), min_size=1, max_size=4).map(tuple)
SHARES = st.sampled_from((0.0, 1 / 3, 0.5, 1.0))


@examples(60)
@given(st.data(), DIGITS, DIGITS)
def test_both_forms_of_criteria_and_rules_agree_or_verification_names_who_does_not(
    data: st.DataObject, mentors: tuple[int, ...], mentees: tuple[int, ...]
) -> None:
    worth, may = data.draw(tables(SHARES)), data.draw(tables(st.booleans()))
    people = crowd(*mentors, mentees=mentees)
    honest = Said(worth, worth, side=data.draw(st.sampled_from(("mentor", "mentee", "both"))))
    rule: Any = Said(may, may, kind="may")
    matching = rmatch.match(people, programme(honest, rules=(rule,)))
    assert rmatch.verify(matching).total == matching.total
    for mentor in matching.scores.mentors:
        for mentee in matching.scores.mentees:
            points = sum(line.points for line in lines_of(matching.scores, mentor, mentee))
            row, column = matching.scores.cohort.row[mentor], matching.scores.cohort.column[mentee]
            assert points == matching.scores.points[row, column]

    cell = data.draw(st.sampled_from(mentors)), data.draw(st.sampled_from(mentees))
    other, forbidden = worth.copy(), may.copy()
    other[cell] = 1 - other[cell] if other[cell] != 0.5 else 1.0
    forbidden[cell] = ~forbidden[cell]
    with pytest.raises(VerificationError, match=r"the criterion 'said' gives .* by its formula"):
        rmatch.verify(rmatch.match(people, programme(replace(honest, alone=other))))
    with pytest.raises(VerificationError, match=r"the rules say otherwise than the blocks \(may\)"):
        rmatch.verify(
            rmatch.match(people, programme(honest, rules=(replace(rule, alone=forbidden),)))
        )


@pytest.mark.parametrize(
    ("value", "weight", "problem"),
    [
        ("Secret", 1, "is no number for 'mentor0' with 'mentee0'; return a number"),
        (None, 1, "is no number"),
        (float("nan"), 1, "nan for 'mentor0' with 'mentee0' is out of range; return 0 to 1"),
        (1.01, 1, "1.01 for 'mentor0' with 'mentee0' is out of range"),
        (-0.5, 1, "out of range"),
        (2_000_000, None, "return -1e"),
    ],
)
def test_a_formula_that_gives_no_points_is_a_fault(
    value: Any, weight: float | None, problem: str
) -> None:
    said = Said(np.ones((4, 4)), np.full((4, 4), value, object), weight=weight)
    matching = rmatch.match(crowd(1, mentees=(1,)), programme(said))
    with pytest.raises(InvalidInputError, match=problem) as caught:
        rmatch.verify(matching)
    assert "Secret" not in str(caught.value)


@pytest.mark.parametrize("verdict", [None, "yes", 1, 0])
def test_a_formula_that_gives_no_verdict_is_a_fault(verdict: Any) -> None:
    rule = type("Odd", (NotThree,), {"formula": lambda *_: verdict})()
    matching = rmatch.match(crowd(1, mentees=(1,)), programme(rules=(rule,)))
    with pytest.raises(InvalidInputError, match="rule 'not_three', formula: is not True or False"):
        rmatch.verify(matching)


def raising(*_: object) -> Any:
    message = "could not convert string to float: 'Secret'"
    raise ValueError(message)


@pytest.mark.parametrize("method", ["block", "formula", "words"])
@pytest.mark.parametrize(("kind", "own"), [("criterion", Near), ("rule", NotThree)])
def test_what_a_function_of_ones_own_raises_is_told_as_a_fault_of_it(
    kind: str, own: Any, method: str
) -> None:
    odd = type("Odd", (own,), {method: raising})()
    people = crowd(1, mentees=(4,))
    asked = programme(odd) if kind == "criterion" else programme(rules=(odd,))
    with pytest.raises(InvalidInputError) as caught:
        rmatch.match(people, asked).explain("mentor0", "mentee0")
    (fault,) = caught.value.faults
    assert (fault.where, fault.field) == (f"{kind} {odd.kind!r}", method)
    assert re.search(r"^raised ValueError.* in line \d+ of test_own\.py$", fault.problem)
    assert method == "block" or "for 'mentor0' with 'mentee0'" in fault.problem
    told = "".join(traceback.format_exception(caught.value))
    assert "Secret" not in told
    assert isinstance(caught.value.__context__, ValueError)


@pytest.mark.parametrize("method", ["block", "formula"])
def test_what_is_raised_during_verification_is_told_too(method: str) -> None:
    near = Near()
    matching = rmatch.match(crowd(1, mentees=(4,)), programme(near))
    object.__setattr__(near, method, raising)
    with pytest.raises(InvalidInputError, match=f"criterion 'near', {method}: raised ValueError"):
        rmatch.verify(matching)


@pytest.mark.parametrize("words", [None, "", "  ", 5])
def test_words_must_be_words(words: Any) -> None:
    criterion = type("Mute", (Near,), {"words": lambda *_: words})()
    rule = type("Mute", (NotThree,), {"words": lambda *_: words})()
    people = crowd(1, mentees=(4,))
    with pytest.raises(InvalidInputError, match="criterion 'near', words: are no text"):
        rmatch.match(people, programme(criterion)).explain("mentor0", "mentee0")
    with pytest.raises(InvalidInputError, match="rule 'not_three', words: are no text"):
        rmatch.match(people, programme(rules=(rule,))).explain("mentor0", "mentee0")


@pytest.mark.parametrize(
    "worth", [1, 1.5, 2.5, True, np.float32(2.5), np.int64(3), np.True_, 1_000_000, -2.5]
)
def test_numbers_of_any_type_are_rounded_as_in_blocks(worth: Any) -> None:
    said = Said(np.full((4, 4), worth), np.full((4, 4), worth, object), weight=None)
    matching = rmatch.match(crowd(1, mentees=(1,)), programme(said))
    assert rmatch.verify(matching).total == round(float(worth))


def test_a_value_that_rounds_to_no_points_is_refused_wherever_it_stands() -> None:
    """Whether it is refused must not hang on what other pairs are worth: blocks hold some pairs only."""
    worth = {("m1", "e1"): 0.25, ("m1", "e2"): 0, ("m2", "e1"): 5, ("m2", "e2"): 7}
    own = Custom(
        "liking",
        block=lambda mentors, mentees: np.array(
            [[worth[one, other] for other in mentees.id] for one in mentors.id]
        ),
        formula=lambda mentor, mentee: worth[mentor.id, mentee.id],
        words=lambda *_: "so they say",
    )
    rows = [{"id": each, "role": "mentor"} for each in ("m1", "m2")]
    rows += [{"id": each, "role": "mentee"} for each in ("e1", "e2")]
    people = rmatch.read_people(rows)
    with pytest.raises(rmatch.InvalidInputError, match=r"1 of 4 cells .*0\.25\) round to 0"):
        rmatch.match(people, rmatch.Programme(criteria=(own,), rules=()))
    worth["m1", "e1"] = 1
    matching = rmatch.match(people, rmatch.Programme(criteria=(own,), rules=()))
    assert matching.explain("m1", "e1").points == 1
