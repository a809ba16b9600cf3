"""The tutorial that follows a programme through its year, and the same year of a firm's own exports."""

from __future__ import annotations

from shutil import copytree
from typing import TYPE_CHECKING

from console_page import ROOT, SHOWN, page, run

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

EXAMPLE = ROOT / "examples" / "a_year"


def test_the_page_does_what_it_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(copytree(EXAMPLE, tmp_path / "year"))
    for command, told in SHOWN.findall(page("tutorial/a-year.md")):
        run(command, told, capsys)
