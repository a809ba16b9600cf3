"""Criteria and rules of other packages in a programme's file, from packages that are really installed."""

from __future__ import annotations

import sys
from itertools import count
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pytest

import rmatch
from rmatch.errors import InvalidInputError
from rmatch.io import programme_document, programme_schema, read_programme, write_programme

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Install = Callable[..., str]

NUMBERS = count()

FLOORS = """
    from __future__ import annotations
    from dataclasses import dataclass
    from typing import ClassVar
    import numpy as np

    def floors(people):
        return np.array(people.extra["floor"], float)

    @dataclass(frozen=True)
    class SameFloor:
        weight: float
        reach: int = 3
        names: tuple[str, ...] = ()
        kind: ClassVar[str] = "same_floor"
        side: ClassVar[str] = "both"
        protected: ClassVar[bool] = False

        def __post_init__(self):
            if self.reach < 1:
                raise ValueError("reach is 1 or more")

        def block(self, mentors, mentees):
            apart = np.abs(np.subtract.outer(floors(mentors), floors(mentees)))
            return np.maximum(0, 1 - apart / self.reach)

        def formula(self, mentor, mentee):
            apart = abs(float(mentor.extra["floor"]) - float(mentee.extra["floor"]))
            return max(0, 1 - apart / self.reach)

        def words(self, mentor, mentee, value):
            return f"{mentor.extra['floor']} and {mentee.extra['floor']}"

    @dataclass(frozen=True)
    class OtherFloor:
        kind: ClassVar[str] = "other_floor"
        protected: ClassVar[bool] = False

        def block(self, mentors, mentees):
            return np.not_equal.outer(floors(mentors), floors(mentees))

        def formula(self, mentor, mentee):
            return float(mentor.extra["floor"]) != float(mentee.extra["floor"])

        def words(self, mentor, mentee):
            return f"both on {mentor.extra['floor']}"
"""
DOCUMENT: dict[str, Any] = {
    "criteria": {
        "same_floor": {"weight": 3, "reach": 4, "names": ["a", "b"]},
        "reach": {"weight": 1},
    },
    "rules": {"other_floor": {}, "junior_mentor": {}},
}


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Return what installs a package: its source, and its entry points by group."""

    def made(source: str, *, package: str = "floors", **groups: dict[str, str]) -> str:
        module = f"{package}_{next(NUMBERS)}"
        folder = tmp_path / module
        (folder / f"{package}-1.0.dist-info").mkdir(parents=True)
        (folder / f"{module}.py").write_text(dedent(source), encoding="utf-8")
        (folder / f"{package}-1.0.dist-info" / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n", encoding="utf-8"
        )
        lines = [
            line
            for group, points in groups.items()
            for line in (
                f"[rmatch.{group}]",
                *(f"{name} = {module}:{target}" for name, target in points.items()),
            )
        ]
        (folder / f"{package}-1.0.dist-info" / "entry_points.txt").write_text(
            "\n".join(lines), encoding="utf-8"
        )
        monkeypatch.syspath_prepend(folder)
        return module

    return made


@pytest.fixture
def floors(install: Install) -> Any:
    """Install criteria and rules of floors, and return their module's name."""
    return install(
        FLOORS, criteria={"same_floor": "SameFloor"}, rules={"other_floor": "OtherFloor"}
    )


def refused(document: dict[str, Any]) -> str:
    with pytest.raises(InvalidInputError) as caught:
        read_programme(document)
    return str(caught.value)


@pytest.mark.parametrize("name", ["programme.toml", "programme.json"])
def test_it_writes_and_reads_back(floors: str, tmp_path: Path, name: str) -> None:
    programme = read_programme(DOCUMENT)
    assert programme.criteria[0] == sys.modules[floors].SameFloor(3, 4, ("a", "b"))
    assert [item.kind for item in programme.rules] == ["other_floor", "junior_mentor"]
    assert programme_document(programme) == DOCUMENT | {
        "criteria": DOCUMENT["criteria"]
        | {"reach": {"weight": 1, "site": 1, "department": 1, "chart": 1, "cap": 4}},
        "rules": {"other_floor": {}, "junior_mentor": {"by": "auto", "min_gap": 1}},
    }
    write_programme(programme, tmp_path / name)
    assert read_programme(tmp_path / name) == programme


@pytest.mark.usefixtures("floors")
def test_a_round_goes_by_it_and_verifies() -> None:
    people = rmatch.read_people(
        [
            {"id": "m1", "role": "mentor", "extra:floor": "2"},
            {"id": "m2", "role": "mentor", "extra:floor": "3"},
            {"id": "e1", "role": "mentee", "extra:floor": "3"},
        ]
    )
    document = {"criteria": {"same_floor": {"weight": 1}}, "rules": {"other_floor": {}}}
    matching = rmatch.match(people, read_programme(document))
    assert [(pair.mentor, pair.points) for pair in matching.pairs] == [("m1", 666_667)]
    assert "both on 3" in str(matching.explain("m2", "e1"))
    assert "2 and 3" in str(matching.explain("m1", "e1"))
    assert rmatch.verify(matching).total == 666_667


def test_nothing_is_loaded_that_is_not_named(install: Install) -> None:
    module = install("raise RuntimeError('not to be imported')", criteria={"never": "Never"})
    read_programme({"criteria": {"reach": {"weight": 1}}})
    assert "unknown key 'nevr'" in refused({"criteria": {"nevr": {}}})
    assert module not in sys.modules


@pytest.mark.usefixtures("floors")
def test_wrong_keys_and_values_are_named_like_those_of_built_in_ones() -> None:
    told = refused({"criteria": {"same_floor": {"weight": 1, "raech": 2}}})
    assert "criteria.same_floor: unknown key 'raech'; did you mean 'reach'?" in told
    assert "criteria.same_floor.weight: is missing" in refused({"criteria": {"same_floor": {}}})
    assert "same_floor.reach: 'far'" in refused(
        {"criteria": {"same_floor": {"weight": 1, "reach": "far"}}}
    )
    assert "unknown key 'same_flor'; did you mean 'same_floor'?" in refused(
        {"criteria": {"same_flor": {}, "same_floor": {"weight": 1}}}
    )
    assert "criteria.same_floor: floors" in (
        told := refused({"criteria": {"same_floor": {"weight": 1, "reach": 0}}})
    )
    assert "refuses its values: ValueError: reach is 1 or more" in told
    assert "criterion 'same_floor', weight: -1" in refused(
        {"criteria": {"same_floor": {"weight": -1}}}
    )


@pytest.mark.parametrize(
    ("part", "kind"), [("criteria", "reach"), ("criteria", "custom"), ("rules", "no_repeat")]
)
def test_a_name_that_a_built_in_one_has_is_refused(install: Install, part: str, kind: str) -> None:
    install(FLOORS, **{part: {kind: "SameFloor"}})
    told = refused({part: {kind: {}}})
    assert f"{part}.{kind}: '{kind}' is built in, and given by floors as well; uninstall" in told
    read_programme({"criteria": {"growth": {"weight": 1}}})


def test_two_packages_that_give_one_name_are_refused(install: Install) -> None:
    for package in ("floors", "storeys"):
        install(FLOORS, package=package, criteria={"same_floor": "SameFloor"})
    told = refused(DOCUMENT | {"rules": {}})
    assert "'same_floor' is given 2 times, by floors and storeys; leave one of them" in told


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("import nothing_of_that_name", "does not load: ModuleNotFoundError: No module named"),
        ("", "does not load: AttributeError"),
        ("import sys; sys.exit(3)", "does not load: SystemExit: 3"),
        (
            "raise RuntimeError('broken')",
            "does not load: RuntimeError: broken; mend or update floors",
        ),
        ("def Own(weight): ...", "is no dataclass; give a dataclass"),
        ("class Own: kind = 'own'", "Own is no dataclass; give a dataclass"),
        (
            """
            from dataclasses import dataclass
            @dataclass
            class Own:
                kind = 'other'
            """,
            "has the kind 'other'; call the entry point and the kind the same, 'own'",
        ),
        (
            """
            from dataclasses import dataclass
            @dataclass
            class Own:
                weight: object = 1
                kind = 'own'
                side = 'both'
                protected = False
                def block(self, mentors, mentees): ...
            """,
            "'own' has no formula and no words, so it can be neither explained nor verified",
        ),
        (
            """
            from __future__ import annotations
            from dataclasses import dataclass
            @dataclass
            class Own:
                weight: Nowhere
                kind = 'own'
            """,
            "cannot stand in a file: name 'Nowhere' is not defined; give them types that a file",
        ),
        (
            """
            from dataclasses import dataclass
            from typing import Callable
            import numpy
            @dataclass
            class Own:
                weight: numpy.ndarray
                kind = 'own'
            """,
            "the fields of",
        ),
        (
            """
            from dataclasses import dataclass
            from typing import Callable
            @dataclass
            class Own:
                weight: Callable[[], int]
                kind = 'own'
            """,
            "the fields of",
        ),
    ],
)
def test_what_cannot_be_used_is_one_clear_fault(
    install: Install, source: str, problem: str
) -> None:
    install(source, criteria={"own": "Own"})
    told = refused({"criteria": {"own": {"weight": 1}}})
    assert "1 fault" in told
    assert problem in told
    assert "own" in told


@pytest.mark.parametrize("kind", ["same-floor", "same floor", "class"])
def test_a_kind_is_a_name(install: Install, kind: str) -> None:
    install(FLOORS, criteria={kind: "SameFloor"})
    told = refused({"criteria": {kind: {"weight": 1}}})
    assert f"'{kind}' cannot be the name of a criterion or rule in a file; use letters" in told


def test_what_no_package_gives_cannot_be_written(
    install: Install, floors: str, tmp_path: Path
) -> None:
    other = install(FLOORS, package="elsewhere")
    __import__(other)
    programme = rmatch.Programme(criteria=(sys.modules[other].SameFloor(1),), rules=())
    with pytest.raises(InvalidInputError, match=r"'same_floor': is given by no installed package"):
        write_programme(programme, tmp_path / "programme.toml")
    assert not (tmp_path / "programme.toml").exists()
    __import__(floors)
    installed = rmatch.Programme(criteria=(sys.modules[floors].SameFloor(1),), rules=())
    assert list(programme_document(installed)["criteria"]) == ["same_floor"]


@pytest.mark.usefixtures("floors")
def test_the_schema_describes_the_built_in_ones_alone() -> None:
    before = programme_schema()
    read_programme(DOCUMENT)
    assert programme_schema() == before
    assert "same_floor" not in str(before)
