"""The fairness report as text, as HTML, as JSON and as columns of a table."""

from __future__ import annotations

import html
import json
import textwrap
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rmatch.fairness.groups import FOUR_FIFTHS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rmatch.fairness.groups import Group, GroupTable
    from rmatch.fairness.report import Fairness, Side

    Rows = list[tuple[str, ...]]

WIDTH, TEXT = 44, 100
HEADER = ("group", "people", "matched", "rate", "p of rate", "mean gain", "p of gain")
ABOUT_GROUPS = """\
Each group is compared with everybody else of its side: the share that got a partner (rate), and what those with a partner
gain on average, in points.

p says how often a blind draw of the places would make as large a difference, or a larger one. Of twenty such comparisons one
is below 0.05 by chance alone.

A lowest rate below four fifths of the highest is an indicator, no verdict: in small groups a blind lottery falls below it
often. Look at p and at the numbers.

A dash stands where there is nothing to show or to compare, and "suppressed" where so few people are in a group, or have a
partner, or have none, that somebody could be made out, or where the figure would give such a number away."""
NO_GROUPS = "The people have no dimensions to report on."
EVEN = {"Gini": 0, "Jain": 1, "Atkinson(1/2)": 0, "Atkinson(1)": 0}
"""The indices if all gain the same."""


def as_text(report: Fairness) -> str:
    """Return the report as text to read."""
    return "\n".join(
        line
        for title, body in _parts(report)
        for line in (*([title] * bool(title)), *_indented(body))
    )


def as_html(report: Fairness) -> str:
    """Return the report as HTML for a notebook."""
    return "\n".join(
        part
        for title, body in _parts(report)
        for part in (
            *([f"<h3>{html.escape(title)}</h3>"] * bool(title)),
            *(
                _html_table(item) if isinstance(item, list) else f"<p>{html.escape(item)}</p>"
                for item in body
            ),
        )
    )


def as_page(report: Fairness) -> str:
    """Return the report as a whole HTML page."""
    title = html.escape(f"Fairness of {report.programme or 'the matching'}")
    style = "body{font-family:sans-serif;max-width:60em;margin:2em auto}td,th{padding:.2em .8em;text-align:right}td:first-child,th:first-child{text-align:left}th{border-bottom:1px solid}"
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>{style}</style></head>\n'
        f"<body><h1>{title}</h1>\n{as_html(report)}\n</body></html>\n"
    )


def as_json(report: Fairness) -> str:
    """Return the report as JSON."""
    document = asdict(report) | {"worst": report.worst}
    for table, written in zip(report.groups, document["groups"], strict=True):
        written |= {
            "difference": table.difference,
            "ratio": table.ratio,
            "below_four_fifths": table.below_four_fifths,
        }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def columns(report: Fairness, table: str) -> dict[str, list[Any]]:
    """Return one of the tables, column by column."""
    if table == "people":
        rows = [asdict(person) for person in report.people]
        return {
            name: [row[name] for row in rows]
            for name in ("id", "role", "partners", "gain", "rank", "regret", "envy")
        }
    if table == "blocking":
        mentors, mentees = (
            zip(*report.blocking_pairs, strict=True) if report.blocking_pairs else ((), ())
        )
        return {"mentor": list(mentors), "mentee": list(mentees)}
    listed = [
        (own, group)
        for own in report.groups
        for group in (own.overall, *own.by_group, own.not_released)
    ]
    names = ("people", "matched", "match_rate", "mean_gain", "p_match_rate", "p_mean_gain", "draws")
    return {
        "side": [own.side for own, _ in listed],
        "dimension": [" × ".join(own.dimensions) for own, _ in listed],
        "group": [" × ".join(group.name) for _, group in listed],
        **{name: [getattr(group, name) for _, group in listed] for name in names},
        "notes": ["; ".join(group.notes) for _, group in listed],
    }


def _parts(report: Fairness) -> Iterator[tuple[str, list[str | Rows]]]:
    name = f"{report.programme}: " if report.programme else ""
    yield "", [f"{name}{_total(report)}"]
    yield (
        "What each side gains",
        [_sides(report), *_about(report.sides["mentor"]), *_about(report.sides["mentee"])],
    )
    yield "Would people rather meet others?", [_blocking(report), str(report.pareto)]
    yield "Protected attributes", [str(report.effect)]
    yield "Groups", [*(ABOUT_GROUPS if report.groups else NO_GROUPS).split("\n\n")]
    for table in report.groups:
        yield (
            f"{table.side.capitalize()}s by {' × '.join(table.dimensions)}",
            [_groups(table), *_about_table(table)],
        )


def _total(report: Fairness) -> str:
    count = len(report.points)
    if not count:
        return "nobody has a partner."
    most = "" if report.most is None else f", of at most {report.most:,} a pair"
    total = f"{count:,} pair{'s' * (count != 1)} with {report.total:,} points{most}."
    return f"{total} On average a pair has {report.total / count:,.0f}, and the worst has {report.worst:,}."


def _sides(report: Fairness) -> Rows:
    sides = list(report.sides.values())
    rows: Rows = [("", *(f"{side.side}s" for side in sides))]
    rows += [
        ("matched", *(f"{side.matched:,} of {side.people:,}" for side in sides)),
        ("mean gain, in points", *(_whole(side.mean) for side in sides)),
        ("least gain, in points", *(_whole(side.least) for side in sides)),
        ("nobody else would suit them better", *(f"{side.first_choice:,}" for side in sides)),
        ("would rather have another's partner", *(f"{side.envious:,}" for side in sides)),
    ]
    for name in sides[0].indices:
        rows.append(
            (
                f"{name} index ({EVEN[name]} if all gain the same)",
                *(_decimal(side.indices[name]) for side in sides),
            )
        )
    return rows


def _about(side: Side) -> Iterator[str]:
    if side.criteria:
        named = ", ".join(name.replace("_", " ") for name in side.criteria)
        yield f"A {side.side} gains the points of: {named}."
    else:
        yield f"No criterion says what a {side.side} gains."
    if None in side.indices.values():
        yield f"The indices of the {side.side}s cannot be estimated: they compare shares of gains of 0 and more, not all 0."


def _blocking(report: Fairness) -> str:
    if not report.blocking:
        return "No two people would both rather meet each other than their partners (stable)."
    first = ", ".join(f"{mentor} and {mentee}" for mentor, mentee in report.blocking_pairs[:3])
    rest = f", and {report.blocking - 3:,} more" if report.blocking > 3 else ""
    plural = "pairs of people" if report.blocking != 1 else "pair of people"
    return f"{report.blocking:,} {plural} would both rather meet each other (blocking pairs): {first}{rest}."


def _groups(table: GroupTable) -> Rows:
    shown = [group for group in table.by_group if group.people is not None]
    rest = len(table.by_group) - len(shown)
    rows: Rows = [HEADER, *map(_figures, [table.overall, *shown])]
    if rest:
        rows.append((f"{rest} group{'s' * (rest != 1)} suppressed", *[""] * (len(HEADER) - 1)))
    return [*rows, _figures(table.not_released)]


def _figures(group: Group) -> tuple[str, ...]:
    hidden = "suppressed" if "suppressed" in " ".join(group.notes) else "–"
    return (
        " × ".join(group.name),
        hidden if group.people is None else f"{group.people:,}",
        hidden if group.matched is None else f"{group.matched:,}",
        "–" if group.match_rate is None else f"{group.match_rate:.0%}",
        _decimal(group.p_match_rate),
        _whole(group.mean_gain),
        _decimal(group.p_mean_gain),
    )


def _about_table(table: GroupTable) -> Iterator[str]:
    for note in table.notes:
        yield f"{note[0].upper()}{note[1:]}."
    difference, ratio = table.difference, table.ratio
    if difference["match_rate"] is None:
        yield "Differences between groups cannot be estimated: fewer than two groups are shown."
    elif ratio["match_rate"] is None:
        yield "The ratio of match rates cannot be estimated: nobody is matched."
    else:
        told = "below" if table.below_four_fifths else "not below"
        yield (
            f"Match rates differ by {100 * difference['match_rate']:.0f} percentage points; the lowest is "
            f"{ratio['match_rate']:.2f} of the highest, {told} {FOUR_FIFTHS:g}."
        )
    reasons = dict.fromkeys(
        note for group in table.by_group for note in group.notes if "cannot" in note
    )
    yield from (f"{reason[0].upper()}{reason[1:]}." for reason in reasons)


def _indented(body: Sequence[str | Rows]) -> Iterator[str]:
    for item in body:
        if isinstance(item, str):
            yield textwrap.fill(
                item, TEXT, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False
            )
            continue
        widths = [max(map(len, column)) for column in zip(*item, strict=True)]
        widths[0] = min(widths[0], WIDTH)
        for row in item:
            name = row[0] if len(row[0]) <= WIDTH else f"{row[0][: WIDTH - 1]}…"
            cells = [
                f"{name:<{widths[0]}}",
                *(f"{cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True)),
            ]
            yield f"    {'  '.join(cells)}".rstrip()


def _html_table(rows: Rows) -> str:
    lines = [
        "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in row) + "</tr>"
        for tag, row in zip(["th", *["td"] * (len(rows) - 1)], rows, strict=True)
    ]
    return f"<table>{''.join(lines)}</table>"


def _whole(figure: float | None) -> str:
    return "–" if figure is None else f"{figure:,.0f}"


def _decimal(figure: float | None) -> str:
    return "–" if figure is None else f"{figure:.3f}"
