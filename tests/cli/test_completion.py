"""A shell completes the verbs, their options, the values of these, and files."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from rmatch.cli import main
from rmatch.cli.parser import SHELLS
from rmatch.cli.verbs import VERBS

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("shtab")


def script(shell: str, capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as stop:
        main(["--completion", shell])
    assert stop.value.code == 0
    return capsys.readouterr().out


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("", set(VERBS)),
        ("fr", {"frontier"}),
        ("check --for", {"--format"}),
        ("check --format ''", {"text", "json"}),
        ("explain --aud", {"--audience"}),
        ("match peo", {"people.csv"}),
        ("match people.csv --programme pro", {"programme.toml"}),
        ("template n", {"new"}),
    ],
)
def test_bash_completes(
    words: str, completed: set[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("people.csv", "programme.toml"):
        (tmp_path / name).touch()
    (tmp_path / "new").mkdir()
    given = ["rmatch", *(shlex.split(words) or [""])]
    asked = f"COMP_WORDS=({shlex.join(given)}); COMP_CWORD={len(given) - 1}; _shtab_rmatch"
    code = f"{script('bash', capsys)}\n{asked}\nprintf '%s\\n' \"${{COMPREPLY[@]}}\""
    done = subprocess.run(
        ["bash", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    offered = {word.rstrip("/ ") for word in done.stdout.split() if words or word[0] != "-"}
    assert offered == completed


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_knows_every_verb(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = script(shell, capsys)
    assert [verb for verb in VERBS if verb not in text] == []


def test_without_shtab_the_extra_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "shtab", None)
    assert main(["--completion", "bash"]) == 2
    said = 'rmatch: completion needs shtab: pip install "reverse-mentoring[completion]"\n'
    assert capsys.readouterr().err == said
