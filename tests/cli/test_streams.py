"""Closed and full streams, full disks, folders that may not be written: one line says so, and nothing is lost."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import pytest

import rmatch
from rmatch import datasets
from rmatch.cli import main
from rmatch.cli.verbs import match as match_verb
from rmatch.errors import InvalidInputError
from rmatch.io import write_people
from rmatch.utils.files import write_text

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it has other streams")
SOURCE = Path(__file__).parents[2] / "src"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_people(datasets.example(), tmp_path / "people.csv")
    return tmp_path


def shell(folder: Path, command: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of the shell, in which ``rmatch`` is the command."""
    line = f'rmatch() {{ "{sys.executable}" -m rmatch "$@"; }}; {command}'
    return subprocess.run(
        ["bash", "-c", line],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(SOURCE), "PYTHONUNBUFFERED": ""} | environment,
        capture_output=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("match people.csv --out pairs.csv", 141),
        ("init people.csv", 141),
        ("demo", 141),
        ("check nothing.csv", 2),
    ],
)
def test_nobody_reads_a_closed_output(folder: Path, command: str, code: int) -> None:
    done = shell(folder, f"rmatch {command} >&-")
    assert done.returncode == code
    assert done.stderr.startswith(b"rmatch: ")
    assert b"Traceback" not in done.stderr
    if code == 141:
        assert done.stderr == b"rmatch: nobody reads the output: it is closed\n"
    if command.startswith("match"):
        assert (folder / "pairs.csv").read_text("utf-8-sig").count("\n") == 11


@pytest.mark.parametrize("closed", ["2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(("source", "code"), [("people.csv", 0), ("nothing.csv", 2)])
def test_where_no_error_can_be_said_the_exit_code_tells(
    folder: Path, closed: str, source: str, code: int
) -> None:
    done = shell(folder, f"rmatch match {source} --out pairs.csv {closed}")
    assert done.returncode == (141 if code == 0 and " >&-" in closed else code)
    assert b"rmatch: " not in done.stdout + done.stderr
    if code == 0:
        assert (folder / "pairs.csv").read_bytes().startswith("\ufeffmentor,mentee".encode())


@pytest.mark.parametrize(
    "command", ["match people.csv --out pairs.csv", "check people.csv", "--help"]
)
def test_a_full_output_is_one_line(folder: Path, command: str) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no device that is always full")
    done = shell(folder, f"rmatch {command} >/dev/full")
    said = b"rmatch: the output: No space left on device; what goes to files is written\n"
    assert (done.returncode, done.stderr) == (2, said)
    assert (folder / "pairs.csv").exists() == command.startswith("match")


def test_a_full_error_stream_changes_no_exit_code(folder: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no device that is always full")
    assert shell(folder, "rmatch check nothing.csv 2>/dev/full").returncode == 2


@pytest.mark.parametrize("command", ["match people.csv --out pairs.csv", "check people.csv"])
def test_a_reader_may_leave_every_command(folder: Path, command: str) -> None:
    done = shell(folder, f"rmatch {command} | true; echo ${{PIPESTATUS[0]}}")
    assert (done.stdout, done.stderr) == (b"141\n", b"")


def test_a_result_that_a_full_disk_refuses_is_kept(folder: Path) -> None:
    (folder / "pairs.csv").write_text("the old ones", "utf-8")
    (folder / "tmp").mkdir()
    command = "rmatch match people.csv --out pairs.csv --people-out all.csv --force"
    # No file may have more than a block of 1024 bytes: the pairs have two, the people less.
    done = shell(folder, f"ulimit -f 1; {command}", TMPDIR=str(folder / "tmp"))
    problem = f"File too large; nor can it be kept in {folder / 'tmp'}"
    assert (done.returncode, done.stderr.decode()) == (2, f"rmatch: pairs.csv: {problem}\n")
    assert b"on average 63 of 100" in done.stdout
    assert b"\nWritten: all.csv\n" in done.stdout
    assert (folder / "pairs.csv").read_text("utf-8") == "the old ones"
    assert not list((folder / "tmp").iterdir())
    names = ["all.csv", "pairs.csv", "people.csv", "tmp"]
    assert sorted(path.name for path in folder.iterdir()) == names


def test_what_cannot_be_written_is_kept_where_nobody_else_looks(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(target: Path, content: bytes) -> None:
        if target.parent == folder.resolve():
            raise OSError(28, "No space left on device")
        target.write_bytes(content)

    monkeypatch.setattr("rmatch.utils.files._replace", full)
    out = folder / "pairs.csv"
    assert main(["match", str(folder / "people.csv"), "--out", str(out)]) == 2
    told = capsys.readouterr()
    start = f"rmatch: {out}: No space left on device; it is kept in "
    assert told.err.startswith(start)
    assert "Written" not in told.out
    kept = Path(told.err.removeprefix(start).strip())
    assert kept.read_text("utf-8-sig").count("\n") == 11
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    kept.unlink()
    kept.parent.rmdir()


def test_a_folder_that_is_gone_in_the_end_loses_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    away = folder / "away"
    away.mkdir()

    def solved(*given: object, **named: object) -> rmatch.Matching:
        away.rmdir()
        return rmatch.match(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(match_verb, "match", solved)
    assert main(["match", str(folder / "people.csv"), "--out", str(away / "pairs.csv")]) == 2
    start = f"rmatch: {away / 'pairs.csv'}: there is no directory '{away}'; it is kept in "
    told = capsys.readouterr().err
    assert told.startswith(start)
    kept = Path(told.removeprefix(start).strip())
    assert kept.read_text("utf-8-sig").count("\n") == 11
    kept.unlink()
    kept.parent.rmdir()


@pytest.fixture
def closed_folder() -> Iterator[Path]:
    """Return a folder that may not be written, by the administrator either, and may be seen by everybody."""
    user = os.geteuid()
    if user == 0 and os.access not in os.supports_effective_ids:
        pytest.skip("the administrator may write everywhere")
    closed = Path(mkdtemp())
    closed.chmod(0o555)
    if user == 0:
        os.seteuid(65_534)
    yield closed
    os.seteuid(user)
    closed.rmdir()


def test_a_folder_that_may_not_be_written_is_refused_before_anything_is_solved(
    closed_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = ["--out", str(closed_folder / "pairs.csv")]
    assert main(["match", "people.csv", *out]) == 2
    assert f"nothing can be written in '{closed_folder}'; name another" in capsys.readouterr().err


def test_what_is_no_file_is_not_replaced(folder: Path) -> None:
    link = folder / "pairs.csv"
    link.symlink_to("/dev/null")
    done = shell(folder, "rmatch match people.csv --out pairs.csv")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"'pairs.csv' is no file; name one" in done.stderr
    with pytest.raises(InvalidInputError, match="is no file; name one"):
        write_text(link, "text")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


NO_ZONES = """\
import sys, zoneinfo
zoneinfo.reset_tzpath(to=[])
sys.modules["tzdata"] = None
from rmatch.cli import main
sys.exit(main(["check", sys.argv[1]]))
"""


@pytest.mark.parametrize(
    ("zone", "code"), [("Europe/Berlin", 2), ("W. Europe Standard Time", 2), ("+02:00", 0)]
)
def test_missing_time_zone_data_is_called_that(tmp_path: Path, zone: str, code: int) -> None:
    people = tmp_path / "people.csv"
    rows = ["id,role,years,offers,wants,hours,time_zone", f"a,mentor,1,law,,9-17,{zone}"]
    people.write_text("\n".join([*rows, "b,mentee,20,,law,9-17,+02:00"]), "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", NO_ZONES, str(people)],
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert b"Traceback" not in done.stderr
    cure = b"there is no time-zone data on this machine; install the package tzdata, or write offs"
    assert (cure in done.stderr) == (code == 2)


@pytest.mark.parametrize(
    "command",
    [
        "check {0}.csv",
        "check no{0}.csv",
        "match people.csv --out {0}2.csv",
        "match people.csv --out {0}/pairs.csv",
        "check people.csv --programme {0}.toml",
        "template {0}2.csv",
        "init people.csv --out {0}",
        "init people.csv --out no{0}",
    ],
)
@pytest.mark.parametrize("form", ["text", "json"])
def test_no_name_of_a_file_steers_the_terminal(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
    form: str,
) -> None:
    monkeypatch.chdir(folder)
    name = "a\x1b]0;b\x07\x9b31m"
    (folder / f"{name}.csv").write_bytes((folder / "people.csv").read_bytes())
    (folder / name).mkdir()
    main([*command.format(name).split(" "), "--format", form])
    told = capsys.readouterr()
    assert "31m" in told.out + told.err
    assert not {"\x1b", "\x07", "\x9b"} & {*told.out, *told.err}


PRINTS_BESIDE = """
import os, sys
import scipy.optimize
from rmatch.cli import main

whole = scipy.optimize.milp
def milp(*given, **more):
    os.write(1, b"HighsMipSolverData: a line from beside Python\\n")
    return whole(*given, **more)
scipy.optimize.milp = milp
sys.argv = ["rmatch", *sys.argv[1:]]
sys.exit(main())
"""


def test_what_a_library_prints_by_itself_is_no_part_of_the_output(folder: Path) -> None:
    """HiGHS does so now and then, https://github.com/jump-dev/HiGHS.jl/issues/312: the JSON was none then."""
    (folder / "programme.toml").write_text(
        'justification = "agreed"\n[[quotas]]\nkind = "pairs"\ndimension = "gender"\npairs = "different"\nat_least = 1\n'
    )
    (folder / "run.py").write_text(PRINTS_BESIDE)
    asked = "people.csv --programme programme.toml --quota 1 --format json"
    done = shell(folder, f'"{sys.executable}" run.py frontier {asked}')
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["choices"]
    assert b"a line from beside Python" in done.stderr
