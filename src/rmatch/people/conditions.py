"""Conditions on what people are: for which part of them something holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from rmatch.errors import Fault, nearest
from rmatch.utils.messages import ANY, Listed, Message
from rmatch.utils.validation import seen

if TYPE_CHECKING:
    from collections.abc import Iterator

NUMERIC = ("at_least", "at_most")
OPERATORS = ("equals", "not_equals", "contains", "not_contains", *NUMERIC)
PLAIN = ("level", "department", "site")
LISTS = ("languages", "meeting_modes", "offers", "wants")
COLUMNS = ("years", *PLAIN, *LISTS)
DIMENSION, EXTRA = "dimension:", "extra:"
_CALLED = {
    "years": Message("years"),
    "level": Message("level"),
    "department": Message("department"),
    "site": Message("site"),
    "languages": Message("languages"),
    "meeting_modes": Message("meeting modes"),
    "offers": Message("offers"),
    "wants": Message("wants"),
}


@dataclass(frozen=True, slots=True)
class Condition:
    """One statement about one column of rmatch.

    Attributes
    ----------
    column : str
        One of `COLUMNS`, a dimension or an extra column with its prefix.
    operator : str
        One of `OPERATORS`.
    operands : tuple of str or float
        What to compare with: any of them.
    """

    column: str
    operator: str
    operands: tuple[Any, ...]

    @property
    def dimension(self) -> str:
        """The dimension that it asks for; empty if it asks for none."""
        return self.column.removeprefix(DIMENSION) if self.column.startswith(DIMENSION) else ""

    def __str__(self) -> str:
        """Return the condition in words."""
        return self.words

    @property
    def words(self) -> str:
        """The condition in words; what people may have told in private is not in it."""
        if self.column.startswith((DIMENSION, EXTRA)):
            name = self.column.partition(":")[2].replace("_", " ")
            return Message("with certain answers to {question}", question=repr(name))
        named = (
            Message("{number}", number=each) if isinstance(each, float) else str(each)
            for each in self.operands
        )
        asked = {"column": _CALLED[self.column], "any": Listed(tuple(named), ANY)}
        if self.column in LISTS and self.operator in {"equals", "not_equals"}:
            return _include(asked, wanted=self.operator == "equals")
        return (_are if self.column in (*LISTS, "years") else _is)(self.operator, asked)


Who: TypeAlias = tuple[tuple[Condition, ...], ...]
"""Some of the people: those who meet all conditions of one of the alternatives; everybody where there are none."""


def who_of(given: Any, where: str, faults: list[Fault]) -> Who:
    """Return conditions as they are kept.

    Parameters
    ----------
    given : mapping, sequence of mapping, or the same as it is kept
        Columns and what is asked of them: a value, a list of values any of which will do, or a table of operators.
    where : str
        What asks for them, for faults.
    faults : list of Fault
        Where to note what has no meaning.

    Returns
    -------
    tuple of tuple of Condition
        The alternatives.

    Examples
    --------
    >>> faults = []
    >>> who_of({"level": ["Head", "Director"], "years": {"at_least": 20}}, "rule", faults)[0][1]
    Condition(column='years', operator='at_least', operands=(20.0,))
    >>> who_of({"grade": "Head"}, "rule", faults), str(faults[0])
    ((), "programme, rule.grade: 'grade' is no column that a condition can ask for; known are 'years', 'level', 'department', 'site', 'languages', 'meeting_modes', 'offers', 'wants', 'dimension:…', 'extra:…'")
    """
    if _is_kept(given):
        return tuple(given)
    tables = [given] if isinstance(given, Mapping) else given
    listed = isinstance(tables, list | tuple) and bool(tables)
    if not listed or not all(isinstance(each, Mapping) and each for each in tables):
        remedy = (
            'write conditions, such as { level = ["Head", "Director"] }, or a list of them: any'
        )
        faults.append(Fault("programme", where, f"{seen(given)} is no condition", remedy))
        return ()
    # All of them have to be met, in whatever order they stand: a file may turn it round.
    alternatives = [
        tuple(sorted(_conditions(table, where, faults), key=_order)) for table in tables
    ]
    return tuple(each for each in alternatives if each)


def document_of(who: Who) -> Any:
    """Return conditions as a file holds them: one table, or a list of several.

    Examples
    --------
    >>> document_of(((Condition("level", "equals", ("Head", "Director")),),))
    {'level': ['Head', 'Director']}
    """
    tables = []
    for alternative in who:
        table: dict[str, dict[str, Any]] = {}
        for each in alternative:
            operands = list(each.operands) if len(each.operands) > 1 else each.operands[0]
            table.setdefault(each.column, {})[each.operator] = operands
        tables.append({column: _shortest(tests) for column, tests in table.items()})
    return tables[0] if len(tables) == 1 else tables


def words_of(who: Who, people: str) -> Message:
    """Return who meets the conditions, in words.

    Examples
    --------
    >>> words_of(((Condition("level", "equals", ("Head", "Director")),),), "mentees")
    'mentees whose level is Head or Director'
    """
    alternatives = (
        Message("{conditions}", conditions=Listed(tuple(each.words for each in one))) for one in who
    )
    return Message(
        "{people} {conditions}",
        people=people,
        conditions=Listed(tuple(alternatives), Message("{all}, or {last}", all="", last="")),
    )


def _include(asked: dict[str, Any], *, wanted: bool) -> Message:
    if wanted:
        return Message("whose {column} include {any}", **asked)
    return Message("whose {column} do not include {any}", **asked)


def _is(operator: str, asked: dict[str, Any]) -> Message:
    match operator:
        case "equals":
            return Message("whose {column} is {any}", **asked)
        case "not_equals":
            return Message("whose {column} is not {any}", **asked)
        case "contains":
            return Message("whose {column} contains {any}", **asked)
        case "not_contains":
            return Message("whose {column} does not contain {any}", **asked)
        case "at_least":
            return Message("whose {column} is at least {any}", **asked)
    return Message("whose {column} is at most {any}", **asked)


def _are(operator: str, asked: dict[str, Any]) -> Message:
    match operator:
        case "equals":
            return Message("whose {column} are {any}", **asked)
        case "not_equals":
            return Message("whose {column} are not {any}", **asked)
        case "contains":
            return Message("whose {column} contain {any}", **asked)
        case "not_contains":
            return Message("whose {column} do not contain {any}", **asked)
        case "at_least":
            return Message("whose {column} are at least {any}", **asked)
    return Message("whose {column} are at most {any}", **asked)


def _order(condition: Condition) -> tuple[str, int]:
    return condition.column, OPERATORS.index(condition.operator)


def _is_kept(given: Any) -> bool:
    return isinstance(given, tuple) and all(
        isinstance(each, tuple) and all(isinstance(own, Condition) for own in each)
        for each in given
    )


def _shortest(tests: dict[str, Any]) -> Any:
    return tests["equals"] if list(tests) == ["equals"] else tests


def _conditions(table: Mapping[str, Any], where: str, faults: list[Fault]) -> Iterator[Condition]:
    for column, asked in table.items():
        place = f"{where}.{column}"
        if not _is_column(column):
            known = (*COLUMNS, f"{DIMENSION}…", f"{EXTRA}…")
            problem = f"{seen(column)} is no column that a condition can ask for"
            faults.append(Fault("programme", place, problem, nearest(column, known)))
            continue
        tests = asked if isinstance(asked, Mapping) else {"equals": asked}
        if not tests:
            faults.append(
                Fault("programme", place, "is no condition", f"write {{ {OPERATORS[0]} = … }}")
            )
        for operator, operand in tests.items():
            operands = list(operand) if isinstance(operand, list | tuple) else [operand]
            wrong = _wrong(column, operator, operands)
            if wrong:
                faults.append(Fault("programme", f"{place}.{operator}", *wrong))
            else:
                kind: Any = float if column == "years" else _text
                yield Condition(column, operator, tuple(map(kind, operands)))


def _is_column(column: Any) -> bool:
    if not isinstance(column, str):
        return False
    named = column.startswith((DIMENSION, EXTRA)) and column.partition(":")[2].strip()
    return column in COLUMNS or bool(named)


def _wrong(column: str, operator: Any, operands: list[Any]) -> tuple[str, str] | None:
    if operator not in OPERATORS:
        return f"{seen(operator)} is no operator", nearest(operator, OPERATORS)
    if column == "years" and operator.endswith("contains"):
        return "years are a number", f"write one of {', '.join((*OPERATORS[:2], *NUMERIC))}"
    if operator in NUMERIC and column not in {"years", "level"}:
        return f"{column} has no order", "ask for it with equals or contains"
    if operator in NUMERIC and len(operands) != 1:
        return "compares with one value", "give one"
    if not operands:
        return "compares with nothing", "give a value, or a list: any of them"
    fits = _is_number if column == "years" else _is_value
    strange = [each for each in operands if not fits(each)]
    if strange:
        return (
            f"{seen(strange[0])} is not possible",
            f"give {'numbers' if column == 'years' else 'texts'}",
        )
    return None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 80


def _is_value(value: Any) -> bool:
    return (isinstance(value, str) and bool(value.strip())) or (
        isinstance(value, int) and not isinstance(value, bool)
    )


def _text(value: Any) -> str:
    return str(value).strip()
