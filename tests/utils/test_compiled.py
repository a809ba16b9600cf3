"""Loops are compiled, whether or not they can be kept for the next run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import rmatch
from rmatch.utils import compiled as compiling
from rmatch.utils.compiled import compiled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

caching = pytest.importorskip("numba.core.caching")

DOUBLED = """
import logging, sys
logging.basicConfig(stream=sys.stdout, format="%(levelname)s %(name)s %(message)s")
from rmatch.solve.columns.heap import pop, push
from doubled import once, twice
print(twice(once(21)), "read" if twice.stats.cache_hits else "compiled")
"""
"""A program that compiles functions of its own, of which one calls the other, after those of rmatch."""
FUNCTIONS = """
from once import TIMES, once
from rmatch.utils.compiled import compiled
@compiled
def twice(number):
    return TIMES * once(number)
"""
CALLED = """
from rmatch.utils.compiled import inlined
TIMES = 2
@inlined
def once(number):
    return number
"""
AS_NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")


def _installed(folder: Path) -> Path:
    """Put a copy of the package into a folder, as a container has it, and a module that compiles."""
    installed = folder / "installed"
    shutil.copytree(
        Path(rmatch.__file__).parent,
        installed / "rmatch",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    (installed / "doubled.py").write_text(FUNCTIONS)
    (installed / "once.py").write_text(CALLED)
    return installed


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the package for one test, which may do with it what it likes."""
    return _installed(tmp_path)


@pytest.fixture(scope="module")
def ran() -> Iterator[tuple[Path, Path]]:
    """Return a copy of the package in which the program ran once, and the folder of what it kept: for looking at only."""
    # Others may not look into the folders of pytest.
    with tempfile.TemporaryDirectory() as folder:
        installed, kept = _installed(Path(folder)), Path(folder) / "kept"
        assert _run(installed, NUMBA_CACHE_DIR=str(kept)) == "42 compiled\n"
        for path in (Path(folder), *Path(folder).rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
        yield installed, kept


def _run(installed: Path, user: Sequence[str] = (), /, **environment: str) -> str:
    """Run the program with nothing but this environment, and return what it says."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    done = subprocess.run(
        [*user, sys.executable, "-c", DOUBLED],
        env={**kept, "PYTHONPATH": str(installed), "PYTHONDONTWRITEBYTECODE": "1", **environment},
        cwd=installed,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def _blocked(folder: Path) -> Path:
    """Return the path of a folder that nobody can make, root included: a file is in its way."""
    folder.write_text("")
    return folder / "cache"


def _closed(installed: Path) -> None:
    """Put a file where each folder of the package would keep compiled code, as read-only as any disk for any user."""
    for folder in (installed, *(path for path in installed.rglob("*") if path.is_dir())):
        (folder / "__pycache__").write_text("")


def test_where_nothing_can_be_written_it_compiles_and_says_so_once(
    copy: Path, tmp_path: Path
) -> None:
    _closed(copy)
    nowhere = _blocked(tmp_path / "home")
    said = _run(copy, HOME=str(nowhere), XDG_CACHE_HOME=str(nowhere)).splitlines()
    assert said[-1] == "42 compiled"
    assert len(said) == 2
    assert said[0].startswith("WARNING rmatch compiled code cannot be kept")
    assert "NUMBA_CACHE_DIR" in said[0]


def test_a_folder_that_may_be_written_needs_no_word(copy: Path, tmp_path: Path) -> None:
    _closed(copy)
    kept = tmp_path / "kept"
    home = _blocked(tmp_path / "home")
    for how in ("compiled", "read"):
        assert _run(copy, HOME=str(home), NUMBA_CACHE_DIR=str(kept)) == f"42 {how}\n"
    assert {path.suffix for path in kept.rglob("*.nb*")} == {".nbi", ".nbc"}


@pytest.fixture(scope="module")
def nobody() -> None:
    """Skip where nobody may become another user, or that one does not reach this Python and its packages."""
    command = [*AS_NOBODY, sys.executable, "-c", "import numba"]
    if not shutil.which(AS_NOBODY[0]) or subprocess.run(command, check=False).returncode != 0:
        pytest.skip("only root may become another user, who has to reach this Python")


@pytest.mark.usefixtures("nobody")
@pytest.mark.parametrize(
    ("mode", "said"),
    [(0o644, ["42 read"]), (0o600, ["WARNING", "42 compiled"])],
    ids=["readable", "closed"],
)
def test_another_user_reads_what_root_has_kept_if_it_may_be_read(
    ran: tuple[Path, Path], mode: int, said: list[str]
) -> None:
    installed, kept = ran
    with tempfile.TemporaryDirectory() as folder:
        mine = Path(shutil.copytree(kept, Path(folder) / "kept"))
        Path(folder).chmod(0o755)
        for path in mine.rglob("*.nb*"):
            path.chmod(mode)
        told = _run(installed, AS_NOBODY, HOME="/nonexistent", NUMBA_CACHE_DIR=str(mine))
    *before, last = told.splitlines()
    assert [*(line.split()[0] for line in before), last] == said


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:40])


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _garbage(path: Path) -> None:
    path.write_bytes(b"garbage")


@pytest.mark.parametrize(
    ("kind", "damage"), [("*.nbi", _cut), ("*.nbc", _garbage), ("*.nbi", _folder)]
)
def test_what_is_kept_and_cannot_be_read_is_compiled_anew(
    ran: tuple[Path, Path], tmp_path: Path, damage: Callable[[Path], object], kind: str
) -> None:
    installed = ran[0]
    kept = Path(shutil.copytree(ran[1], tmp_path / "kept"))
    for path in kept.rglob(kind):
        damage(path)
    said = _run(installed, NUMBA_CACHE_DIR=str(kept)).splitlines()
    assert said[-1] == "42 compiled"
    # What can be written anew is mended without a word.
    assert len(said) == 1 + (damage is _folder)
    assert damage is _folder or _run(installed, NUMBA_CACHE_DIR=str(kept)) == "42 read\n"


def test_what_another_file_says_now_is_compiled_anew(copy: Path, tmp_path: Path) -> None:
    other, kept = copy / "once.py", str(tmp_path / "kept")
    _run(copy, NUMBA_CACHE_DIR=kept)
    other.write_text(CALLED.replace("return number", "return number + 1"))
    assert _run(copy, NUMBA_CACHE_DIR=kept) == "46 compiled\n"
    written = other.stat().st_mtime_ns
    other.write_text(other.read_text().replace("TIMES = 2", "TIMES = 3"))
    os.utime(other, ns=(written, written))
    assert _run(copy, NUMBA_CACHE_DIR=kept) == "69 compiled\n"


def test_a_folder_that_may_only_be_read_is_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def refused(**_: object) -> None:
        raise PermissionError

    def twice(number: int) -> int:
        return 2 * number

    monkeypatch.setattr(compiling, "_told", [])
    monkeypatch.setattr("numba.config.CACHE_DIR", str(tmp_path))
    assert compiled(twice)(21) == 42
    monkeypatch.setattr(caching.tempfile, "TemporaryFile", refused)
    again: Any = compiled(twice)
    assert again(21) == 42
    assert again.stats.cache_hits
    assert not caplog.records
    # Floats are another function, and there is no place for it.
    assert again(1.5) == 3.0
    assert len(caplog.records) <= 1


def test_a_disk_that_is_full_costs_only_time(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(caching.IndexDataCacheFile, "save", full)
    monkeypatch.setattr(compiling, "_told", [])
    monkeypatch.setattr("numba.config.CACHE_DIR", str(tmp_path))

    def twice(number: int) -> int:
        return 2 * number

    def thrice(number: int) -> int:
        return 3 * number

    assert (compiled(twice)(21), compiled(thrice)(14)) == (42, 42)
    assert [record.levelname for record in caplog.records] == ["WARNING"]
