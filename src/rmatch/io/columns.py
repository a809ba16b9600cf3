"""The columns of a people table: header, meaning, type and example, in one place."""

from __future__ import annotations

from dataclasses import dataclass, replace

SEPARATOR = ";"
PREFIXES = ("dimension:", "consent:", "extra:")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a people table.

    Attributes
    ----------
    header : str
        What stands in the first row; in the documentation a ``<name>`` is the user's to choose.
    kind : str
        How its cells are read: the name of a parser in :mod:`rmatch.io.cells.parsers`.
    type : str
        What a cell may hold, in words.
    examples : tuple of str
        The cells of a mentor and of a mentee.
    meaning : str
        What it says about the person.
    private : bool
        Whether errors must not show its values.
    """

    header: str
    kind: str
    type: str
    examples: tuple[str, str]
    meaning: str
    private: bool = False

    @property
    def many(self) -> bool:
        """Whether a cell is a list."""
        return self.kind in {"set", "levels", "priorities", "consent", "display"}

    @property
    def joins(self) -> bool:
        """Whether several source columns can make one."""
        return self.kind in {"id", "plain", "text", "label", "boss", "set", "levels", "priorities"}


COLUMNS = (
    Column("id", "id", "text, required, unique", ("E7", "E2"), "identifies the person; shown in errors and logs, so not a name"),
    Column("name", "plain", "text", ("Ada Example", "Grace Sample"), "passed through to files that you ask for", private=True),
    Column("email", "plain", "text", ("ada@example.org", "grace@example.org"), "passed through like the name", private=True),
    Column("role", "role", "mentor, mentee, both or none; required", ("mentor", "mentee"), "what the person plays; none stands in the organisation chart only"),
    Column("years", "years", "number from 0 to 80, kept to 0.01; also in words, as a band, or a day to count from", ("2,5", "24"), "years of experience"),
    Column("level", "label", "text", ("Analyst", "Director"), "the grade, one of the programme's levels"),
    Column("manager_id", "boss", "an id of the same table", ("", ""), "the person's own boss; empty at the top"),
    Column("department", "label", "text", ("Data", "Sales"), "where the person works"),
    Column("site", "label", "text", ("Leeds", "Vienna"), "where the person works"),
    Column("hours", "hours", "intervals on quarter hours, after days of the week or without; one may cross midnight", ("Mon-Thu 09:00-12:00; Fri 13:00-17:00", "08:30-16:00"), "when the person can meet, in the person's own time zone; without a day, Monday to Friday"),
    Column("time_zone", "zone", "an offset like +02:00 or UTC+2, a name like Europe/Berlin, or what Windows calls it", ("Europe/London", "UTC+1"), "the zone of the hours; without one they are taken as UTC"),
    Column("languages", "set", "list", ("en; cy", "en; de"), "what the person speaks"),
    Column("meeting_modes", "set", "list", ("video; in person", "video"), "how the person can meet"),
    Column("offers", "levels", "list of topic or topic:level, level 1 to 9", ("python:4; prompt engineering:2", "negotiation"), "what the person knows and can teach"),
    Column("wants", "priorities", "list of topic or topic:priority, priority 1 to 9, else 1", ("negotiation", "prompt engineering:3; python"), "what the person wants to learn; a higher priority matters more"),
    Column("lived_topics", "set", "list", ("returning after a career break", ""), "lived experience that the person chose to share as a mentor", private=True),
    Column("mentor_capacity", "capacity", "whole number from 0", ("2", ""), "mentees that the person can take; empty leaves it to the programme"),
    Column("mentee_capacity", "capacity", "whole number from 0", ("", "1"), "mentors that the person can take; empty leaves it to the programme"),
    Column("mentor_minimum", "minimum", "whole number from 0", ("", ""), "mentees that the person must get; hard; empty leaves it to the programme"),
    Column("mentee_minimum", "minimum", "whole number from 0", ("", ""), "mentors that the person must get; hard; empty leaves it to the programme"),
    Column("priority", "priority", "whole number from 0 to 1000", ("", ""), 'who comes first where not everybody gets a partner, the highest number before all others; empty is 0; counts where the programme says `waiting = "first"`'),
    Column("accepted_levels", "set", "list", ("Director", ""), "the grades of partners whom the person accepts; empty accepts all"),
    Column("accepted_sites", "set", "list", ("", ""), "the sites of partners whom the person accepts; empty accepts all"),
    Column("dimension:<name>", "set", "list", ("an answer; another answer", "an answer"), "the answer to a demographic question; several are allowed, empty is unknown", private=True),
    Column("consent:<name>", "consent", "list of match, report", ("match; report", "match"), "what the answers to that dimension may be used for; empty is nothing, and then they are not read", private=True),
    Column("consent:lived_topics", "display", "list of match, report, display", ("display", ""), "display releases the lived topics to the partner", private=True),
    Column("extra:<name>", "text", "text", ("chess", ""), "a further column, for your own criteria and rules", private=True),
)  # fmt: skip

TOPICAL = ("languages", "meeting_modes", "offers", "wants", "lived_topics")
"""The lists whose items name things, so that no item is a yes, a number or the word of a scale."""
STANDARD = {column.header: column for column in COLUMNS if "<" not in column.header}
_FAMILIES = {
    column.header.removesuffix("<name>"): column for column in COLUMNS if "<" in column.header
}


def column_of(header: str) -> Column | None:
    """Return the column with some header, or None if rmatch has no such column.

    Examples
    --------
    >>> years, age = column_of("years"), column_of("dimension:age")
    >>> years and years.type
    'number from 0 to 80, kept to 0.01; also in words, as a band, or a day to count from'
    >>> age and age.private
    True
    >>> column_of("Departement") is None
    True
    """
    if header in STANDARD:
        return STANDARD[header]
    prefix, colon, name = header.partition(":")
    family = _FAMILIES.get(prefix + colon)
    return replace(family, header=header) if family and name.strip() else None


def public(header: str) -> str:
    """Return a header as errors show it: what a record has below a private field may be a value of it.

    Examples
    --------
    >>> public("name.formatted"), public("Team.name"), public("dimension:age")
    ('name.…', 'Team.name', 'dimension:age')
    """
    field, joint, _ = header.partition(".")
    column = column_of(field)
    return f"{field}.…" if joint and column is not None and column.private else header


def table_of_columns() -> str:
    """Return the columns as a Markdown table, as the documentation prints it."""
    lines = ["| header | meaning | a cell holds | example |", "|---|---|---|---|"]
    lines += [
        f"| `{column.header}` | {column.meaning} | {column.type} | {_code(column.examples[0])} |"
        for column in COLUMNS
    ]
    return "\n".join(lines)


def _code(text: str) -> str:
    return f"`{text}`" if text else ""
