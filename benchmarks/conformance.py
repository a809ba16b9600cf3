"""Which solver satisfies which law: runs the conformance kit over the peers and writes the table of the documentation.

python benchmarks/conformance.py                      # writes docs/reference/conformance.md
python benchmarks/conformance.py --only scipy         # prints the report on one of them
"""

from __future__ import annotations

import argparse
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from peers.matchers import PEERS

from rmatch.testing import check_matcher
from rmatch.testing.laws import of_form
from rmatch.testing.trial import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.testing import Report

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "conformance.md"
MARKS = {Verdict.HOLDS: "✓", Verdict.FAILS: "**✗**", Verdict.NOT_APPLICABLE: "–"}
HEAD = """# Who satisfies which law

<!-- Written by benchmarks/conformance.py; run it again instead of editing. -->

Every solver below was held to the laws of [the conformance kit](laws.md) as a matcher of "as many pairs as possible, then
the best total", {cases} cases a law, the same ones for all. Points are handed over with a minus sign where a solver takes
costs, with a bonus for every allowed pair, so that the most pairs come first; the adapters are in
`benchmarks/peers/matchers.py`. ✓ holds, **✗** fails, – not applicable: the solver has no means for any of the cases (places,
fractions, prices).

"""
NOT_HERE = """## Not here

PyPI `matching` (stable matching) is not in the table: it has the same import name as mentor-match, so the two cannot be
installed together, and it solves another problem.
"""


def main() -> None:
    """Run the kit and write or print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=PEERS, help="print the report on one solver, write nothing")
    parser.add_argument("--profile", default="fast", help="fast, balanced or expensive")
    chosen = parser.parse_args()
    if chosen.only:
        print(check_matcher(PEERS[chosen.only][1], profile=chosen.profile))
        return
    missing = [name for name, (package, _) in PEERS.items() if not _version(package)]
    if missing:
        sys.exit(f"not installed: {', '.join(missing)}; pip install --group bench")
    reports = {name: check_matcher(fn, profile=chosen.profile) for name, (_, fn) in PEERS.items()}
    PAGE.write_text(page(reports), encoding="utf-8")
    print(f"wrote {PAGE}")


def page(reports: dict[str, Report]) -> str:
    """Return the page: the table, and below it the smallest counter-example to every law that fails."""
    cases = max(trial.cases for report in reports.values() for trial in report.trials)
    parts = [HEAD.format(cases=cases), "\n".join(_table(reports)), "\n\n", _versions(), *_faults(reports), NOT_HERE]
    return "".join(parts)


def _table(reports: dict[str, Report]) -> Iterator[str]:
    yield "| law | " + " | ".join(reports) + " |"
    yield "|---" * (len(reports) + 1) + "|"
    for place, law in enumerate(law for law in of_form("matrix") if "most" in law.participation):
        marks = " | ".join(MARKS[report.trials[place].verdict] for report in reports.values())
        yield f"| `{law.name}` | {marks} |"


def _versions() -> str:
    packages = dict.fromkeys(package for package, _ in PEERS.values() if package != "rmatch")
    listed = ", ".join(f"{package} {_version(package)}" for package in packages)
    return f"Versions: {listed}.\n\n"


def _faults(reports: dict[str, Report]) -> Iterator[str]:
    yield "## Smallest counter-examples\n\n"
    for name, report in reports.items():
        if not report.failures:
            continue
        yield f"### {name}\n\n"
        for law, trial in report.failures.items():
            yield f"`{law}`: {trial.reason}.\n\n```text\n{trial.example!r}\n```\n\n"


def _version(package: str) -> str:
    if package == "rmatch":
        return "here"
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


if __name__ == "__main__":
    main()
