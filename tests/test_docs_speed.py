"""What the documentation says of speed is made of the results: no figure is written by hand, and none is left over."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from shutil import copy

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks" / "results.json"
PAGE = ROOT / "docs" / "explanation" / "benchmark-results.md"


def test_the_tables_are_those_of_the_results(tmp_path: Path) -> None:
    copy(RESULTS, tmp_path)
    command = [
        sys.executable,
        "benchmarks/run.py",
        "--render",
        "--out",
        str(tmp_path / RESULTS.name),
    ]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert made.stdout == PAGE.read_text("utf-8") + "\n"


def test_every_result_says_which_state_was_measured_and_when() -> None:
    jobs = json.loads(RESULTS.read_text("utf-8"))["jobs"]
    assert jobs
    for job in jobs.values():
        assert re.fullmatch(r"[0-9a-f]{7,}( with changes)?", job["measured"]["commit"])
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", job["measured"]["date"])


def test_no_time_and_no_size_is_written_by_hand() -> None:
    text = (PAGE.parent / "speed.md").read_text("utf-8")
    assert not re.findall(r"[\d.]+ ?(?:ms|s|GB|MB)\b", text)
