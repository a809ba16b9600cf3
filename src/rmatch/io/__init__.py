"""Files in and out: people, programmes and requests from wherever they are, with one error that lists every fault."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rmatch.utils.lazy import handed_out

if TYPE_CHECKING:
    from rmatch.io.cells.answers import says_yes
    from rmatch.io.cells.cell import UNKNOWN, Habits, number_of, text_of
    from rmatch.io.cells.dates import Dates
    from rmatch.io.cells.items import split
    from rmatch.io.cells.learning import learned
    from rmatch.io.cells.legends import Legend, legend_of
    from rmatch.io.cells.options import Options
    from rmatch.io.cells.read import read_cells
    from rmatch.io.cells.refusals import unsure
    from rmatch.io.checks import circles
    from rmatch.io.columns import COLUMNS, PREFIXES, SEPARATOR, Column, column_of
    from rmatch.io.documents import read_document
    from rmatch.io.fields.alike import key_of
    from rmatch.io.fields.hours_grid import slots_in
    from rmatch.io.fields.managers import says_nobody
    from rmatch.io.join.duplicates import timed_column
    from rmatch.io.join.guess import joined_by_guess
    from rmatch.io.join.moments import readings
    from rmatch.io.join.spec import Duplicates
    from rmatch.io.mapping.fields import LEFT_OUT
    from rmatch.io.mapping.unsettled import taken_as_right
    from rmatch.io.profiles import read_profiles
    from rmatch.io.programme_file import (
        named_document,
        programme_document,
        read_programme,
        write_programme,
    )
    from rmatch.io.programme_shape import programme_schema
    from rmatch.io.read import read_people
    from rmatch.io.requests import read_requests, read_wishes
    from rmatch.io.responses import read_responses
    from rmatch.io.schemas import SCHEMAS, schema
    from rmatch.io.tables.csv import DIALECTS, Dialect, csv_text
    from rmatch.io.tables.layout import Layout, Layouts
    from rmatch.io.tables.source import read_table, sheets
    from rmatch.io.tables.table import Table
    from rmatch.io.tables.written import TABLES, kind_faults, write_table
    from rmatch.io.tables.xlsx import check_xlsx
    from rmatch.io.template import write_template
    from rmatch.io.write import complete_record, write_people

__all__ = [
    "COLUMNS",
    "DIALECTS",
    "LEFT_OUT",
    "PREFIXES",
    "SCHEMAS",
    "SEPARATOR",
    "TABLES",
    "UNKNOWN",
    "Column",
    "Dates",
    "Dialect",
    "Duplicates",
    "Habits",
    "Layout",
    "Layouts",
    "Legend",
    "Options",
    "Table",
    "check_xlsx",
    "circles",
    "column_of",
    "complete_record",
    "csv_text",
    "joined_by_guess",
    "key_of",
    "kind_faults",
    "learned",
    "legend_of",
    "named_document",
    "number_of",
    "programme_document",
    "programme_schema",
    "read_cells",
    "read_document",
    "read_people",
    "read_profiles",
    "read_programme",
    "read_requests",
    "read_responses",
    "read_table",
    "read_wishes",
    "readings",
    "says_nobody",
    "says_yes",
    "schema",
    "sheets",
    "slots_in",
    "split",
    "taken_as_right",
    "text_of",
    "timed_column",
    "unsure",
    "write_people",
    "write_programme",
    "write_table",
    "write_template",
]
__dir__: Callable[[], list[str]] = __all__.copy

__getattr__: Callable[[str], Any] = handed_out(
    __name__,
    {
        "rmatch.io.cells.answers": "says_yes",
        "rmatch.io.cells.cell": "UNKNOWN Habits number_of text_of",
        "rmatch.io.cells.dates": "Dates",
        "rmatch.io.cells.items": "split",
        "rmatch.io.cells.learning": "learned",
        "rmatch.io.cells.legends": "Legend legend_of",
        "rmatch.io.cells.options": "Options",
        "rmatch.io.cells.read": "read_cells",
        "rmatch.io.cells.refusals": "unsure",
        "rmatch.io.checks": "circles",
        "rmatch.io.columns": "COLUMNS PREFIXES SEPARATOR Column column_of",
        "rmatch.io.documents": "read_document",
        "rmatch.io.fields.alike": "key_of",
        "rmatch.io.fields.hours_grid": "slots_in",
        "rmatch.io.fields.managers": "says_nobody",
        "rmatch.io.join.duplicates": "timed_column",
        "rmatch.io.join.guess": "joined_by_guess",
        "rmatch.io.join.moments": "readings",
        "rmatch.io.join.spec": "Duplicates",
        "rmatch.io.mapping.fields": "LEFT_OUT",
        "rmatch.io.mapping.unsettled": "taken_as_right",
        "rmatch.io.profiles": "read_profiles",
        "rmatch.io.programme_file": "named_document programme_document read_programme write_programme",
        "rmatch.io.programme_shape": "programme_schema",
        "rmatch.io.read": "read_people",
        "rmatch.io.requests": "read_requests read_wishes",
        "rmatch.io.responses": "read_responses",
        "rmatch.io.schemas": "SCHEMAS schema",
        "rmatch.io.tables.csv": "DIALECTS Dialect csv_text",
        "rmatch.io.tables.layout": "Layout Layouts",
        "rmatch.io.tables.source": "read_table sheets",
        "rmatch.io.tables.table": "Table",
        "rmatch.io.tables.written": "TABLES kind_faults write_table",
        "rmatch.io.tables.xlsx": "check_xlsx",
        "rmatch.io.template": "write_template",
        "rmatch.io.write": "complete_record write_people",
    },
)
