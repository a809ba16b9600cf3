"""The key ``wishes`` of a mapping: the columns in which people name others whom they would like to meet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rmatch.errors import nearest
from rmatch.io.cells.cell import text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    Report = Callable[[str, str, str], None]

ROLES = ("mentee", "mentor")


@dataclass(frozen=True, slots=True)
class Wishes:
    """The columns in which people name others.

    Attributes
    ----------
    columns : mapping of str to sequence of str
        By the role in which a person wishes, the source columns from the first choice to the last.
    values : mapping of str to str
        Whom casefolded texts mean.
    """

    columns: Mapping[str, list[str]] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def headers(self) -> frozenset[str]:
        """All these columns."""
        return frozenset(header for headers in self.columns.values() for header in headers)

    def of_side(self, role: str) -> Wishes:
        """Return those that can stand in a table of people who play one role."""
        own = {name: headers for name, headers in self.columns.items() if name == role}
        return Wishes(own, self.values)


def wishes_key(value: Any, report: Report) -> dict[str, Any]:
    """Return the setting of a translation.

    Parameters
    ----------
    value : object
        What stands under the key.
    report : callable
        Takes the place, the problem and the remedy of what is wrong.

    Returns
    -------
    dict of str to object
        The wishes, as far as they are right.
    """
    if not isinstance(value, Mapping):
        report("wishes", "is not a table", 'write [wishes] and mentee = ["1st choice"] under it')
        return {}
    columns: dict[str, list[str]] = {}
    for key, inner in value.items():
        if key in ROLES:
            headers = [inner] if isinstance(inner, str) else inner
            if _are_texts(headers) and headers:
                columns[key] = list(headers)
            else:
                report(
                    f"wishes.{key}",
                    "is not a list of source columns",
                    'write ["1st choice", "2nd choice"]',
                )
        elif key != "values":
            report(f"wishes.{key}", "is not known", nearest(str(key), (*ROLES, "values")))
    return {"wishes": Wishes(columns, _values(value.get("values", {}), report))}


def _values(value: Any, report: Report) -> dict[str, str]:
    if not isinstance(value, Mapping):
        report(
            "wishes.values", "is not a table", 'write [wishes.values] and "Jana" = "101" under it'
        )
        return {}
    return {text_of(text).casefold(): text_of(known) for text, known in value.items()}


def _are_texts(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)
