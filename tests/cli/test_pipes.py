"""A pipe is a source like a file; a device is none."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from rmatch import datasets, read_people
from rmatch.cli import main
from rmatch.io import write_people

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it has other pipes")
MAPPING = """\
[columns]
id = "id"
role = "role"
wants = "wants"
offers = "offers"
years = "years"
"""


def piped(folder: Path, data: bytes) -> Path:
    """Return a pipe without an ending, through which something comes once."""
    path = folder / "fd63"
    os.mkfifo(path)

    def give() -> None:
        with suppress(BrokenPipeError):
            path.write_bytes(data)

    threading.Thread(target=give, daemon=True).start()
    return path


@pytest.fixture
def table(tmp_path: Path) -> bytes:
    write_people(datasets.example(), tmp_path / "people.csv")
    return (tmp_path / "people.csv").read_bytes()


def test_a_pipe_is_read_like_the_file(tmp_path: Path, table: bytes) -> None:
    assert read_people(piped(tmp_path, table)).id == datasets.example().id


def test_a_pipe_may_bring_json(tmp_path: Path) -> None:
    people = b'[{"id": "a", "role": "mentor"}, {"id": "b", "role": "mentee"}]'
    assert read_people(piped(tmp_path, people)).id == ("a", "b")


@pytest.mark.parametrize("command", ["match", "check"])
def test_a_command_reads_a_pipe_once(
    tmp_path: Path, table: bytes, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(MAPPING, "utf-8")
    pipe = piped(tmp_path, table)
    out = ["--out", str(tmp_path / "pairs.csv")] * (command == "match")
    assert main([command, str(pipe), "--mapping", str(mapping), *out]) == 0
    assert ("fd63: 24 rows" if command == "check" else "10 pairs") in capsys.readouterr().out


def test_what_comes_through_a_pipe_has_a_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("rmatch.utils.files.LARGEST", 3_000_000)
    assert main(["check", str(piped(tmp_path, b"id,role\n" * 1_000_000))]) == 2
    assert (
        "fd63: it cannot be read: it holds more than 3\xa0000\xa0000 bytes"
        in capsys.readouterr().err
    )
    # What is left of it is no table of its own.
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"id,role\n" * 450_000)))
    assert main(["check", "-"]) == 2
    said = "the standard input: it cannot be read: it holds more than 3\xa0000\xa0000 bytes"
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("source", ["people.csv", "-"])
def test_init_says_that_it_needs_a_file(
    source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    os.mkfifo("people.csv")
    assert main(["init", source]) == 2
    assert "is a pipe, and can be read once only; save it as a file" in capsys.readouterr().err


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/zero.csv"])
def test_a_device_is_refused(tmp_path: Path, path: str, capsys: pytest.CaptureFixture[str]) -> None:
    if path.endswith(".csv"):
        (tmp_path / "zero.csv").symlink_to("/dev/zero")
        path = str(tmp_path / "zero.csv")
    assert main(["check", path]) == 2
    said = "it is a device, and no file" if path.endswith(".csv") else "not a kind of file"
    assert said in capsys.readouterr().err


def test_a_pipe_that_gives_nothing_can_be_interrupted(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "people.csv")
    source = str(Path(__file__).parents[2] / "src")
    # A process that was started in the background is born deaf to interrupts, and so are its children.
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); import rmatch.cli as cli; exit(cli.main())"
    command = [sys.executable, "-c", heard, "check", str(tmp_path / "people.csv")]
    environment = os.environ | {"PYTHONPATH": source}
    with (
        subprocess.Popen(command, stderr=subprocess.PIPE, env=environment) as child,
        # Open at the other end, so that rmatch waits in reading and is no longer starting.
        (tmp_path / "people.csv").open("wb"),
    ):
        child.send_signal(signal.SIGINT)
        assert child.stderr
        assert child.stderr.read() == b"rmatch: interrupted\n"
    assert child.returncode == 130
