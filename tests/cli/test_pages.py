"""The pages about the command line name every command, option and key, and their examples print what they show."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import console_page
import pytest
from console_page import ROOT, SHOWN, page, prints

from rmatch import datasets, read_matching
from rmatch.cli.verbs import VERBS
from rmatch.io import write_people

REFERENCE = page("reference/command-line.md")
GUIDE = page("how-to/run-from-the-command-line.md")


def test_every_verb_and_option_has_its_place() -> None:
    missing = [verb for verb in VERBS if not re.search(rf"^## .*`{verb}`", REFERENCE, re.MULTILINE)]
    for verb, told in VERBS.items():
        options = [name for group in told.command.options for name in group if name.startswith("-")]
        missing += [f"{verb} {name}" for name in options if f"`{name}" not in REFERENCE]
    assert missing == []


pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with what the pages have at hand: the commands, and the export of the tutorial."""
    for name, called in {"python": "", "rmatch": "-m rmatch "}.items():
        command = tmp_path / "bin" / name
        command.parent.mkdir(exist_ok=True)
        command.write_text(f'#!/bin/sh\nexec "{sys.executable}" {called}"$@"\n', "utf-8")
        command.chmod(0o755)
    shutil.copy(ROOT / "examples" / "export" / "staff.csv", tmp_path)
    return tmp_path


def run(folder: Path, *command: str) -> str:
    environment = os.environ | {
        "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONIOENCODING": "utf-8",
    }
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=True,
    )
    return done.stdout.decode()


def test_what_the_reference_shows_is_printed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "stderr", sys.stdout)
    for command, told in SHOWN.findall(REFERENCE):
        if command.startswith("rmatch "):
            console_page.run(command, told, capsys, code=2 * ("nobody.csv" in command))
        else:
            assert prints(told, run(folder, "bash", "-c", command)), command


def test_what_the_guide_shows_is_printed(folder: Path) -> None:
    shown = SHOWN.findall(GUIDE)
    assert len(shown) > 5
    script = "".join(f"{command}; printf '\\0'\n" for command, _ in shown)
    # An exit code is that of the command before.
    script = script.replace("; printf '\\0'\necho $?", "; code=$?; printf '\\0'\necho $code")
    *printed, rest = run(folder, "bash", "-c", script).split("\0")
    assert (len(printed), rest) == (len(shown), "")
    for (command, told), found in zip(shown, printed, strict=True):
        assert prints(told, found), f"$ {command}\n{found}"


def test_the_scripts_of_the_guide_run(folder: Path) -> None:
    python, *_ = re.findall(r"^```python\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
    shell, *_ = re.findall(r"^```sh\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
    assert "people.csv: there is no such file" in run(folder, "python", "-c", python)
    write_people(datasets.example(), folder / "people.csv")
    assert run(folder, "python", "-c", python) == "10 pairs\n"
    for name in ("mapping.toml", "programme.toml"):
        shutil.copy(ROOT / "examples" / "export" / name, folder)
    assert run(folder, "bash", "-c", shell) == ""
    assert read_matching(folder / "round.json").pairs
