"""People in and out: CSV, Excel, JSON, SCIM and dataframes, with one error that lists every fault."""

from rmatch.io.columns import COLUMNS, Column, column_of
from rmatch.io.escape import escape, unescape
from rmatch.io.read import read_people
from rmatch.io.write import write_template

__all__ = [
    "COLUMNS",
    "Column",
    "column_of",
    "escape",
    "read_people",
    "unescape",
    "write_template",
]
