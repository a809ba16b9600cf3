"""How the columns of one table are read, from a mapping document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault, InvalidInputError, nearest
from rmatch.io.cells.cell import UNKNOWN, Habits
from rmatch.io.cells.dates import Dates
from rmatch.io.cells.items import quoted
from rmatch.io.cells.options import UNLISTED, Options
from rmatch.io.columns import SEPARATOR, TOPICAL, column_of
from rmatch.io.mapping.keys import KEYS
from rmatch.io.mapping.loaded import NAME, loaded
from rmatch.io.mapping.unsettled import settled
from rmatch.io.mapping.wishes_key import Wishes
from rmatch.io.tables.layout import UNSAID, Layout

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator

    from rmatch.io.cells.hours import Slot
    from rmatch.io.join.spec import Duplicates, Join
    from rmatch.io.mapping.choices import OptionColumn, Report
    from rmatch.io.mapping.conditions import Condition

    Document = Mapping[str, Any]

SIDES = ("mentors", "mentees")
CHOICES = ("options", "option_columns", "scales", "ranks", "levels_by")
PARTKEYS = (
    *(
        "table",
        "columns",
        "separators",
        "values",
        "ignore",
        "extra",
        "join",
        "duplicates",
        "wishes",
    ),
    "hours_grid",
    *CHOICES,
)


@dataclass(frozen=True, slots=True)
class Translation:
    """How the columns of one table are read.

    Attributes
    ----------
    name : str
        The mapping in the user's terms.
    columns : dict of str to list of str
        The source columns of each field.
    separators : dict of str to str
        What stands between items, by field.
    values : dict of str to dict of str to str
        What casefolded cells or items mean, by field.
    ignore : list of str
        Source columns that are left out on purpose.
    unknown : frozenset of str
        Casefolded markers.
    outside : bool
        Whether managers who are nobody in the input are outside it.
    levels : bool
        Whether topics may carry numbers.
    options : dict of str to Options
        What is known of the options of lists, by field.
    option_columns : dict of str to dict of str to OptionColumn
        The source columns that stand for one item each, by field.
    scales : dict of str to dict of str to int or None
        The level of words by their folded form, None for what is not chosen, by field.
    ranks : dict of str to list of str
        The columns of the first, second, … choice, by field.
    levels_by : dict of str to str
        The column that holds the level of a whole list, by field.
    topics : dict of str to str
        What topics count as, by their folded form.
    roles : dict of str to list of list of Condition
        The rules of ``"mentor"`` and ``"mentee"``.
    consent : dict of str to int
        Purposes by dimension, and under ``"all"`` for all others.
    reason : str
        Why consent is given.
    joins : tuple of Join
        How further tables about the same people are joined to the first.
    duplicates : Duplicates or None
        Which of several rows of one person counts.
    mentions : frozenset of str
        Every text of the mapping that may be a header.
    dates : Dates
        How days are written, and to which day years are counted.
    managers_by : str
        What the cells of managers hold; empty where that is to be found.
    wishes : Wishes
        The columns in which people name others.
    hours_grid : tuple of str or None
        The headers of a week grid; empty where they are found, None where there is no grid.
    layout, layouts : Layout, and dict of str to Layout
        How the sources are laid out, and how single files are.
    slots : dict of str to tuple of Slot
        What each of these headers names, for the table at hand.
    """

    name: str = NAME
    columns: dict[str, list[str]] = field(default_factory=dict)
    separators: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    ignore: list[str] = field(default_factory=list)
    unknown: frozenset[str] = UNKNOWN
    outside: bool = False
    levels: bool = True
    options: dict[str, Options] = field(default_factory=dict)
    option_columns: dict[str, dict[str, OptionColumn]] = field(default_factory=dict)
    scales: dict[str, dict[str, int | None]] = field(default_factory=dict)
    ranks: dict[str, list[str]] = field(default_factory=dict)
    levels_by: dict[str, str] = field(default_factory=dict)
    topics: dict[str, str] = field(default_factory=dict)
    roles: dict[str, list[list[Condition]]] = field(default_factory=dict)
    consent: dict[str, int] = field(default_factory=dict)
    reason: str = ""
    joins: tuple[Join, ...] = ()
    duplicates: Duplicates | None = None
    mentions: frozenset[str] = frozenset()
    dates: Dates = field(default_factory=Dates)
    managers_by: str = ""
    wishes: Wishes = field(default_factory=Wishes)
    hours_grid: tuple[str, ...] | None = None
    layout: Layout = UNSAID
    layouts: dict[str, Layout] = field(default_factory=dict)
    slots: dict[str, tuple[Slot, ...]] = field(default_factory=dict)

    def tests(self) -> list[Condition]:
        """Return the conditions of all roles."""
        return [condition for rules in self.roles.values() for rule in rules for condition in rule]

    def choices(self) -> dict[str, list[str]]:
        """Return the source columns that make up fields together, by field."""
        made: dict[str, list[str]] = {
            header: list(columns) for header, columns in self.option_columns.items()
        }
        for name, headers in self.ranks.items():
            if column_of(name):
                made[name] = [*made.get(name, ()), *headers]
        return made

    def habits(self, header: str, source: str = "") -> Habits:
        """Return how the cells of a field are written in a source column."""
        separator, values = self.separators.get(header, SEPARATOR), self.values.get(header, {})
        options = self.options.get(header, UNLISTED)
        if separator and any(separator in value for value in values):
            # A value that holds the separator can only be meant as one option.
            options = options.with_known(value for value in values if separator in value)
        return Habits(
            separator,
            self.unknown,
            values,
            self.levels,
            self.dates,
            options,
            source,
            header if header in TOPICAL else "",
        )


def translations(
    mapping: str | os.PathLike[str] | Document, sides: Iterable[str]
) -> list[Translation]:
    """Read a mapping document for one table, or for the tables of both sides.

    Parameters
    ----------
    mapping : path or mapping
        A TOML or JSON file, or what it would hold.
    sides : iterable of str
        ``"mentors"`` and ``"mentees"`` when two tables are read, else nothing.

    Returns
    -------
    list of Translation
        One for each side, or one.

    Raises
    ------
    InvalidInputError
        If the document has wrong keys or values: all of them.
    """
    name, written = loaded(mapping)
    faults: dict[Fault, None] = {}

    def doubted(where: str, problem: str, remedy: str) -> None:
        faults[Fault(name, where, problem, remedy)] = None

    document = settled(written, doubted)
    sides = list(sides)
    if not sides:
        for key in (side for side in SIDES if side in document):
            faults[
                Fault(
                    name, key, "this part is for two tables", "give them as mentors= and mentees="
                )
            ] = None
    if sides and "roles" in document:
        faults[Fault(name, "roles", "two tables give the roles themselves", "leave it out")] = None
    read = [_translation(name, _merged(document, side), faults) for side in sides or [""]]
    for position, side in enumerate(sides):
        own = read[position].wishes.of_side(side.removesuffix("s"))
        read[position] = replace(read[position], wishes=own)
    if faults:
        raise InvalidInputError(faults)
    return read


def _merged(document: Document, side: str) -> dict[str, Any]:
    common = {key: value for key, value in document.items() if key not in SIDES}
    part = document.get(side, {})
    if not isinstance(part, Mapping) or not set(part) <= set(PARTKEYS):
        return {**common, side: part}
    return _united(common, part)


def _united(common: Document, part: Document) -> dict[str, Any]:
    whole = dict(common)
    for key, value in part.items():
        known = whole.get(key)
        if isinstance(known, Mapping) and isinstance(value, Mapping):
            whole[key] = _united(known, value)
        elif isinstance(known, list) and isinstance(value, list) and key in {"ignore", "extra"}:
            whole[key] = [*known, *value]
        else:
            whole[key] = value
    return whole


def _translation(name: str, document: Document, faults: dict[Fault, None]) -> Translation:
    def report(where: str, problem: str, remedy: str) -> None:
        faults[Fault(name, where, problem, remedy)] = None

    settings: dict[str, Any] = {"name": name, "mentions": frozenset(_mentions(document))}
    for key, value in document.items():
        if key in KEYS:
            settings |= KEYS[key](value, report)
        elif key in SIDES:
            report(
                key,
                "this part holds something else than its tables",
                f"it may hold {', '.join(PARTKEYS)}",
            )
        else:
            report(str(key), "is not a key of a mapping", nearest(str(key), (*KEYS, *SIDES)))
    if "dates" in settings and settings.get("duplicates"):
        settings["duplicates"] = replace(settings["duplicates"], order=settings["dates"].order)
    _check_meanings(settings, report)
    extra = {f"extra:{column}": [column] for column in settings.pop("extra", ())}
    return Translation(**settings | {"columns": {**extra, **settings.get("columns", {})}})


def _mentions(part: Any, depth: int = 0) -> Iterator[str]:
    """Go through every text that may be a header: values, and keys below those of rmatch's own."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        for key, value in part.items():
            if depth > 1 or (depth == 1 and column_of(str(key)) is None):
                yield str(key)
            yield from _mentions(value, depth + 1)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from _mentions(value, depth)


def _check_meanings(settings: Mapping[str, Any], report: Report) -> None:
    """Refuse meanings of which nobody knows whether they are one item or several."""
    for header, separator in settings.get("separators", {}).items():
        for written, meant in settings.get("values", {}).get(header, {}).items():
            unclear = separator in meant and separator not in written
            if separator and unclear and SEPARATOR not in meant and not meant.startswith('"'):
                report(
                    f"values.{header}.{written}",
                    f"the meaning holds {separator!r}: it may be one item or several",
                    f"put {SEPARATOR} between several, or one into double quotes: '{quoted(meant)}'",
                )
