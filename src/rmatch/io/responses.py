"""Reading what became of the pairs of an earlier round."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault
from rmatch.io.cells.cell import text_of
from rmatch.io.cells.dates import Dates, day_of, order_of
from rmatch.io.join.joined import called
from rmatch.io.pairs import REQUIRED, in_our_words, missing, unknown
from rmatch.io.tables.layout import Layout
from rmatch.io.tables.source import read_table
from rmatch.people import ANSWERING, Response, Responses
from rmatch.utils.validation import Malformed, refuse, shown

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from rmatch.io.tables.table import Table

COLUMNS = (*REQUIRED, "status", "date", "by", "reason_code", "override_reason")
LAYOUT = Layout(wanted=frozenset(COLUMNS))


def read_responses(source: Any) -> Responses:
    """Read what became of the pairs of an earlier round: who accepted, who declined, what ended.

    Parameters
    ----------
    source : path, dataframe, sequence or Responses
        A table with the columns ``mentor``, ``mentee`` and ``status``, and where there are such ``date``, ``by``,
        ``reason_code`` and ``override_reason``; a path ends in ``.csv``, ``.xlsx`` or ``.json``. A pair may have several
        rows, such as a log has them.

    Returns
    -------
    Responses
        The rows, in their order.

    Raises
    ------
    InvalidInputError
        With everything that is wrong: a status that is none, a day that may be two, an answer by somebody else.

    Examples
    --------
    >>> table = [{"mentor": "E7", "mentee": "D2", "status": "Declined", "date": "2026-10-01"}]
    >>> read_responses(table).rows
    (Response(mentor='E7', mentee='D2', status='declined', date=datetime.date(2026, 10, 1), by=''),)
    """
    if isinstance(source, Responses):
        return source
    table = in_our_words(read_table(source, LAYOUT), COLUMNS)
    faults = [
        *table.faults,
        *missing(table, (*REQUIRED, "status"), COLUMNS),
        *unknown(table, COLUMNS, "responses"),
    ]
    cells = {
        column: [text_of(cell) for cell in table.columns[column]]
        for column in COLUMNS
        if column in table.columns
    }
    dates = Dates(order=order_of(filter(None, cells.get("date", ()))))
    rows = []
    for position in range(len(table)):
        row = {column: texts[position] for column, texts in cells.items()}
        found = _Row(table, position, row, dates)
        rows.append(found.response())
        faults += found.faults
    refuse(faults)
    return Responses(tuple(rows), tuple(table.notes))


class _Row:
    """One row of a table of responses, and all that is wrong with it, in columns that are there."""

    def __init__(self, table: Table, position: int, cells: dict[str, str], dates: Dates) -> None:
        self.table, self.position, self.cells, self.dates = table, position, cells, dates
        self.faults: list[Fault] = []

    def response(self) -> Response:
        cells = self.cells
        for column in (*REQUIRED, "status"):
            if cells.get(column) == "":
                remedy = (
                    "give an id"
                    if column in REQUIRED
                    else "say what became of the pair: proposed where nobody has answered"
                )
                self._wrong(column, "is empty", remedy)
        mentor, mentee = (cells.get(column, "") for column in REQUIRED)
        status: Any = cells.get("status", "").lower()
        by: Any = self._by(mentor, mentee)
        reasons = cells.get("reason_code", ""), cells.get("override_reason", "")
        response = Response(mentor, mentee, status, self._date(), by, *reasons)
        if mentor and mentee and status:
            self.faults += self._placed(response)
        return response

    def _by(self, mentor: str, mentee: str) -> str:
        """Return who answered; whoever is named by id is one of the two."""
        by = self.cells.get("by", "")
        found = {mentor: "mentor", mentee: "mentee"}.get(by, by.lower())
        if found in ANSWERING:
            return found
        # It may be a name, which is not shown.
        remedy = f"say {', '.join(filter(None, ANSWERING))}, or the id of one of the two"
        self._wrong("by", "is somebody else than the two and the organiser", remedy)
        return ""

    def _date(self) -> dt.date | None:
        text = self.cells.get("date", "")
        remedy = "write the day like 2026-10-29"
        try:
            day = day_of(text, self.dates) if text else None
        except Malformed as error:
            fault = error.fault("", "")
            self._wrong("date", fault.problem.partition("; ")[0], remedy)
            return None
        if text and day is None:
            self._wrong("date", f"{shown(text)} is no day", remedy)
        return day

    def _placed(self, response: Response) -> Iterator[Fault]:
        for fault in response.faults():
            where = called(self.table, self.position, fault.field)
            yield Fault(where, fault.field, fault.problem, fault.remedy)

    def _wrong(self, column: str, problem: str, remedy: str) -> None:
        where = called(self.table, self.position, column)
        self.faults.append(Fault(where, column, problem, remedy))
