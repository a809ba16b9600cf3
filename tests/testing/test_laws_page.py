"""The reference lists every law as the objects have it, and the table of the peers covers all that apply."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rmatch.testing.laws import ALL, Form, Law, of_form
from rmatch.testing.life.laws import ALL as LIFE

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


def _row(law: Law) -> str:
    marks = [
        name
        for name, holds in (("most", law.participation == ("most",)), ("unique", law.needs_unique))
        if holds
    ]
    note = f" (*{', '.join(marks)}*)" if marks else ""
    formula = law.formula.replace("|", r"\vert ")
    source = re.sub(r"doi:([^\s;]+)", r"[doi:\1](https://doi.org/\1)", law.source)
    cited = f" Source: {source}." if source else ""
    return f"| `{law.name}` | {law.statement}{note}{cited} | ${formula}$ |"


@pytest.mark.parametrize("name", ALL)
def test_every_law_stands_in_the_reference_as_it_is(name: str) -> None:
    assert _row(ALL[name]) in (REFERENCE / "laws.md").read_text("utf-8").splitlines()


def test_the_laws_of_a_life_stand_in_the_reference_as_they_are() -> None:
    text = (REFERENCE / "laws.md").read_text("utf-8")
    rows = [f"| `{law.name}` | {law.statement} |" for law in LIFE.values()]
    assert "\n".join(rows) in text


def test_the_reference_lists_no_other_laws() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", (REFERENCE / "laws.md").read_text("utf-8"), re.MULTILINE)
    assert rows == [*ALL, *LIFE]


@pytest.mark.parametrize(
    ("form", "page"), [("matrix", "conformance.md"), ("market", "conformance-markets.md")]
)
def test_the_tables_of_the_peers_list_the_laws_that_apply(form: Form, page: str) -> None:
    rows = re.findall(r"^\| `(\w+)` \|", (REFERENCE / page).read_text("utf-8"), re.MULTILINE)
    assert rows == [law.name for law in of_form(form) if "most" in law.participation]
