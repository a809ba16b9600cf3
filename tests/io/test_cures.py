"""Every fault names its cell, its value and a cure; the cure is read from the sentence, applied, and cures the fault."""

from __future__ import annotations

import copy
import csv
import re
import tomllib
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
import tomli_w

import rmatch
from rmatch.errors import InvalidInputError
from rmatch.io.tables.table import letter

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Cure = Callable[["Given", "Told"], None]

HEADER = "id;role;years;level;manager_id;hours;time_zone;offers;wants;mentor_capacity"
ROWS = (
    "a;mentor;2;Analyst;c;09:00-12:00;UTC;ai:3;;2",
    "b;mentor;4;Lead;c;;;video;;",
    "c;mentee;20;Director;;09:00-17:00;+01:00;;ai:2; ",
    "d;mentee;25;Head;c;;;;video;",
)
LEVELS = ("Analyst", "Lead", "Head", "Director")


@dataclass
class Given:
    """What an organiser has on the desk: tables, a mapping, the grades of the programme."""

    tables: dict[str, list[list[str]]]
    mapping: dict[str, Any] = field(default_factory=dict)
    levels: list[str] = field(default_factory=list)
    topic_levels: int = 5

    def faults(self, folder: Path) -> list[str]:
        """Return what reading, and meeting the programme, finds wrong."""
        for name, grid in self.tables.items():
            with (folder / name).open("w", newline="", encoding="utf-8") as file:
                csv.writer(file, delimiter=";").writerows(grid)
        paths = [folder / name for name in self.tables]
        sides = (
            {f"{path.stem}": path for path in paths} if len(paths) == 2 else {"source": paths[0]}
        )
        try:
            people = rmatch.read_people(**sides, mapping=self.mapping or None)
            rmatch.score(
                people, rmatch.Programme(levels=tuple(self.levels), topic_levels=self.topic_levels)
            )
        except InvalidInputError as error:
            return [str(fault) for fault in error.faults]
        return []


@dataclass
class Told:
    """A sentence, taken apart: the cell that it names, the rest."""

    sentence: str
    match: re.Match[str] | None = None

    @property
    def found(self) -> re.Match[str]:
        """What the cure says."""
        assert self.match is not None
        return self.match

    @property
    def cell(self) -> tuple[str, int, int]:
        """The table, the row and the column that the sentence names, from 0."""
        found = re.match(r"([^,]+), (?:column )?([A-Z]+)(\d*)\b", self.sentence)
        assert found, f"no file and cell in: {self.sentence}"
        column = next(number for number in range(700) if letter(number) == found[2])
        return found[1], int(found[3] or 1) - 1, column

    @property
    def quoted(self) -> str:
        """The first value that the sentence quotes behind its place."""
        found = re.search(r": .*?(?<![a-z])'([^']*)'", self.sentence)
        assert found, f"no value in: {self.sentence}"
        return found[1]


def put(made: Callable[[re.Match[str]], str]) -> Cure:
    """Write something into the cell that the sentence names."""

    def cure(given: Given, told: Told) -> None:
        name, row, column = told.cell
        given.tables[name][row][column] = made(told.found)

    return cure


def instead(made: Callable[[re.Match[str]], str]) -> Cure:
    """Write something into the cell in the place of the value that the sentence quotes."""

    def cure(given: Given, told: Told) -> None:
        name, row, column = told.cell
        cell = given.tables[name][row][column]
        assert told.quoted in cell
        given.tables[name][row][column] = cell.replace(told.quoted, made(told.found))

    return cure


def into_mapping(**keys: Any) -> Cure:
    """Write keys into the mapping."""

    def cure(given: Given, _: Told) -> None:
        for key, value in keys.items():
            known = given.mapping.get(key)
            given.mapping[key] = [*known, *value] if isinstance(known, list) else value

    return cure


def header(made: Callable[[re.Match[str], str], str]) -> Cure:
    """Write another header in the place of the one that the sentence quotes."""

    def cure(given: Given, told: Told) -> None:
        name, row, column = told.cell
        old = given.tables[name][row][column]
        given.tables[name][row][column] = made(told.found, old)

    return cure


def drop_rest(given: Given, told: Told) -> None:
    """Give a row as many cells as there are headers."""
    name, row = re.match(r"([^,]+), row (\d+)", told.sentence).groups()  # type: ignore[union-attr]
    grid = given.tables[name]
    width = len(grid[0])
    grid[int(row) - 1] = [*grid[int(row) - 1], *[""] * width][:width]


def own_id(given: Given, told: Told) -> None:
    """Give the person of the cell an id that nobody has."""
    name, row, column = told.cell
    given.tables[name][row][column] = "fresh"


def one_row(given: Given, told: Told) -> None:
    """Take the row of the cell away."""
    name, row, _ = told.cell
    del given.tables[name][row]


def empty(given: Given, told: Told) -> None:
    """Leave the cell empty."""
    name, row, column = told.cell
    given.tables[name][row][column] = ""


def add_manager(given: Given, told: Told) -> None:
    """Add a row with the role none for the id that the sentence quotes."""
    (grid,) = given.tables.values()
    row = [""] * len(grid[0])
    row[grid[0].index("id")], row[grid[0].index("role")] = told.quoted, "none"
    grid.append(row)


def add_column(name: str, cells: list[str]) -> Cure:
    """Add a column."""

    def cure(given: Given, _: Told) -> None:
        (grid,) = given.tables.values()
        for row, cell in zip(grid, [name, *cells], strict=True):
            row.append(cell)

    return cure


def lines_of_mapping(*alternatives: str) -> list[Cure]:
    """Write the lines that the sentence gives into the mapping, with what it leaves to be filled in filled in."""

    def cure(filled: str, given: Given, told: Told) -> None:
        known = tomli_w.dumps(given.mapping)
        given.mapping = _united(tomllib.loads(known), tomllib.loads(told.found.expand(filled)))

    return [partial(cure, filled) for filled in alternatives]


def _united(one: Any, other: Any) -> Any:
    if isinstance(one, dict) and isinstance(other, dict):
        return one | {key: _united(one.get(key), own) for key, own in other.items()}
    return [*one, *other] if isinstance(one, list) and isinstance(other, list) else other


def as_the_other(given: Given, told: Told) -> None:
    """Write what the other row says."""
    name, row, column = told.cell
    other, letters, number = told.found.groups()
    given.tables[name][row][column] = given.tables[other][int(number) - 1][ord(letters) - ord("A")]


def mapped(given: Given, told: Told) -> None:
    """Write what is meant in the place of the header that a mapping names."""
    for sources in (
        given.mapping.get("columns", {}),
        *given.mapping.get("roles", {}).get("mentor", ()),
    ):
        for key, source in list(sources.items()):
            if source == told.quoted:
                sources[key] = told.found[1]
            if key == told.quoted:
                sources[told.found[1]] = sources.pop(key)
    ignored = given.mapping.get("ignore", [])
    given.mapping["ignore"] = [told.found[1] if each == told.quoted else each for each in ignored]


CURES: dict[str, list[Cure]] = {
    r"give (\d+) to (\d+) years": [put(lambda m: m[1]), put(lambda m: m[2])],
    r"write digits, like (\S+) or (\S+)": [put(lambda m: m[1]), put(lambda m: m[2])],
    r"write (\d+), or say it in a mapping: \[values": [put(lambda m: m[1])],
    r"give (mentor), mentee, (both) or none": [put(lambda m: m[1]), put(lambda m: m[2])],
    r"every person needs one": [own_id],
    r"give the id; if it is one, put it into double quotes": [
        own_id,
        lambda given, told: put(lambda _: f'"{told.quoted}"')(given, told),
    ],
    r"an id of their own": [own_id, one_row],
    r"write days and intervals on quarter hours like (Mon [-\d:]+); (Tue [-\d:]+)": [
        put(lambda m: m[1]),
        put(lambda m: f"{m[1]}; {m[2]}"),
    ],
    r"write (00:00-24:00) for the whole day": [put(lambda m: m[1])],
    r"write an offset like (\S+), (UTC), or a name like (\S+)": [
        put(lambda m: m[1]),
        put(lambda m: m[2]),
        put(lambda m: m[3]),
    ],
    r"write (\S+:1) to (\S+:9), or (\S+) alone": [
        instead(lambda m: m[1]),
        instead(lambda m: m[2]),
        instead(lambda m: m[3]),
    ],
    r"write (\S+:1) to (\S+:[1-8]), or raise topic_levels": [
        put(lambda m: m[1]),
        put(lambda m: m[2]),
        lambda given, _: setattr(given, "topic_levels", 9),
    ],
    r"give one, or nothing": [put(lambda _: "3"), empty],
    r"write topic:number, put a topic with a colon in double quotes .*, or set levels = false": [
        instead(lambda _: "topic:2"),
        lambda given, told: put(lambda _: f'"{told.quoted}"')(given, told),
        into_mapping(levels=False),
    ],
    r"give each topic once": [put(lambda _: "ai:3")],
    r"give (match), (report), several with ; or nothing": [
        put(lambda m: m[1]),
        put(lambda m: f"{m[1]}; {m[2]}"),
        empty,
    ],
    r"add the managers with role none, or say unknown_managers = \"outside\"": [
        add_manager,
        into_mapping(unknown_managers="outside"),
    ],
    r"correct or empty one of their cells": [empty],
    r"leave the cell empty at the top": [empty],
    r"rename one of them": [header(lambda _, old: f"extra:{old}")],
    r"the column has no header; give it one": [header(lambda *_: "extra:more")],
    r"is not a column of rmatch; did you mean '([^']+)'\?": [header(lambda m, _: m[1])],
    r"prefix it with (dimension:) or (extra:) to keep it, or list it in a mapping's `ignore`": [
        header(lambda m, old: f"{m[1]}{old}"),
        header(lambda m, old: f"{m[2]}{old}"),
        lambda given, told: into_mapping(ignore=[told.quoted])(given, told),
    ],
    r"is not a column of \S+; did you mean '([^']+)'\?": [mapped],
    r"there is no column dimension:\S+; did you mean '([^']+)'\?": [
        header(lambda m, old: f"{old.partition(':')[0]}:{m[1]}")
    ],
    r"is not in the programme's levels; did you mean '([^']+)'\?": [put(lambda m: m[1])],
    r"give every row as many": [drop_rest],
    r"correct it, or list it in the mapping's `unknown`": [put(lambda _: "1990")],
    r"differs from (\S+), ([A-Z])(\d+); let both rows say the same": [as_the_other],
    r"give (mentor) or both, or ignore the column": [
        put(lambda m: m[1]),
        put(lambda _: "both"),
        into_mapping(ignore=["role"]),
    ],
    r"give at most ([\d,]+)": [put(lambda _: "Leeds")],
    r"say it in a mapping: \[(values.years)\] (\"[^\"]+\" = \"[^\"]+\")": lines_of_mapping(
        "[\\1]\n\\2"
    ),
    r"in a mapping: \[dates\] (on = \S+)": lines_of_mapping("[dates]\n\\1"),
    r"in a mapping: \[dates\] (order = \"day first\") or (\"month first\")": lines_of_mapping(
        "[dates]\n\\1", "[dates]\norder = \\2"
    ),
    r"write (2015-01-29), or say in a mapping what comes first: \[dates\] (order = \"day first\")": [
        put(lambda m: m[1]),
        *lines_of_mapping("[dates]\n\\2"),
    ],
    r"write ([\d.]+), or a day like (\S+)": [put(lambda m: m[1]), put(lambda m: m[2])],
    r"leave the cell empty, or say in a mapping that it is: \[(values\.\w+)\] (\".*?\" = \"\")": [
        empty,
        *lines_of_mapping("[\\1]\n\\2"),
    ],
    r"give each one in a mapping: \[(scales\.\w+)\] (\".*?\") = 1 to 9, or \"\" for no": lines_of_mapping(
        "[\\1]\n\\2 = 1", "[\\1]\n\\2 = 9", '[\\1]\n\\2 = ""'
    ),
    r"add what is an option to \[options\]; of free text write": [
        lambda given, told: given.mapping["options"]["offers"].append(told.quoted),
        lambda given, _: given.mapping.update(
            options={"offers": {"known": ["ai"], "rest": "keep"}}
        ),
        lambda given, _: given.mapping.update(
            options={"offers": {"known": ["ai"], "rest": "drop"}}
        ),
    ],
    r"say it in a mapping: \[(options)\] offers = \{ (learn = true), known = \[such an option, or each": [
        into_mapping(options={"offers": {"learn": True, "known": ["Excel, VBA"]}}),
        into_mapping(options={"offers": {"learn": True, "known": ["Excel", "VBA"]}}),
    ],
    r"in a mapping: \[(scales.wants)\] (\"1\" = 2), (\"2\" = 1); .* the numbers as they are": lines_of_mapping(
        "[\\1]\n\\2\n\\3", '[\\1]\n"1" = 1\n"2" = 2'
    ),
    r"leave one in it, or put it into double quotes": [
        put(lambda _: "sql"),
        lambda given, told: put(lambda _: f'"{told.quoted}"')(given, told),
    ],
    r"say in a mapping what the column is about: \[(option_columns\.\w+)\] (\"[^\"]*\") = \"…\"": lines_of_mapping(
        '[\\1]\n\\2 = "Coaching"'
    ),
    r"may be \S+ or \S+; write ([\d.]+)( or ([\d.]+))?$": [
        put(lambda m: m[1]),
        put(lambda m: m[3] or m[1]),
    ],
    r"or write the value": [put(lambda _: "20")],
    r"write how many, like (\d+)": [put(lambda m: m[1])],
    r"leave one of them out, or say at the top of a mapping: (duplicates = \{ keep = .*? \})": [
        one_row,
        *lines_of_mapping("\\1"),
    ],
    r"if they are two people: (duplicates = \{ namesakes = .*? \})": lines_of_mapping("\\1"),
    r"the column is missing; add it, or name the source's own in a mapping: \[columns\] id = \"…\"": [
        add_column("id", [*"abcd"]),
        *lines_of_mapping('[columns]\nid = "No"'),
    ],
    r"these columns are not rmatch's own: .*; read the table with a mapping": [
        lambda given, told: into_mapping(columns={"id": told.quoted})(given, told)
    ],
    r"add it, derive roles from conditions in a mapping, or give two tables": [
        add_column("role", ["mentor", "mentor", "mentee", "mentee"]),
        *lines_of_mapping(
            "[[roles.mentor]]\nyears = { at_most = 9 }\n[[roles.mentee]]\nyears = { at_least = 10 }"
        ),
    ],
    r"is not a key of a mapping; did you mean '([^']+)'\?": [
        lambda given, told: given.mapping.update(
            {told.found[1]: given.mapping.pop(told.sentence.split(": ")[0].split(", ")[1])}
        )
    ],
    r"is not an operator; did you mean '([^']+)'\?": [
        lambda given, told: (
            given.mapping["roles"]["mentor"][0]["years"].update({told.found[1]: 9})
            or given.mapping["roles"]["mentor"][0]["years"].pop("at_mots")
        )
    ],
    r"drop one of them; ignore = \[\"role\"\] leaves out the column": [
        into_mapping(ignore=["role"]),
        lambda given, _: given.mapping.pop("roles"),
    ],
}
"""How each cure is applied that a sentence may name: by what it says, its alternatives."""


def table(
    *edits: tuple[str, str], header: str = HEADER, rows: tuple[str, ...] = ROWS
) -> list[list[str]]:
    """Return the table that is right, but for some cells."""
    grid = [line.split(";") for line in (header, *rows)]
    for cell, value in edits:
        column, row = re.fullmatch(r"([A-Z])(\d+)", cell).groups()  # type: ignore[union-attr]
        line = grid[int(row) - 1]
        place = ord(column) - ord("A")
        line += [""] * (place + 1 - len(line))
        line[place] = value
    width = max(map(len, grid))
    return [line + [""] * (width - len(line)) for line in grid]


def one(*edits: tuple[str, str], **more: Any) -> Given:
    """Return one table that is right, but for some cells."""
    return Given({"people.csv": table(*edits)}, **more)


AGE = ("K1", "dimension:age"), ("L1", "consent:age"), ("K3", "Secret"), ("L3", "match")
BORN = {
    "columns": {"id": "id"},
    "ignore": ["role"],
    "extra": ["Born"],
    "roles": {"mentor": [{"Born": {"at_least": 1990}}], "mentee": [{"Born": {"at_most": 1989}}]},
}
SLIPS: dict[str, tuple[Given, str, str]] = {
    "negative years": (one(("C2", "-1")), "C2", "'-1'"),
    "too many years": (one(("C3", "200")), "C3", "'200'"),
    "years in a word": (one(("C2", "some")), "C2", "'some'"),
    "years as a number in a word": (one(("C2", "ten")), "C2", "'ten'"),
    "a capacity as a number in a word": (one(("J2", "fünf")), "J2", "'fünf'"),
    "a capacity as a number of people in a word": (
        one(("J2", "Two mentees")),
        "J2",
        "'Two mentees'",
    ),
    "a time for hours": (one(("F2", "1:30:00")), "F2", "01:30"),
    "a spreadsheet's share of a day for hours": (one(("F2", "0,0625")), "F2", "01:30"),
    "no role": (one(("B2", "boss")), "B2", "'boss'"),
    "an empty role": (one(("B2", "")), "B2", "the role is not known"),
    "no id": (one(("A2", "")), "A2", "the id is empty"),
    "an id twice": (one(("A3", "a")), "A3", "'a'"),
    "hours in words": (one(("F2", "mornings")), "F2", "'mornings'"),
    "hours between quarters": (one(("F2", "09:10-12:00")), "F2", "'09:10-12:00'"),
    "an empty interval": (one(("F2", "09:00-09:00")), "F2", "'09:00-09:00'"),
    "no time zone": (one(("G2", "Mars")), "G2", "'Mars'"),
    "an offset too large": (one(("G2", "+15:00")), "G2", "'+15:00'"),
    "a level of nought": (one(("H2", "ai:0")), "H2", "'ai:0'"),
    "a level above nine": (one(("H2", "web: 12; ai:2")), "H2", "'web: 12'"),
    "a level above the programme's": (one(("H2", "ai:7")), "H2", "'ai:7'"),
    "a level in words": (one(("I5", "video:high")), "I5", "'high'"),
    "a topic with a colon": (one(("H2", "AWS: EC2")), "H2", "'AWS: EC2'"),
    "a topic twice": (one(("H2", "ai:2; AI:3")), "H2", "'AI'"),
    "half a partner": (one(("J2", "1.5")), "J2", "'1.5'"),
    "a consent to something else": (one(*AGE, ("L2", "sell")), "L2", "the value is not a purpose"),
    "a manager whom nobody knows": (one(("E3", "zz")), "E3", "'zz'"),
    "a circle of managers": (one(("E4", "a"), ("E2", "c")), "E2", "'c'"),
    "a header twice": (one(("K1", "site"), ("L1", "site"), ("K2", "x")), "L1", "site"),
    "no header": (one(("L1", "site"), ("K2", "x")), "K1", "the column has no header"),
    "too few cells": (
        Given(
            {
                "people.csv": [
                    line[: 9 if number == 2 else None] for number, line in enumerate(table())
                ]
            }
        ),
        "",
        "row 3: the row has 9 cells under 10 headers",
    ),
    "too many cells": (
        Given(
            {"people.csv": [line + ["x"] * (number == 2) for number, line in enumerate(table())]}
        ),
        "",
        "row 3: the row has 11 cells under 10 headers",
    ),
    "a header misspelt": (one(("C1", "yeers")), "column C", "'yeers'"),
    "a header of one's own": (one(("K1", "Club"), ("K2", "chess")), "column K", "'Club'"),
    "a consent misspelt": (
        one(("K1", "dimension:age"), ("L1", "consent:aeg"), ("K3", "x"), ("L3", "match")),
        "column L",
        "consent:aeg",
    ),
    "a grade misspelt": (one(("D4", "Directr"), levels=list(LEVELS)), "D4", "'Directr'"),
    "a source column misspelt": (
        Given(
            {"people.csv": table(("C1", "Exp"))}, {"columns": {"years": "Expp"}, "ignore": ["Exp"]}
        ),
        "",
        "'Expp'",
    ),
    "no number where a role depends on it": (
        Given(
            {
                "people.csv": table(
                    ("K1", "Born"),
                    *((f"K{row}", "1991") for row in (2, 3)),
                    ("K4", "Secret"),
                    ("K5", "1970"),
                )
            },
            BORN,
        ),
        "K4",
        "the value",
    ),
    "two rows of one person that differ": (
        Given(
            {
                "mentors.csv": [["id", "years"], ["a", "2"], ["b", "3"]],
                "mentees.csv": [["id", "years"], ["b", "4"], ["c", "20"]],
            }
        ),
        "B3",
        "differs",
    ),
    "a role on the wrong side": (
        Given(
            {
                "mentors.csv": [["id", "role"], ["a", "mentee"]],
                "mentees.csv": [["id", "role"], ["b", "mentee"]],
            }
        ),
        "B2",
        "'mentee'",
    ),
    "a band that a spreadsheet took for a day": (one(("C3", "2-Jan")), "C3", "'2-Jan'"),
    "a day without a day to count to": (one(("C4", "2001-02-03")), "C4", "'2001-02-03'"),
    "a calendar year for years": (one(("C4", "2015")), "C4", "'2015'"),
    "a capacity that a spreadsheet took for a day": (one(("J2", "2-Jan")), "J2", "'2-Jan'"),
    "a band for a capacity": (one(("J2", "2 bis 3")), "J2", "'2 bis 3'"),
    "a capacity in a word": (one(("J2", "unlimited")), "J2", "'unlimited'"),
    "an id to come": (one(("A3", "TBD")), "A3", "'TBD'"),
    "an id too long": (one(("A3", "y" * 1_001)), "A3", "'yyyy"),
    "a day as a spreadsheet counts it": (one(("C4", "42033")), "C4", "'42033'"),
    "a day that may be two": (
        one(("C4", "03/04/2001"), mapping={"dates": {"on": "2026-03-01"}}),
        "C4",
        "'03/04/2001'",
    ),
    "a month and a year": (
        one(("C4", "10.2015"), mapping={"dates": {"on": "2026-03-01"}}),
        "C4",
        "'10.2015'",
    ),
    "nothing to offer": (one(("H3", "None")), "H3", "'None'"),
    "a text beside the options": (
        one(
            ("H2", "ai, knitting"),
            mapping={"options": {"offers": ["ai", "video"]}, "separators": {"offers": ","}},
        ),
        "H2",
        "'knitting'",
    ),
    "an option or two": (
        one(
            ("H2", "Excel, VBA"),
            ("H3", "Excel, VBA"),
            ("H5", "Excel, VBA"),
            mapping={"options": {"offers": "learn"}, "separators": {"offers": ","}},
        ),
        "",
        "'Excel, VBA'",
    ),
    "ranks that may be priorities": (
        one(
            *(("K1", "Rank: ai"), ("L1", "Rank: video"), ("K4", "1"), ("L4", "2")),
            mapping={"option_columns": {"wants": {"Rank: ai": "SQL", "Rank: video": "Go"}}},
        ),
        "",
        "ranks",
    ),
    "two choices in one": (
        one(("K1", "1st"), ("K4", "sql; go"), mapping={"ranks": {"wants": ["1st"]}}),
        "K4",
        "'sql; go'",
    ),
    "a word without a level": (
        one(
            ("K1", "SQL?"),
            ("K3", "Somewhat"),
            mapping={"option_columns": {"offers": {"SQL?": "SQL"}}},
            topic_levels=9,
        ),
        "K3",
        "'Somewhat'",
    ),
    "levels out of five and of nine": (
        one(
            *(("K1", "SQL?"), ("K2", "4/5"), ("K3", "4/5"), ("K4", "4/9")),
            mapping={"option_columns": {"offers": {"SQL?": "SQL"}}},
            topic_levels=9,
        ),
        "",
        "out of 9",
    ),
    "how sure somebody is": (
        one(("H2", "Very confident"), ("H3", "Not at all confident")),
        "H2",
        "'Very confident'",
    ),
    "a share of a partner": (one(("J2", "50 %")), "J2", "'50 %'"),
    "one address twice": (
        one(("K1", "email"), ("K2", "Private@x.org"), ("K3", "private@x.org"), ("A3", "b7")),
        "K3",
        "is the e-mail address of people.csv, K2",
    ),
    "no ids": (one(("A1", "No")), "", "'No'"),
    "no ids in a foreign table": (
        one(("A1", "No"), mapping={"ignore": []}),
        "",
        "id: the column is missing",
    ),
    "no roles": (one(("B1", "extra:role")), "", "role: the column is missing"),
    "a key of a mapping misspelt": (one(mapping={"ignroe": []}), "", "ignroe"),  # codespell:ignore
    "an operator misspelt": (
        one(
            mapping={
                "ignore": ["role"],
                "roles": {
                    "mentor": [{"years": {"at_mots": 9}}],
                    "mentee": [{"years": {"at_least": 10}}],
                },
            }
        ),
        "",
        "at_mots",
    ),
    "roles from two places": (
        one(
            mapping={
                "roles": {
                    "mentor": [{"years": {"at_most": 9}}],
                    "mentee": [{"years": {"at_least": 10}}],
                },
            }
        ),
        "",
        "roles come from a column and from conditions",
    ),
    "thousands in years": (one(("C4", "1,200")), "C4", "'1,200'"),
    "thousands in partners": (one(("J2", "1.200")), "J2", "'1.200'"),
    "a formula without its value": (one(("C4", "=B7+1")), "C4", "'=B7+1'"),
    "an error value for an id": (one(("A3", "#NV")), "A3", "'#NV'"),
    "a cell too large": (one(("K1", "site"), ("K2", "y" * 100_001)), "K2", "'yyyy"),
}


def known_cures(sentence: str) -> list[tuple[re.Match[str], Cure]]:
    """Return every cure that a sentence names."""
    found = [
        (match, cure)
        for told, cures in CURES.items()
        if (match := re.search(told, sentence))
        for cure in cures
    ]
    assert found, f"no known cure in: {sentence}"
    return found


@pytest.mark.parametrize("slip", SLIPS)
def test_a_fault_names_its_cell_and_its_value(tmp_path: Path, slip: str) -> None:
    given, cell, value = SLIPS[slip]
    sentences = copy.deepcopy(given).faults(tmp_path)
    assert sentences, "nothing was found"
    first = sentences[0]
    name = next(iter(given.tables))
    assert value in first
    assert not cell or f"{name}, {cell}" in first
    assert "secret" not in first.casefold()
    assert "private" not in first.casefold()


@pytest.mark.parametrize("slip", SLIPS)
def test_every_cure_that_a_fault_names_cures_it(tmp_path: Path, slip: str) -> None:
    given, *_ = SLIPS[slip]
    first = copy.deepcopy(given).faults(tmp_path)[0]
    for number in range(len(known_cures(first))):
        mended = copy.deepcopy(given)
        faults, last = mended.faults(tmp_path), None
        for _ in range(10):
            if not faults or faults[0] == last:
                break
            last = faults[0]
            cures = known_cures(last)
            match, cure = cures[min(number, len(cures) - 1)]
            cure(mended, Told(last, match))
            faults = mended.faults(tmp_path)
        assert not faults, f"cure {number} of {first!r} leaves {faults}"


def test_the_right_table_is_right(tmp_path: Path) -> None:
    assert not one(levels=list(LEVELS)).faults(tmp_path)
