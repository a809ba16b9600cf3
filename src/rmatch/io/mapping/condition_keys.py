"""Conditions as a mapping document writes them: columns, operators and what to compare with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rmatch.errors import nearest
from rmatch.io.cells.cell import text_of
from rmatch.io.mapping.conditions import NUMERIC, OPERATORS, Condition

if TYPE_CHECKING:
    from collections.abc import Callable

    Report = Callable[[str, str, str], None]


def rule_of(where: str, rule: Mapping[str, Any], report: Report) -> list[Condition]:
    """Return the conditions of a rule, all of which must hold.

    Parameters
    ----------
    where : str
        The place in the document, for faults.
    rule : mapping
        A table of operators and operands for each column.
    report : callable
        Is told what is wrong.

    Returns
    -------
    list of Condition
        Those that can be understood.

    Examples
    --------
    >>> rule_of("roles.mentor", {"Exp": {"at_most": 7}}, print)
    [Condition(column='Exp', operator='at_most', operands=('7',))]
    """
    conditions = []
    for column, tests in rule.items():
        if not isinstance(tests, Mapping) or not tests:
            report(f"{where}.{column}", "is not a condition", f"write {{ {OPERATORS[0]} = … }}")
            continue
        for operator, operand in tests.items():
            operands = operand if isinstance(operand, list) else [operand]
            problem = _wrong_test(operator, operands)
            if problem:
                report(f"{where}.{column}.{operator}", *problem)
            else:
                compared = tuple(text_of(item).casefold() for item in operands)
                conditions.append(Condition(column, operator, compared))
    return conditions


def is_scalar(value: Any) -> bool:
    """Tell whether a value is one text or number."""
    return isinstance(value, str | int | float | bool)


def _wrong_test(operator: str, operands: list[Any]) -> tuple[str, str] | None:
    if operator not in OPERATORS:
        return "is not an operator", nearest(operator, OPERATORS)
    if operator in NUMERIC and not (len(operands) == 1 and type(operands[0]) in {int, float}):
        return "does not compare with a number", "give one number"
    if not operands or not all(map(is_scalar, operands)):
        return "does not compare with a value", "give one, or a list: any of them"
    return None
