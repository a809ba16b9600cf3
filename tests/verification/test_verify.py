"""Verification: it takes every honest result, and nothing that was tampered with."""

from __future__ import annotations

import ast
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st
from profiles import examples

import rmatch
from rmatch.criteria import Custom, Diversity, ExperienceGap
from rmatch.errors import InfeasibleError, InvalidInputError, VerificationError
from rmatch.people import Request, Requests
from rmatch.rounds import Pair, Round, Unmatched
from rmatch.rounds.facts import lines_of
from rmatch.rules import CustomRule, JuniorMentor, Only, ReportingChain
from rmatch.solve.columns.answer import Answer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from rmatch.matching import Matching
    from rmatch.people import People
    from rmatch.programme import Programme
    from rmatch.rounds import Outcome

SOURCE = Path(rmatch.__file__).parent
SOLVING = tuple(
    f"rmatch.{room}"
    for room in ("solve", "scoring", "criteria", "rules", "people.cohort", "people.learning")
)
"""What the formulas must not share code with."""

CHECKING = {
    "Claim",
    "certificate_of",
    "failures",
    "fair_failures",
    "group_failures",
    "quota_failures",
    "semi_failures",
    "shares_of",
    "walked",
    "worth_of_firsts",
}
"""What verification asks of the solver: what checks proofs, and makes them from the pairs."""

CLASSES = {
    "Answer",
    "Certificate",
    "FairSolution",
    "GroupCase",
    "GroupPrices",
    "GroupProof",
    "Ceiling",
    "GroupSolution",
    "Problem",
    "QuotaSolution",
    "RoundPrices",
    "Solution",
    "Waits",
}
"""What of the solver is looked at."""

BY_LOT = {"Marginals", "read_cap"}
"""What a cap says, and what is drawn from chances by a seed: that is what it is by definition, and no answer to a question."""

PROVING = {
    f"rmatch.solve.{name}"
    for name in (
        "certificates.certificate",
        "certificates.claim",
        "certificates.duals",
        "certificates.loads",
        "certificates.look",
        "certificates.sift",
        "fair.alpha_proof",
        "fair.flow_proof",
        "fair.proof",
        "groups.columns",
        "groups.problem",
        "groups.proof",
        "plan.timetable",
        "quota.limits",
        "stable.blocking",
        "columns",
        "network.network",
    )
}
"""Where that stands."""

LOOKED_AT = frozenset({"rmatch.rounds.outcome"})
"""What is verified: its class is known to verification, and what it says is worked out anew."""


@examples(60)
@given(
    strategies.rounds(minimums=True, places=("without_protected", "with_protected")),
    strategies.seeds(),
)
def test_every_honest_result_passes(
    drawn: tuple[People, Programme, Requests], seed: int | str
) -> None:
    try:
        matching = rmatch.match(*drawn, seed=seed)
    except InfeasibleError:
        return  # minimums out of reach
    verified = rmatch.verify(matching)
    assert (verified.pairs, verified.total, verified.people) == (
        len(matching.pairs),
        matching.total,
        len(drawn[0]),
    )


def small(*rows: Request, **chosen: Any) -> Matching:
    """Return a round with three mentors and two mentees, every pair worth something else; b reports to y."""
    people = rmatch.read_people(
        [
            {"id": "a", "role": "mentor", "years": 1},
            {"id": "b", "role": "mentor", "years": 4, "manager_id": "y"},
            {"id": "c", "role": "mentor", "years": 7},
            {"id": "x", "role": "mentee", "years": 10},
            {"id": "y", "role": "mentee", "years": 12},
            {"id": "z", "role": "none"},
        ]
    )
    chosen = {"criteria": (ExperienceGap(1, full=(11, 11), zero=(0, 40)),)} | chosen
    programme = rmatch.Programme(rules=(JuniorMentor(), ReportingChain()), **chosen)
    return rmatch.match(people, programme, Requests(rows))


def rejected(matching: Outcome, *failures: str) -> None:
    """Check that a matching is rejected for these reasons."""
    with pytest.raises(VerificationError) as caught:
        rmatch.verify(matching)
    for failure in failures:
        assert any(failure in found for found in caught.value.failures), (
            failure,
            caught.value.failures,
        )


def points(matching: Matching, mentor: str, mentee: str) -> int:
    return sum(line.points for line in lines_of(matching.scores, mentor, mentee))


def made_of(matching: Matching, *pairs: tuple[str, str], **flags: Any) -> Matching:
    """Return a matching of other pairs, with honest points and total."""
    made = tuple(Pair(one, other, points(matching, one, other), **flags) for one, other in pairs)
    return replace(matching, pairs=made, total=sum(pair.points for pair in made))


def test_the_small_round_is_as_the_tampering_needs_it() -> None:
    matching = small()
    assert [(pair.mentor, pair.mentee) for pair in matching.pairs] == [("a", "y"), ("b", "x")]
    assert len({points(matching, one, other) for one in "abc" for other in "xy"}) == 6
    rmatch.verify(matching)


def test_pairs_that_are_not_those_of_the_certificate() -> None:
    matching = small()
    rejected(
        made_of(matching, ("a", "x"), ("c", "y")),
        "the pairs that were proved are not those of the matching",
    )


def test_a_worse_matching_with_its_own_step() -> None:
    matching = small()
    (step,) = matching.steps
    rows, columns = np.array([0, 2]), np.array([0, 1])
    worse = made_of(matching, ("a", "x"), ("c", "y"))
    solution = replace(step.solution, rows=rows, cols=columns, total=worse.total)
    forged = replace(worse, steps=(replace(step, solution=solution),))
    rejected(forged, "the matching is not optimal")
    solution.__dict__["certificate"] = step.certificate
    rejected(forged, "the prices allow for")


@pytest.mark.parametrize("side", ["u", "v"])
@pytest.mark.parametrize("change", [-(10**6), 1])
def test_a_price_that_was_changed(side: str, change: int) -> None:
    matching = small()
    (step,) = matching.steps
    assert step.certificate is not None
    prices = getattr(step.certificate, side).copy()
    prices[0] += change
    step.solution.__dict__["certificate"] = replace(step.certificate, **{side: prices})
    rejected(matching, "the prices allow for" if change > 0 else "is worth more than their prices")


def test_steps_that_answer_another_question() -> None:
    matching = small()
    (step,) = matching.steps
    more = step.places.mentor_capacity + 1
    roomier = replace(step, places=replace(step.places, mentor_capacity=more))
    needier = replace(step, places=replace(step.places, mentor_minimum=more - 1))
    rejected(replace(matching, steps=()), "there is no certificate")
    rejected(replace(matching, steps=(roomier,)), "other capacities")
    rejected(replace(matching, steps=(needier,)), "or minimums")
    rejected(
        replace(matching, steps=(replace(step, participation="best"),)),
        "is for participation 'best'",
    )
    rejected(replace(matching, steps=(replace(step, protected=False),)), "are not all points")
    rejected(replace(matching, steps=(step, step)), "not about the same places")


def guarded() -> Matching:
    """Return a round in which who gets a place is decided without the protected attribute."""
    answers = {"mentor": "abc", "mentee": "xy"}
    people = [
        {
            "id": person,
            "role": role,
            "years": 1 + 3 * place,
            "dimension:origin": person,
            "consent:origin": "match",
        }
        for role, ids in answers.items()
        for place, person in enumerate(ids)
    ]
    chosen = (ExperienceGap(1, full=(11, 11), zero=(-30, 40)), Diversity(1))
    return rmatch.match(rmatch.read_people(people), rmatch.Programme(criteria=chosen, rules=()))


def test_places_that_were_decided_with_protected_attributes() -> None:
    matching = guarded()
    assert [step.decides for step in matching.steps] == ["places", "pairs"]
    rmatch.verify(matching)
    places, pairs = matching.steps
    alone = replace(pairs, places=places.places)
    rejected(replace(matching, steps=(alone,)), "was not decided without protected attributes")
    rejected(
        replace(matching, steps=(replace(places, protected=True), pairs)),
        "not about the same places",
    )


def test_a_bound_that_is_not_true() -> None:
    matching = small()
    (step,) = matching.steps
    assert step.certificate is not None
    nobody = np.zeros(0, np.int64)
    pairs = step.solution.rows, step.solution.cols, np.zeros_like(step.solution.rows)
    answer = Answer(pairs, step.certificate, matching.total - 1, (nobody, nobody))
    solution: Any = step.solution
    forged = replace(step, solution=replace(solution, answer=answer))
    rejected(replace(matching, steps=(forged,)), "has no bound from its")


def test_what_is_no_matching_of_people() -> None:
    answer: Any = rmatch.assign([[1]])
    with pytest.raises(InvalidInputError, match="Assignment is no matching of people"):
        rmatch.verify(answer)


def test_a_swapped_pair() -> None:
    matching = small()
    one, other = matching.pairs
    swapped = (replace(one, mentee=other.mentee), replace(other, mentee=one.mentee))
    rejected(replace(matching, pairs=swapped), "breaks reporting_chain", "is said to have")


@examples(25)
@given(st.integers(-(10**6), 10**6).filter(bool))
def test_changed_points(change: int) -> None:
    matching = small()
    first, *rest = matching.pairs
    rejected(
        replace(matching, pairs=(replace(first, points=first.points + change), *rest)),
        "'a' with 'y' is said to",
    )
    raised = (replace(first, points=first.points + change), *rest)
    rejected(
        replace(matching, pairs=raised, total=matching.total + change), "'a' with 'y' is said to"
    )
    rejected(replace(matching, total=matching.total + change), "the total is said to be")


def test_a_dropped_pair() -> None:
    matching = small()
    rejected(replace(matching, pairs=matching.pairs[:1]), "the total")
    dropped = made_of(matching, ("a", "y"))
    dropped.__dict__["unmatched"] = matching.unmatched  # the reasons of before
    rejected(dropped, "mentor 'b' has neither a partner nor a reason", "mentee 'x' has neither")


def test_a_reason_beside_a_partner() -> None:
    matching = small()
    matching.__dict__["unmatched"] = (
        *matching.unmatched,
        Unmatched("a", "mentor", "needed_elsewhere", ""),
    )
    rejected(matching, "'a' has a partner and a reason")


@pytest.mark.parametrize(
    ("who", "role"),
    [("nobody", "mentor"), ("x", "mentor"), ("a", "none"), ("z", "mentee"), ("a", "boss")],
)
def test_a_reason_for_nobody(who: str, role: Any) -> None:
    matching = small()
    matching.__dict__["unmatched"] = (
        *matching.unmatched,
        Unmatched(who, role, "needed_elsewhere", ""),
    )
    rejected(matching, "plays no such role")


def test_somebody_without_a_role_and_without_a_reason() -> None:
    matching = small()
    matching.__dict__["unmatched"] = tuple(
        reason for reason in matching.unmatched if reason.id != "z"
    )
    rejected(matching, "'z' has neither")


def test_too_many_partners() -> None:
    rejected(made_of(small(), ("a", "x"), ("a", "y")), "mentor 'a' has 2 partners and 1 places")
    rejected(made_of(small(), ("a", "x"), ("b", "x")), "mentee 'x' has 2 partners and 1 places")


def test_too_few_partners() -> None:
    rejected(
        made_of(small(mentee_minimum=1), ("a", "y")),
        "mentee 'x' has 0 partners, and the minimum is 1",
    )
    pair = ("a", "x"), ("a", "y")
    roomy = small(mentor_capacity=2, mentee_capacity=2, mentor_minimum=1)
    rejected(made_of(roomy, *pair), "mentor 'b' has 0", "mentor 'c' has 0")


def test_a_pair_twice() -> None:
    roomy = small(mentor_capacity=2, mentee_capacity=2)
    rejected(made_of(roomy, ("a", "x"), ("a", "x")), "is there 2 times")


@pytest.mark.parametrize(
    "pair", [("a", "nobody"), ("nobody", "x"), ("x", "a"), ("z", "x"), ("a", "b")]
)
def test_people_who_play_no_such_role(pair: tuple[str, str]) -> None:
    matching = small()
    rejected(replace(matching, pairs=(Pair(*pair, 0),), total=0), "takes no part as a")


def test_a_lock_taken_away() -> None:
    matching = small(Request("c", "x", "lock"))
    assert [pair.locked for pair in matching.pairs] == [False, True]
    rejected(made_of(matching, ("a", "y"), ("b", "x")), "the locks of the requests")
    unlocked = tuple(replace(pair, locked=False) for pair in matching.pairs)
    rejected(replace(matching, pairs=unlocked), "'c' with 'x': the locks")


def test_a_lock_invented() -> None:
    matching = small()
    rejected(
        replace(matching, pairs=tuple(replace(pair, locked=True) for pair in matching.pairs)),
        "the locks",
    )
    forged = made_of(matching, ("b", "y"), locked=True, override_reason="so I say")
    rejected(forged, "'b' with 'y': the locks")


def test_a_reason_to_override_taken_away() -> None:
    matching = small(Request("b", "y", "lock", override_reason="they asked for it"))
    assert [pair.override_reason for pair in matching.pairs] == ["", "they asked for it"]
    rmatch.verify(matching)
    silent = tuple(replace(pair, override_reason="") for pair in matching.pairs)
    rejected(replace(matching, pairs=silent), "breaks reporting_chain", "the locks")
    other = tuple(
        replace(pair, override_reason=pair.override_reason and "another") for pair in matching.pairs
    )
    rejected(replace(matching, pairs=other), "the locks")


def test_an_exclusion_is_never_overridden() -> None:
    matching = small(
        Request("y", "b", "exclude"), Request("a", "x", "lock", override_reason="anyway")
    )
    forged = made_of(matching, ("b", "y"), locked=True, override_reason="anyway")
    rejected(forged, "breaks exclude")


@pytest.mark.parametrize("mask", ["allowed", "open_pairs"])
def test_a_tampered_mask(mask: str) -> None:
    """The solver is told that the boss is fine; verification asks the rules themselves."""
    scores = small().scores
    only = np.zeros(scores.shape, bool)
    only[scores.mentors.index("b"), scores.mentees.index("y")] = True
    tampered = replace(scores)
    tampered.__dict__.update({"allowed": only, "open_pairs": only, mask: only})
    matching = Round(tampered, 0).solve()
    assert [(pair.mentor, pair.mentee) for pair in matching.pairs] == [("b", "y")]
    rejected(matching, "breaks reporting_chain")


def test_tampered_points() -> None:
    tampered, honest = replace(small().scores), small().scores
    tampered.__dict__["block"] = lambda *block, **options: honest.block(*block, **options) + 1
    rejected(Round(tampered, 0).solve(), "is said to have")


def test_a_pair_below_min_points() -> None:
    matching = small(min_points=500_000)
    low = min(
        ((one, other) for one in "ac" for other in "xy"), key=lambda pair: points(matching, *pair)
    )
    assert points(matching, *low) < 500_000
    rejected(made_of(matching, low), "below min_points")


@examples(35)
@given(st.data())
def test_no_tampering_goes_through(data: st.DataObject) -> None:
    """Another partner, other points, another flag: whatever is changed in one pair is noticed."""
    drawn = data.draw(strategies.rounds())
    matching = rmatch.match(*drawn)
    if not matching.pairs:
        return
    victim = data.draw(st.sampled_from(matching.pairs))
    change = data.draw(
        st.sampled_from(
            (
                {"points": victim.points + 1},
                {"locked": not victim.locked},
                {"override_reason": "x"} if victim.locked else {"locked": True},
                {"mentor": "P98"},
                {"mentee": victim.mentor},
            )
        )
    )
    rest = tuple(pair for pair in matching.pairs if pair is not victim)
    forged = replace(victim, **change)
    total = sum(pair.points for pair in (*rest, forged))
    rejected(replace(matching, pairs=(*rest, forged), total=total))
    rejected(
        replace(matching, pairs=(*rest, victim, victim), total=matching.total + victim.points),
        "2 times",
    )


# Independence.

LAZY = {SOURCE / "utils" / name for name in ("lazy.py", "model_field.py")}
"""What imports the modules that others name, who are looked at, and what pydantic alone asks for."""


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def imported(path: Path) -> tuple[str, ...]:
    """Return the modules whose code a file may run, wherever in it; imports that only hints need are left out."""
    return () if path in LAZY else tuple(_imported(path, tree_of(path)))


def _imported(path: Path, tree: ast.Module) -> Iterator[str]:
    hinted = only_hints(tree)
    for node in running(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide from this test"
            code = (name.name for name in node.names if (name.asname or name.name) not in hinted)
            yield from (defining(str(node.module), name) for name in code)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(
            ("import_module", "__import__", "Later")
        ):
            named = node.args[0]
            assert isinstance(named, ast.Constant), (
                f"{path}: {ast.unparse(node)} hides from this test"
            )
            yield str(named.value)


def only_hints(tree: ast.AST) -> set[str]:
    """Return the names that nothing but hints mentions, so that no code of theirs runs."""
    hints = [
        hint
        for node in ast.walk(tree)
        for hint in (getattr(node, "annotation", None), getattr(node, "returns", None))
        if hint is not None
    ]
    inside = {id(node) for hint in hints for node in ast.walk(hint)}
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    return {name.id for name in names if id(name) in inside} - {
        name.id for name in names if id(name) not in inside
    }


@cache
def defining(module: str, name: str) -> str:
    """Return the module that a name comes from: what a face hands out is used, and not all else that it hands out."""
    if file_of(f"{module}.{name}"):
        return f"{module}.{name}"
    file = file_of(module)
    if file is None or file.name != "__init__.py":
        return module
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.ImportFrom) and name in {each.name for each in node.names}:
            return defining(str(node.module), name)
    return module


def handed_out(path: Path, room: str) -> Iterator[str]:
    """Go through the names that a file takes from a room when it runs."""
    for node in running(tree_of(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(room):
            yield from (name.name for name in node.names)


def running(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            for other in child.orelse:
                yield from (other, *running(other))
        else:
            yield child
            yield from running(child)


def file_of(module: str) -> Path | None:
    """Return the file of a module of rmatch; what the package itself re-exports does not count."""
    if module == "rmatch" or not module.startswith("rmatch."):
        return None
    path = SOURCE.joinpath(*module.split(".")[1:])
    files = (path.with_suffix(".py"), path / "__init__.py")
    return next((file for file in files if file.is_file()), None)


def reached(module: str, *, past: AbstractSet[str] = frozenset()) -> dict[str, str]:
    """Return every module of rmatch that one needs, each with the way to it, but for what lies past some."""
    ways = {module: module}
    queue = [module]
    while queue:
        here = queue.pop()
        file = None if here in past else file_of(here)
        for there in imported(file) if file else ():
            if file_of(there) and there not in ways:
                ways[there] = f"{ways[here]} → {there}"
                queue.append(there)
    return ways


def test_verification_shares_no_code_with_the_solver() -> None:
    asked = {
        name
        for file in (SOURCE / "verification").glob("*.py")
        for name in handed_out(file, "rmatch.solve")
    }
    assert "Claim" in asked
    assert asked <= CHECKING | CLASSES | BY_LOT


@pytest.mark.parametrize("name", sorted(CHECKING))
def test_what_checks_proofs_shares_no_code_with_what_finds_them(name: str) -> None:
    ways = reached(defining("rmatch.solve", name))
    solver = {module for module in ways if module.startswith("rmatch.solve")} - PROVING
    assert not {ways[module] for module in solver}


def test_the_pairs_are_checked_without_blocks() -> None:
    ways = reached("rmatch.verification.pairs", past=LOOKED_AT)
    assert "rmatch.formulas.verdicts" in ways  # the walk does get somewhere
    assert not [way for module, way in ways.items() if module.startswith(SOLVING)]


def test_the_walk_over_imports_finds_the_solver_where_it_is_used() -> None:
    ways = reached("rmatch.matching.match")
    assert all(any(module.startswith(room) for module in ways) for room in SOLVING)
    assert not {module for module in ways if module.startswith("rmatch.solve")} <= PROVING


def test_the_formulas_share_no_code_with_the_blocks() -> None:
    packages: Sequence[str] = [
        "rmatch.formulas",
        *(
            ".".join(file.relative_to(SOURCE.parent).with_suffix("").parts)
            for file in (SOURCE / "formulas").rglob("*.py")
        ),
    ]
    assert not [
        way
        for name in packages
        for module, way in reached(name).items()
        if module.startswith(SOLVING)
    ]


class _Boast(rmatch.Matching):
    @property
    def claim(self) -> str:
        return "The best of all."


def test_what_is_of_somebody_elses_class_is_no_document() -> None:
    """It answers what it likes, and one question twice in two ways."""
    matching = small()
    boast = _Boast(matching.scores, matching.seed, matching.pairs, matching.total, matching.steps)
    rejected(boast, "result[0] is no plain value")
    text: Any = type("Text", (str,), {})
    first, *rest = matching.pairs
    pairs = (replace(first, mentor=text(first.mentor)), *rest)
    rejected(replace(matching, pairs=pairs), "result[0].pairs[0].mentor is no plain value")


def test_ones_own_faults_are_not_those_of_the_result() -> None:
    matching, wrong = small(), ("people", "programme", "requests")
    for name in wrong:
        given: dict[str, Any] = {name: 5}
        with pytest.raises(InvalidInputError, match=f"{name}: 5 is not possible"):
            rmatch.verify(matching, **given)


def test_all_that_is_no_round_inside_a_result_is_told() -> None:
    matching = small()
    asked = Requests((Request("a", "nobody", "exclude"), Request("b", "nobody", "exclude")))
    with pytest.raises(VerificationError) as caught:
        rmatch.verify(matching, matching.people.take([0, 3]), requests=asked)
    assert len(caught.value.failures) > 1
    assert all("beside your own people and requests" in each for each in caught.value.failures)


@pytest.mark.parametrize("places", ["without_protected", "with_protected"])
def test_min_points_are_held_against_the_points_that_decide_places(places: Any) -> None:
    programme = replace(
        rmatch.datasets.example_programme(), places=places, justification="agreed in May"
    )
    matching = rmatch.match(rmatch.datasets.example(), programme)
    blind = matching.scores.blind_points
    row, column = matching.scores.cohort.row, matching.scores.cohort.column
    worth = {pair: int(blind[row[pair.mentor], column[pair.mentee]]) for pair in matching.pairs}
    pair = max(worth, key=lambda each: each.points - worth[each])
    stricter = replace(programme, min_points=pair.points)
    with pytest.raises(VerificationError) as caught:
        rmatch.verify(matching, programme=stricter)
    said = f"{pair.mentor!r} with {pair.mentee!r} is below min_points"
    assert (said in str(caught.value)) == (places == "without_protected")


def ones_own(mentees: int, *wrong: tuple[str, str]) -> tuple[People, Programme]:
    """Return a round of 20 mentors with a criterion and a rule of one's own; their blocks are wrong about some pairs."""

    def block(mentors: People, others: People) -> Any:
        return [[(mentor, mentee) not in wrong for mentee in others.id] for mentor in mentors.id]

    mine = Custom("mine", block, lambda *_: 1, lambda *_: "it is so", weight=1)
    fair = CustomRule("fair", block, lambda *_: True, lambda *_: "no")
    people = rmatch.datasets.workforce(20, mentees, seed=1)
    return people, rmatch.Programme(criteria=(mine,), rules=(Only(fair, mentor={"years": [0]}),))


def test_blocks_of_ones_own_are_checked_for_200_pairs_and_named_where_there_are_more() -> None:
    people, programme = ones_own(10)
    for make in (rmatch.match, partial(rmatch.lottery, cap=1)):
        assert rmatch.verify(make(people, programme), people, programme, Requests()).believed == ()
    people, programme = ones_own(11)
    for make in (rmatch.match, partial(rmatch.lottery, cap=1)):
        verified = rmatch.verify(make(people, programme), people, programme)
        assert verified.believed == ("requests", "block of 'mine'", "block of 'fair'")
        assert " (by the requests inside the result): " in str(verified)
        assert str(verified).endswith("; believed: block of 'mine' and block of 'fair'")


@pytest.mark.parametrize("make", [rmatch.match, partial(rmatch.lottery, cap=1)])
def test_a_wrong_block_of_ones_own_is_found_at_any_of_200_pairs(make: Any) -> None:
    scores = rmatch.score(*ones_own(10))
    for row, column in ((0, 0), (7, 3), (19, 9)):
        people, programme = ones_own(10, (scores.mentors[row], scores.mentees[column]))
        with pytest.raises(
            VerificationError, match=r"than the blocks; the criterion 'mine' gives 0"
        ):
            rmatch.verify(make(people, programme), people, programme)
