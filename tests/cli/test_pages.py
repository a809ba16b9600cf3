"""The pages about the command line name every command, option and key, and their examples print what they show."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from doctest import ELLIPSIS, OutputChecker
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rmatch.cli.verbs import VERBS

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
REFERENCE = (ROOT / "docs" / "reference" / "command-line.md").read_text("utf-8")
GUIDE = (ROOT / "docs" / "how-to" / "run-from-the-command-line.md").read_text("utf-8")
SHOWN = re.compile(r"^\$ ([^\n]*)\n(.*?)(?=^\$ |^```)", re.MULTILINE | re.DOTALL)


def test_every_verb_and_option_has_its_place() -> None:
    missing = [verb for verb in VERBS if not re.search(rf"^## .*`{verb}`", REFERENCE, re.MULTILINE)]
    for verb, told in VERBS.items():
        options = [name for group in told.options for name in group if name.startswith("-")]
        missing += [f"{verb} {name}" for name in options if f"`{name}" not in REFERENCE]
    assert missing == []


def examples(page: str) -> Iterator[tuple[str, str]]:
    return iter(SHOWN.findall(page))


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
@pytest.mark.parametrize("page", [REFERENCE, GUIDE], ids=["reference", "guide"])
def test_what_a_page_shows_is_printed(page: str, tmp_path: Path) -> None:
    shutil.copy(ROOT / "examples" / "export" / "staff.csv", tmp_path)
    shown = list(examples(page))
    assert len(shown) > 5
    lines = [
        f'python() {{ "{sys.executable}" "$@"; }}',
        'rmatch() { python -m rmatch "$@"; }',
        "exec 2>&1",
    ]
    lines += [f"{command}; printf '\\0'" for command, _ in shown]
    # The exit code is asked for once, right after its command.
    script = "\n".join(lines).replace(
        "; printf '\\0'\necho $?", "; code=$?; printf '\\0'\necho $code"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=environment, stdout=subprocess.PIPE, check=True
    )
    printed = done.stdout.decode().split("\0")[:-1]
    assert len(printed) == len(shown)
    for (command, told), found in zip(shown, printed, strict=True):
        pattern = told.replace("…", "...")
        assert OutputChecker().check_output(pattern, found, ELLIPSIS), f"$ {command}\n{found}"
