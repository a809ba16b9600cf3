"""A plan as tables: its meetings, and its calendar."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, Literal, TypeAlias, get_args

from rmatch.rounds import Meeting, Planned
from rmatch.utils.validation import choice, refuse

PlanTable: TypeAlias = Literal["meetings", "calendar"]


def lines(plan: Planned, table: PlanTable) -> list[list[Any]]:
    """Return a table of a plan as its headers and its rows of cells; see :meth:`rmatch.lifecycle.Plan.to_table`."""
    refuse(choice("plan", "table", table, get_args(PlanTable)))
    if table == "calendar":
        header, *rows = calendar_rows(plan, nobody="")
        return [["id", *header[1:]], *rows]
    names = [each.name for each in fields(Meeting)]
    return [names, *([getattr(one, name) for name in names] for one in plan.meetings)]


def calendar_rows(plan: Planned, nobody: str = "–") -> list[list[str]]:
    """Return a row for everybody who takes part, below the heads of the columns."""
    header = ["", *(f"round {number}" for number in range(1, plan.terms.rounds + 1))]
    return [header] + [
        [one, *("; ".join(partners) or nobody for partners in rounds)]
        for one, rounds in plan.calendar.items()
    ]
