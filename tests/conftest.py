"""How property-based tests run: without deadlines, and every failure says how to see it again.

A run is short unless it is asked to be thorough, by ``RMATCH_THOROUGH=1`` or ``--hypothesis-profile=thorough``. A short run on
a build machine tries the same examples every time.
"""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

from hypothesis import settings
from profiles import SHORT, THOROUGH

if TYPE_CHECKING:
    import pytest

COMMON = settings(deadline=None, print_blob=True)

settings.register_profile("short", COMMON, max_examples=SHORT, derandomize="CI" in os.environ)
settings.register_profile("thorough", COMMON, max_examples=THOROUGH, derandomize=False)
settings.load_profile("thorough" if os.environ.get("RMATCH_THOROUGH") == "1" else "short")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what tests have counted, so that a long run tells how much it has seen."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            terminalreporter.write_line(f"{report.nodeid}: {name} {value}")


def pytest_collection() -> None:
    """Let nothing be looked through again and again while thousands of tests are collected, which all stay."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Nor afterwards: what is there now stays to the end, and is no garbage."""
    gc.collect()
    gc.freeze()
    gc.enable()
