"""Files are written whole or not at all, for the eyes of those who could read them before; streams are read whole or refused."""

from __future__ import annotations

import os
import stat
import sys
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from rmatch.utils import files
from rmatch.utils.files import read_all, write_text

if TYPE_CHECKING:
    from pathlib import Path


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.skipif(sys.platform == "win32", reason="files have no modes there")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o400])
def test_what_nobody_else_could_read_nobody_else_can_read(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text("old", "utf-8")
    path.chmod(mode)
    write_text(path, "new")
    assert (path.read_text("utf-8"), _mode(path)) == ("new", mode)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform == "win32", reason="files have no modes there")
def test_a_new_file_is_made_as_any_other(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_text(tmp_path / "pairs.csv", "new")
    finally:
        os.umask(before)
    assert _mode(tmp_path / "pairs.csv") == 0o640


@pytest.mark.parametrize("there", [True, False])
def test_a_link_stays_and_what_it_points_to_is_written(tmp_path: Path, there: bool) -> None:
    (tmp_path / "drive").mkdir()
    target, link = tmp_path / "drive" / "pairs.csv", tmp_path / "pairs.csv"
    if there:
        target.write_text("old", "utf-8")
    link.symlink_to(target)
    write_text(link, "new")
    assert link.is_symlink()
    assert target.read_text("utf-8") == "new"
    assert list(target.parent.iterdir()) == [target]


def test_a_stream_is_read_whole_up_to_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", 3_000_000)
    text = bytes(3_000_000)
    assert read_all(BytesIO(text)) == text
    with pytest.raises(ValueError, match="it holds more than 3\xa0000\xa0000 bytes"):
        read_all(BytesIO(text + b"0"))
