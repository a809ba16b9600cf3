"""What rmatch runs on, told in words."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from importlib.metadata import metadata, version
from typing import TYPE_CHECKING

import rmatch
from rmatch.utils import versions

if TYPE_CHECKING:
    import pytest


def test_everything_that_rmatch_stands_on_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    rmatch.show_versions()
    told = dict(line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines())
    assert told["rmatch"] == rmatch.__version__
    assert told["Python"].startswith(platform.python_version())
    assert told["platform"] == platform.platform()
    for package in ("numpy", "scipy", "narwhals", "pydantic"):
        assert told[package] == version(package)
    extras = {name.removesuffix(":") for name in told if name.endswith(":")}
    assert extras == set(metadata("reverse-mentoring").get_all("Provides-Extra") or [])


def test_what_is_missing_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["numpy>=2.3", 'none.such>=1 ; extra == "scale"', "tz; sys_platform == 'win32'"]
    monkeypatch.setattr(versions, "requires", lambda _: asked)
    rmatch.show_versions()
    lines = capsys.readouterr().out.splitlines()
    assert [" ".join(line.split()) for line in lines[4:]] == [
        f"numpy {version('numpy')}",
        "scale: none.such not installed",
    ]


def test_nothing_is_imported_to_tell_a_version() -> None:
    code = (
        "import sys, rmatch; rmatch.show_versions(); print({'numpy', 'numba'} & set(sys.modules))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "RMATCH_THREADS": "3"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert told.splitlines()[-1] == "set()"
    assert "threads 3, by RMATCH_THREADS" in " ".join(told.split())
