"""Pages of the documentation whose commands are run, and must print what the page shows."""

from __future__ import annotations

import re
import shlex
from doctest import ELLIPSIS, OutputChecker
from pathlib import Path
from typing import TYPE_CHECKING

from rmatch.cli import main

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parents[1]
SHOWN = re.compile(r"^\$ ([^\n]*)\n(.*?)(?=^\$ |^```)", re.MULTILINE | re.DOTALL)
"""A command, and what it prints."""


def page(path: str) -> str:
    """Return a page, by its path below `docs`."""
    return (ROOT / "docs" / path).read_text("utf-8")


def prints(told: str, printed: str) -> bool:
    """Return whether it is what was printed, `…` standing for anything."""
    return OutputChecker().check_output(told.replace("…", "..."), printed, ELLIPSIS)


def run(command: str, told: str, capsys: pytest.CaptureFixture[str], code: int = 0) -> None:
    """Run one command of a page here, and compare what it prints."""
    program, *arguments = shlex.split(command)
    assert program == "rmatch"
    assert main(arguments) == code, command
    captured = capsys.readouterr()
    assert prints(told, captured.out + captured.err), f"$ {command}\n{captured.out}{captured.err}"
