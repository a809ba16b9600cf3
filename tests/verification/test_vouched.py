"""What verification vouches for is one list, and the page that shows it is written from it."""

from __future__ import annotations

import re
from pathlib import Path

from rmatch.verification import FIELDS, Vouched, field_of

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "what-is-proved.md"
WORDS = {Vouched.EXACTLY: "exactly", Vouched.BY_PROOF: "by proof", Vouched.NOT: "not"}


def table(result: str) -> str:
    rows = ["| Field | Vouched for | How, or why not |", "|---|---|---|"]
    for field in FIELDS:
        if field.result == result:
            name = f"`{field.name}`" if field.name else "everything else"
            rows.append(f"| {name} | {WORDS[field.vouched]} | {field.how} |")
    return "\n".join(rows)


def test_the_page_shows_every_row_and_no_other() -> None:
    text = PAGE.read_text("utf-8")
    shown = re.findall(r"<!-- fields: (\w+) -->\n\n((?:\|[^\n]*\n)+)", text)
    assert [result for result, _ in shown] == list(dict.fromkeys(row.result for row in FIELDS))
    for result, rows in shown:
        assert rows == f"{table(result)}\n", result


def test_each_field_has_one_row() -> None:
    names = [(row.result, row.name) for row in FIELDS]
    assert len(names) == len(set(names))


def test_a_field_goes_with_the_nearest_one_around_it() -> None:
    inner = field_of("matching", "steps.solution.answer.certificate.u")
    assert inner is not None
    assert (inner.name, inner.vouched) == ("steps.solution.answer", Vouched.BY_PROOF)
    whole = field_of("report", "sides.mean")
    assert whole is not None
    assert (whole.name, whole.vouched) == ("", Vouched.EXACTLY)
    assert field_of("matching", "nothing.of.that.kind") is None
