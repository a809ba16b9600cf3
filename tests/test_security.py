"""The security policy says the limits that are in force, and points to pages that there are."""

from __future__ import annotations

import re
from pathlib import Path

from rmatch.io import documents
from rmatch.io.cells import cell
from rmatch.io.tables import archive, grid, overlong, reach
from rmatch.utils import files, nesting

ROOT = Path(__file__).parents[1]
POLICY = (ROOT / "SECURITY.md").read_text("utf-8")
LIMITS = {
    "a file, a pipe, a buffer": [files.LARGEST],
    "a workbook, unpacked": [archive.UNPACKED, archive.RATIO],
    "the sheets of a workbook": [reach.CELLS],
    "the texts of the cells of a workbook": [reach.TEXT],
    "a table": [grid.COLUMNS],
    "a TOML document": [documents.LONGEST],
    "a document, or a record of JSON": [nesting.DEEPEST],
    "a cell of a column that is read": [overlong.LONGEST],
    "any other cell of a CSV file": [cell.LONGEST],
    "an id, a name, an address, a grade, a department, a site": [cell.LONGEST_NAME],
}


def test_the_limits_are_those_in_force() -> None:
    table = POLICY.partition("| what | at most |")[2]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines() if " | " in line]
    numbers = {
        what: [int(number.replace(",", "")) for number in re.findall(r"[\d,]*\d", most)]
        for what, most in rows
    }
    assert numbers == LIMITS


def test_links_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#([^)]+))?\)", POLICY)
    assert links
    for path, anchor in links:
        heads = re.findall(r"^#+ (.*)$", (ROOT / path).read_text("utf-8"), re.MULTILINE)
        assert not anchor or anchor in {head.lower().replace(" ", "-") for head in heads}
