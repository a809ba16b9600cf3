"""The house: who may import whom, what a room hands out, and how large a room, a file and a function may be.

A room is a folder of the package or a file beside the folders, and it imports from lower floors only. Every ``import``
counts, also one that stands in a function or that only types need.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from importlib.util import resolve_name
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import rmatch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CONTRIBUTING = Path(__file__).parents[1] / "CONTRIBUTING.md"

FLOORS = {
    "rmatch": (
        "errors",
        "utils",
        "people objectives",
        "criteria rules quotas solve",
        "programme",
        "io formulas scoring",
        "rounds fairness datasets testing",
        "matching lifecycle lotteries frontiers verification checking advice",
        "cli __init__",
        "__main__",
    ),
    "rmatch.solve": (
        "network",
        "problem arrays gaps ties lp",
        "certificates feasibility stable",
        "columns semi_matching sensitivity",
        "jonker_volgenant routes",
        "total validate",
        "fair groups lottery plan quota",
        "assigned",
        "assignment",
        "__init__",
    ),
}
"""The rooms of the package, and the inner rooms of its largest, from the lowest floor to the highest."""
ANSWERS = (
    *("matching", "lifecycle", "lotteries", "frontiers", "verification", "checking"),
    "advice",
)
NEVER = {
    "people objectives criteria rules quotas programme": "io solve scoring",
    "scoring": "formulas",
    "formulas": "scoring solve",
}
"""What some rooms must not import, wherever it stands."""
UPSTAIRS = {("rmatch.utils.model_field", "rmatch.io.model_fields")}
"""What is found by its name on a floor above, because somebody else's library asks for it."""
KNOWS_ONLY = {"solve": {"errors", "utils", "objectives"}}
MEASURES_BY = {"FORBIDDEN", "TILE", "Source", "StoredPoints", "add_up", "large_enough"}
"""What fairness may take from the solver: how points of many pairs are stored and counted, and nothing that solves."""
KNOWN_ONLY_BY = {"rounds": {*ANSWERS, "cli"}} | {room: {"cli", "__init__"} for room in ANSWERS}

MOST_ROOMS = 26
MOST_FLOORS = 10
MOST_FILES_IN_THE_ROOT = 12
LONGEST_MODULE = 300
LONGEST_BODY = 40


@dataclass(frozen=True)
class Import:
    """What one line imports: a module, or a name out of it."""

    place: str
    importer: str
    module: str
    name: str | None

    def __str__(self) -> str:
        return f"{self.place} imports {self.name + ' from ' if self.name else ''}{self.module}"

    def rooms(self, package: str) -> tuple[str, str]:
        return room_of(self.importer, package), room_of(self.module, package)


class House:
    """The package `rmatch` that lies in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def files(self) -> dict[str, Path]:
        """Return the file of every module."""
        found = {}
        for path in sorted((self.folder / "rmatch").rglob("*.py")):
            parts = path.relative_to(self.folder).with_suffix("").parts
            found[".".join(parts[:-1] if path.stem == "__init__" else parts)] = path
        return found

    @cached_property
    def trees(self) -> dict[str, ast.Module]:
        return {name: ast.parse(path.read_text("utf-8")) for name, path in self.files.items()}

    @cached_property
    def imports(self) -> list[Import]:
        """Return what the package imports from itself."""
        return [found for module in self.files for found in self.imports_of(module)]

    def imports_of(self, module: str) -> Iterator[Import]:
        path = self.files[module]
        package = module if path.stem == "__init__" else module.rpartition(".")[0]
        for node in ast.walk(self.trees[module]):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"Later", "import_module"}:
                found = ast.unparse(node.args[0]).strip("'")
                if found.startswith("rmatch.") and (module, found) not in UPSTAIRS:
                    yield Import(self.place(module, node.lineno), module, found, None)
            if not isinstance(node, ast.Import | ast.ImportFrom):
                continue
            named: list[tuple[str, str | None]] = [(alias.name, None) for alias in node.names]
            if isinstance(node, ast.ImportFrom):
                source = resolve_name("." * node.level + (node.module or ""), package)
                named = [(source, alias.name) for alias in node.names]
            for source, name in named:
                if source.split(".")[0] != "rmatch":
                    continue
                place = self.place(module, node.lineno)
                if f"{source}.{name}" in self.files:
                    yield Import(place, module, f"{source}.{name}", None)
                else:
                    yield Import(place, module, source, name)

    def place(self, module: str, line: int) -> str:
        return f"{self.files[module].relative_to(self.folder.parent).as_posix()}:{line}"

    def between_rooms(self, package: str = "rmatch") -> Iterator[tuple[str, str, Import]]:
        """Yield what rooms of a package import from each other: the room, the other, the line."""
        for found in self.imports:
            if all(is_in(module, package) for module in (found.importer, found.module)):
                room, other = found.rooms(package)
                if room != other:
                    yield room, other, found

    @cached_property
    def faces(self) -> dict[str, set[str]]:
        """Return what each module with a list of its names hands out."""
        found = {}
        for module, tree in self.trees.items():
            for node in tree.body:
                if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
                    found[module] = set(ast.literal_eval(node.value))
        return found

    def upwards(self, package: str) -> Iterator[str]:
        """Yield the imports that do not lead to a lower floor."""
        floor = floors(package)
        for room, other, found in self.between_rooms(package):
            if floor[room] <= floor[other]:
                yield f"{found}: floor {floor[room]} knows nothing of floor {floor[other]}"

    def strangers(self) -> Iterator[str]:
        """Yield the imports from rooms that are lower, but none of the importer's business."""
        never = {
            (one, other)
            for ones, others in NEVER.items()
            for one in ones.split()
            for other in others.split()
        }
        for room, other, found in self.between_rooms():
            known, knowing = KNOWS_ONLY.get(room), KNOWN_ONLY_BY.get(other)
            if (room, other) in never:
                yield f"{found}: {room} never knows {other}"
            if known is not None and other not in known:
                yield f"{found}: {room} knows only {', '.join(sorted(known))}"
            if (room, other) == ("fairness", "solve") and found.name not in MEASURES_BY:
                yield f"{found}: fairness solves nothing"
            if knowing is not None and room not in knowing:
                yield f"{found}: {other} is known only by {', '.join(sorted(knowing))}"

    def behind_faces(self) -> Iterator[str]:
        """Yield the imports that go round the face of another room, or ask of it what it does not hand out."""
        for _, other, found in self.between_rooms():
            face = self.faces.get(f"rmatch.{other}")
            if face is not None:
                asked = found.module.removeprefix(f"rmatch.{other}").lstrip(".") or found.name
                if asked is not None and asked not in face:
                    yield f"{found}: rmatch.{other} does not hand it out"

    def circle(self) -> list[str]:
        """Return the imports of one circle of files."""
        graph: dict[str, set[str]] = {module: set() for module in self.files}
        for found in self.imports:
            graph[found.importer].add(found.module)
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            steps = set(zip(error.args[1][1:], error.args[1], strict=False))
            return [str(found) for found in self.imports if (found.importer, found.module) in steps]
        return []

    def long_bodies(self) -> Iterator[str]:
        """Yield the functions whose body, without the docstring, has too many lines."""
        for module, tree in self.trees.items():
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    body = node.body[ast.get_docstring(node) is not None :]
                    lines = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
                    if lines > LONGEST_BODY:
                        yield f"{self.place(module, node.lineno)} {node.name}: {lines} lines"

    def long_modules(self) -> Iterator[str]:
        """Yield the modules that have too many lines."""
        for module, path in self.files.items():
            lines = len(path.read_text("utf-8").splitlines())
            if lines > LONGEST_MODULE:
                yield f"{self.place(module, lines)}: {lines} lines"


def is_in(module: str, package: str) -> bool:
    return f"{module}.".startswith(f"{package}.")


def room_of(module: str, package: str) -> str:
    return module.removeprefix(package).lstrip(".").split(".")[0] or "__init__"


def floors(package: str) -> dict[str, int]:
    """Return the floor of each room of a package."""
    numbered = enumerate(FLOORS[package], start=1)
    return {room: floor for floor, rooms in numbered for room in rooms.split()}


def none(breaches: Iterable[str]) -> None:
    __tracebackhide__ = True
    if found := list(breaches):
        pytest.fail("\n".join(found), pytrace=False)


@pytest.fixture(scope="module")
def house() -> House:
    return House(Path(rmatch.__file__).parents[1])


@pytest.mark.parametrize("package", FLOORS)
def test_every_room_has_its_floor(house: House, package: str) -> None:
    assert set(floors(package)) == {
        room_of(name, package) for name in house.files if is_in(name, package)
    }


@pytest.mark.parametrize("package", FLOORS)
def test_a_room_imports_from_lower_floors_only(house: House, package: str) -> None:
    none(house.upwards(package))


def test_no_room_knows_what_is_none_of_its_business(house: House) -> None:
    none(house.strangers())


def test_a_room_with_a_face_is_used_through_it(house: House) -> None:
    none(house.behind_faces())


def test_no_files_import_each_other_in_a_circle(house: House) -> None:
    none(house.circle())


def test_the_house_stays_small(house: House) -> None:
    assert len(floors("rmatch")) <= MOST_ROOMS
    assert max(floors("rmatch").values()) <= MOST_FLOORS
    assert (
        len([path for path in house.files.values() if path.parent.name == "rmatch"])
        <= MOST_FILES_IN_THE_ROOT
    )


def test_modules_are_short(house: House) -> None:
    none(house.long_modules())


def test_functions_are_short(house: House) -> None:
    none(house.long_bodies())


def test_contributors_read_the_same_table() -> None:
    rows = re.findall(r"^\| +(\d+) +\| (.+?) +\|", CONTRIBUTING.read_text("utf-8"), re.MULTILINE)
    shown = [(int(floor), re.findall(r"`(\w+)`", rooms)) for floor, rooms in rows]
    assert shown == [
        (floor, rooms.split())
        for package in FLOORS
        for floor, rooms in enumerate(FLOORS[package], start=1)
    ]


PLANTED = {
    "errors.py": "",
    "people/__init__.py": "from rmatch.people.person import Person\n__all__ = ['Person']",
    "people/person.py": "import rmatch.errors\ndef late():\n    from rmatch.solve import assign",
    "scoring/__init__.py": "from rmatch.people.person import Person\nfrom rmatch.people import Other",
    "scoring/scores.py": "if TYPE_CHECKING:\n    from .. import formulas\n    from . import source",
    "scoring/source.py": "from rmatch.scoring.scores import Scores",
    "formulas/__init__.py": "from rmatch import errors",
    "solve/__init__.py": "import rmatch.programme as model",
    "programme.py": "\nimport rmatch.solve",
    "fairness/__init__.py": "from rmatch.solve import Source\nfrom rmatch.solve import assign",
    "testing/__init__.py": "from rmatch.rounds.round import Round",
}


def test_each_breach_is_found_with_file_and_line(tmp_path: Path) -> None:
    for name, text in PLANTED.items():
        path = tmp_path / "src" / "rmatch" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    broken = House(tmp_path / "src")

    def places(breaches: Iterable[str]) -> set[str]:
        return {breach.split()[0].removeprefix("src/rmatch/") for breach in breaches}

    assert places(broken.upwards("rmatch")) == {
        "people/person.py:3",
        "scoring/scores.py:2",
        "solve/__init__.py:1",
        "testing/__init__.py:1",
    }
    assert places(broken.strangers()) == {
        "people/person.py:3",
        "scoring/scores.py:2",
        "solve/__init__.py:1",
        "programme.py:2",
        "fairness/__init__.py:2",
        "testing/__init__.py:1",
    }
    assert places(broken.behind_faces()) == {"scoring/__init__.py:1", "scoring/__init__.py:2"}
    assert places(broken.circle()) in (
        {"scoring/scores.py:3", "scoring/source.py:1"},
        {"solve/__init__.py:1", "programme.py:2"},
    )
