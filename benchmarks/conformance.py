"""Which solver satisfies which law: runs the conformance kit over the peers and writes the tables of the documentation.

python benchmarks/conformance.py matrix               # writes docs/reference/conformance.md
python benchmarks/conformance.py market               # writes docs/reference/conformance-markets.md
python benchmarks/conformance.py matrix --only scipy  # prints the report on one of them

The peers of the two have one import name in common, so each wants an environment of its own: the dependency groups
`bench` and `markets`.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from peers.markets import MARKETS
from peers.matchers import PEERS

from rmatch.testing import check_matcher
from rmatch.testing.laws import of_form
from rmatch.testing.trial import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rmatch.testing import Report
    from rmatch.testing.laws import Form

REFERENCE = Path(__file__).parents[1] / "docs" / "reference"
MARKS = {Verdict.HOLDS: "✓", Verdict.FAILS: "**✗**", Verdict.NOT_APPLICABLE: "–"}
HEAD = """# Who satisfies which law

<!-- Written by benchmarks/conformance.py; run it again instead of editing. -->

Every solver below was held to the laws of [the conformance kit](laws.md) as a matcher of "as many pairs as possible, then
the best total", {cases} cases a law, the same ones for all. Points are handed over with a minus sign where a solver takes
costs, with a bonus for every allowed pair, so that the most pairs come first; the adapters are in
`benchmarks/peers/matchers.py`. ✓ holds, **✗** fails, – not applicable: the solver has no means for any of the cases (places,
fractions, prices). Solvers of stable matchings have [a table of their own](conformance-markets.md).

"""
MARKET_HEAD = """# Who satisfies which law of markets

<!-- Written by benchmarks/conformance.py; run it again instead of editing. -->

Solvers of stable matchings, held to the laws of [matchers of markets](laws.md): both sides value a pair differently, and
mentors propose. {cases} cases a law, the same ones for all; the adapters are in `benchmarks/peers/markets.py`. ✓ holds,
**✗** fails, – not applicable.

"""


@dataclass(frozen=True, slots=True)
class Field:
    """The solvers of one kind of problem, and the page on them."""

    form: Form
    peers: dict[str, tuple[str, Callable[..., Any]]]
    page: Path
    head: str
    group: str


FIELDS = {
    "matrix": Field("matrix", PEERS, REFERENCE / "conformance.md", HEAD, "bench"),
    "market": Field(
        "market", MARKETS, REFERENCE / "conformance-markets.md", MARKET_HEAD, "markets"
    ),
}


def main() -> None:
    """Run the kit and write or print what came of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("field", choices=FIELDS, help="which kind of matchers")
    parser.add_argument("--only", help="print the report on one solver, write nothing")
    parser.add_argument("--profile", default="fast", help="fast, balanced or expensive")
    chosen = parser.parse_args()
    field = FIELDS[chosen.field]
    if chosen.only:
        if chosen.only not in field.peers:
            parser.error(f"--only: choose from {', '.join(field.peers)}")
        print(check_matcher(field.peers[chosen.only][1], form=field.form, profile=chosen.profile))
        return
    missing = [name for name, (package, _) in field.peers.items() if not _version(package)]
    if missing:
        sys.exit(f"not installed: {', '.join(missing)}; pip install --group {field.group}")
    reports = {
        name: check_matcher(fn, form=field.form, profile=chosen.profile)
        for name, (_, fn) in field.peers.items()
    }
    field.page.write_text(page(field, reports), encoding="utf-8")
    print(f"wrote {field.page}")


def page(field: Field, reports: dict[str, Report]) -> str:
    """Return the page: the table, and below it the smallest counter-example to every law that fails."""
    cases = max(trial.cases for report in reports.values() for trial in report.trials)
    parts = [
        field.head.format(cases=cases),
        "\n".join(_table(field, reports)),
        "\n\n",
        _versions(field),
    ]
    return "".join([*parts, *_faults(reports)]).rstrip("\n") + "\n"


def _table(field: Field, reports: dict[str, Report]) -> Iterator[str]:
    yield "| law | " + " | ".join(reports) + " |"
    yield "|---" * (len(reports) + 1) + "|"
    for place, law in enumerate(law for law in of_form(field.form) if "most" in law.participation):
        marks = " | ".join(MARKS[report.trials[place].verdict] for report in reports.values())
        yield f"| `{law.name}` | {marks} |"


def _versions(field: Field) -> str:
    packages = dict.fromkeys(package for package, _ in field.peers.values() if package != "rmatch")
    listed = ", ".join(f"{package} {_version(package)}" for package in packages)
    return f"Versions: {listed}.\n\n"


def _faults(reports: dict[str, Report]) -> Iterator[str]:
    failing = {name: report.failures for name, report in reports.items() if report.failures}
    if failing:
        yield "## Smallest counter-examples\n\n"
    for name, failures in failing.items():
        yield f"### {name}\n\n"
        for law, trial in failures.items():
            yield f"`{law}`: {trial.reason}.\n\n```text\n{trial}\n```\n\n"


def _version(package: str) -> str:
    if package == "rmatch":
        return "here"
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


if __name__ == "__main__":
    main()
