"""The fairness report as text, as HTML, as plain data and as columns of a table."""

from __future__ import annotations

import textwrap
from dataclasses import fields
from html import escape
from typing import TYPE_CHECKING, Any

from rmatch.fairness.contents import parts
from rmatch.fairness.figures import PersonStanding
from rmatch.utils.documents import plain
from rmatch.utils.shown import table, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.fairness.contents import Rows
    from rmatch.fairness.figures import FairnessFigures
    from rmatch.fairness.groups.group import GroupTable

    Columns = dict[str, list[Any]]

WIDTH, TEXT = 44, 100
PERSONAL = {"points", "people", "blocking_pairs"}
"""What is told of single people or pairs, and so of no document about groups."""
GROUP_FIGURES = (
    "people",
    "matched",
    "above",
    "match_rate",
    "above_rate",
    "p_match_rate",
    "p_above_rate",
)
STYLE = (
    "body{font-family:sans-serif;max-width:60em;margin:2em auto}"
    "td,th{padding:.2em .8em;text-align:right}"
    "td:first-child,th:first-child{text-align:left}"
    "th{border-bottom:1px solid}"
)


def as_text(report: FairnessFigures) -> str:
    """Return the report as text to read."""
    lines = []
    for title, body in parts(report):
        if title:
            lines.append(title)
        for item in body:
            lines += [_paragraph(item)] if isinstance(item, str) else _aligned(item)
    return "\n".join(lines)


def as_html(report: FairnessFigures) -> str:
    """Return the report as HTML for a notebook."""
    elements = []
    for title, body in parts(report):
        if title:
            elements.append(text("h3", title))
        elements += [
            text("p", item) if isinstance(item, str) else table(item[0], item[1:]) for item in body
        ]
    return "\n".join(elements)


def as_page(report: FairnessFigures) -> str:
    """Return the report as a whole HTML page."""
    title = escape(f"Fairness of {report.programme or 'the matching'}")
    head = f'<meta charset="utf-8"><title>{title}</title><style>{STYLE}</style>'
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head>{head}</head>\n'
        f"<body><h1>{title}</h1>\n{as_html(report)}\n</body></html>\n"
    )


def as_dict(report: FairnessFigures) -> dict[str, Any]:
    """Return the report as plain data, without what it holds of single people and pairs."""
    names = (field.name for field in fields(report) if field.name not in PERSONAL)
    document = {name: plain(getattr(report, name)) for name in names}
    for groups, written in zip(report.groups, document["groups"], strict=True):
        written["difference"] = plain(groups.difference)
        written["ratio"] = plain(groups.ratio)
        written["below_four_fifths"] = groups.below_four_fifths
    return document | {"worst": report.worst}


def columns(report: FairnessFigures, wanted: str) -> Columns:
    """Return one of the tables, column by column."""
    if wanted == "people":
        names = [field.name for field in fields(PersonStanding)]
        return {name: [getattr(person, name) for person in report.people] for name in names}
    if wanted == "blocking":
        return {
            "mentor": [mentor for mentor, _ in report.blocking_pairs],
            "mentee": [mentee for _, mentee in report.blocking_pairs],
        }
    return _group_columns(report.groups)


def _group_columns(tables: tuple[GroupTable, ...]) -> Columns:
    listed = [(one, group) for one in tables for group in (one.overall, *one.by_group, one.rest)]
    figures = {name: [getattr(group, name) for _, group in listed] for name in GROUP_FIGURES}
    return {
        "side": [one.side for one, _ in listed],
        "dimension": [" × ".join(one.dimensions) for one, _ in listed],
        "group": [" × ".join(group.name) for _, group in listed],
        **figures,
        "notes": ["; ".join(one.notes) for one, _ in listed],
    }


def _paragraph(sentence: str) -> str:
    return textwrap.fill(
        sentence, TEXT, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False
    )


def _aligned(rows: Rows) -> Iterator[str]:
    first, *others = zip(*rows, strict=True)
    width = min(max(map(len, first)), WIDTH)
    widths = [max(map(len, column)) for column in others]
    for name, *cells in rows:
        short = name if len(name) <= WIDTH else f"{name[: WIDTH - 1]}…"
        right = (f"{cell:>{space}}" for cell, space in zip(cells, widths, strict=True))
        yield f"    {'  '.join([f'{short:<{width}}', *right])}".rstrip()
