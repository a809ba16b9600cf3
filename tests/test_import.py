"""What importing rmatch brings in, and what it offers."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from pkgutil import ModuleInfo, iter_modules
from types import FunctionType, ModuleType

import pytest

import rmatch
from rmatch import match, solve
from rmatch.io import write_people

HEAVY = {
    "pandas",
    "polars",
    "scipy",
    "networkx",
    "ortools",
    "numba",
    "matplotlib",
    "hypothesis",
    "python_calamine",
    "pydantic",
    "jinja2",
    "importlib.metadata",
    "tomllib",
    "zipfile",
}


def test_import_brings_in_nothing_heavy() -> None:
    code = "import sys, rmatch; print(' '.join(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not HEAVY & set(loaded)


def test_a_round_brings_in_no_pydantic() -> None:
    code = (
        "import sys, rmatch; people = rmatch.datasets.example(); rmatch.check(people); rmatch.match(people);"
        "print(' '.join(sys.modules))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "rmatch.rounds" in loaded
    assert "pydantic" not in loaded  # a tenth of a second of every call on the command line


def test_the_command_line_brings_in_what_a_verb_needs_when_it_runs() -> None:
    code = "import sys, rmatch.cli.entry; print(' '.join(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    rooms = {"rmatch.frontiers", "rmatch.lotteries", "rmatch.datasets", "rmatch.advice"}
    # What reads workbooks and bundles names the errors of archives.
    assert not (HEAVY - {"zipfile"} | rooms) & {*loaded}


LATE = {
    *(HEAVY - {"zipfile", "importlib.metadata"}),
    *("llvmlite", "highspy", "rmatch.checking.report", "rmatch.fairness.figures"),
    *("rmatch.io.mapping.translation", "rmatch.rounds.costs", "rmatch.rounds.slips.slip"),
}
"""What a command without workbooks, quotas and reports gets by without: up to half a second together."""


def test_a_command_that_runs_once_loads_no_compiler(tmp_path: Path) -> None:
    """To load it, and what is compiled, takes longer than to solve such a problem without; so does all of scipy."""
    people = rmatch.datasets.workforce(400, 400)
    assert solve.large_enough(400 * 400) == (find_spec("numba") is not None)
    write_people(people, tmp_path / "people.csv")
    code = "import sys; from rmatch.cli import main; main(); print(*sys.modules, file=sys.stderr)"
    command = [sys.executable, "-c", code, "match", "people.csv", "--out", "pairs.csv"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert not LATE & {*done.stderr.split()}
    match(people).to_table(tmp_path / "warm.csv")
    assert (tmp_path / "warm.csv").read_bytes() == (tmp_path / "pairs.csv").read_bytes()


def test_a_command_hears_signals_before_it_loads_much() -> None:
    """What comes sooner ends in Python's own traceback."""
    code = "import sys, rmatch.cli; print(' '.join(sys.modules))"
    source = str(Path(rmatch.__file__).parents[1])
    loaded = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path.append({source!r}); {code}"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "rmatch.cli" in loaded
    assert not {"typing", "re", "threading", "inspect"} & {*loaded}


def test_the_public_names_are_there_and_documented() -> None:
    assert len(rmatch.__all__) == len(set(rmatch.__all__)) <= 30
    for name in rmatch.__all__:
        assert (getattr(rmatch, name).__doc__ or "").strip(), name


def test_listing_the_package_shows_the_public_names_and_the_version() -> None:
    upkeep = ["__version__", "show_versions", "warm_up"]
    assert dir(rmatch) == sorted([*rmatch.__all__, *upkeep])
    assert all(hasattr(rmatch, name) for name in upkeep)
    assert rmatch.__version__ == version("reverse-mentoring")
    with pytest.raises(AttributeError, match="module 'rmatch' has no attribute 'nothing'"):
        rmatch.nothing  # noqa: B018  # asking is what fails


@pytest.mark.parametrize("name", [each.name for each in iter_modules(rmatch.__path__)])
def test_no_public_function_hides_a_module(name: str) -> None:
    if name != "__main__":
        module = import_module(f"rmatch.{name}")
        assert isinstance(module, ModuleType)
        assert getattr(rmatch, name) is module


def test_every_error_is_at_home_in_errors() -> None:
    public = [getattr(rmatch, name) for name in rmatch.__all__]
    raised = [each for each in public if isinstance(each, type) and issubclass(each, Exception)]
    assert {each.__module__ for each in raised} == {"rmatch.errors"}


@pytest.mark.parametrize("package", [rmatch, solve])
def test_a_name_that_is_imported_late_is_no_module(package: ModuleType) -> None:
    modules = {each.name for each in iter_modules(package.__path__)}
    rooms = {name for name in package.__all__ if isinstance(getattr(package, name), ModuleType)}
    assert not modules & set(package.__all__) - rooms


ANEW = """
import sys
lacking = []
for room in sys.argv[1:]:
    for name in [*sys.modules]:
        if name.partition(".")[0] == "rmatch":
            del sys.modules[name]
    import rmatch
    if getattr(rmatch, room).__name__ != f"rmatch.{room}":
        lacking.append(room)
print(lacking)
"""
"""Imports rmatch as if for the first time, once for each room that is named."""


def test_every_room_with_a_face_is_there_after_importing_rmatch() -> None:
    faces = {path.parent.name for path in Path(rmatch.__file__).parent.glob("*/__init__.py")}
    rooms = sorted(faces - {"cli", "formulas", "rounds", "utils"})
    assert {"io", "matching", "verification"} <= {*rooms}
    done = subprocess.run(
        [sys.executable, "-c", ANEW, *rooms], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("[]\n", "")


@pytest.mark.parametrize("room", sorted({*rmatch._ROOMS}))
def test_listing_a_room_shows_what_is_public_alone(room: str) -> None:
    face = import_module(f"rmatch.{room}")
    assert dir(face)
    assert dir(face) == sorted(getattr(face, "__all__", dir(face)))
    for name in dir(face):
        thing = getattr(face, name)
        if isinstance(thing, ModuleType):
            assert thing.__name__ == f"rmatch.{room}.{name}"
        elif isinstance(thing, type | FunctionType):
            assert thing.__module__.startswith("rmatch."), name


@pytest.mark.parametrize("room", list(iter_modules(rmatch.__path__)), ids=lambda room: room.name)
def test_a_face_names_what_is_there(room: ModuleInfo) -> None:
    face = import_module(f"rmatch.{room.name}") if room.name != "__main__" else rmatch
    assert [name for name in getattr(face, "__all__", ()) if not hasattr(face, name)] == []
