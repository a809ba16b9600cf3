"""Criteria and rules of other packages, which a programme's file can name: entry points."""

from __future__ import annotations

from dataclasses import MISSING, field, fields, is_dataclass, make_dataclass
from keyword import iskeyword
from typing import TYPE_CHECKING, Any, get_type_hints

from rmatch.criteria import BUILT_IN as CRITERIA
from rmatch.errors import Fault, InvalidInputError
from rmatch.rules import BUILT_IN as RULES
from rmatch.utils.names import OWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from dataclasses import Field
    from importlib.metadata import EntryPoint

BUILT_IN: dict[str, dict[str, Any]] = {"criteria": {**CRITERIA}, "rules": {**RULES}}
GROUPS = {"criteria": "rmatch.criteria", "rules": "rmatch.rules"}
STRICT = {"extra": "forbid"}


def installed(part: str, kinds: Iterable[str]) -> dict[str, type]:
    """Return the classes that installed packages give for some kinds.

    Parameters
    ----------
    part : {"criteria", "rules"}
        What they are.
    kinds : iterable of str
        The kinds that a programme names.

    Returns
    -------
    dict of str to type
        A class each; nothing for built-in kinds, and for those that no package gives. Only what is named is loaded.

    Raises
    ------
    InvalidInputError
        If a package gives a built-in kind or two packages give the same, or what they give cannot be used.

    Examples
    --------
    >>> installed("criteria", ["reach", "horoscope"])
    {}
    """
    from importlib.metadata import entry_points  # takes longer to import than most of rmatch

    given = entry_points(group=GROUPS[part])
    found = {kind: [point for point in given if point.name == kind] for kind in kinds}
    found = {kind: points for kind, points in found.items() if points}
    faults = [fault for kind, points in found.items() for fault in _clashes(part, kind, points)]
    if faults:
        raise InvalidInputError(faults)
    loaded = {kind: _loaded(part, points[0]) for kind, points in found.items()}
    faults = [fault for kind, item in loaded.items() for fault in _faults(part, kind, item)]
    if faults:
        raise InvalidInputError(faults)
    return loaded


def shape_of(part: str, kind: str, item: Any) -> type:
    """Return a dataclass with the fields of one's own criterion or rule, for reading a file.

    Parameters
    ----------
    part : {"criteria", "rules"}
        What it is.
    kind : str
        Its kind.
    item : type
        The dataclass that a package gives.

    Returns
    -------
    type
        The same fields, with no other key allowed.

    Raises
    ------
    InvalidInputError
        If a file cannot hold the fields.
    """
    from pydantic import TypeAdapter

    try:
        hints = get_type_hints(item, include_extras=True)
        columns = [
            (each.name, hints[each.name], _default(each)) for each in fields(item) if each.init
        ]
        shape = make_dataclass(
            kind, columns, namespace={"__pydantic_config__": STRICT}, kw_only=True
        )
        TypeAdapter(shape).json_schema()
    except Exception as error:  # whatever annotations do when they are looked up
        problem = f"the fields of {_called(item)} cannot stand in a file: {error}"
        remedy = "give them types that a file holds: text, numbers, lists, tables; import these outside TYPE_CHECKING"
        raise InvalidInputError([Fault("programme", f"{part}.{kind}", problem, remedy)]) from error
    return shape


def made(part: str, item: Any, values: Any) -> Any:
    """Return one's own criterion or rule with the values of a file.

    Parameters
    ----------
    part : {"criteria", "rules"}
        What it is.
    item : type
        The dataclass that a package gives.
    values : object
        An instance of its shape.

    Returns
    -------
    object
        The criterion or rule.

    Raises
    ------
    InvalidInputError
        If it refuses the values.
    """
    given = {each.name: getattr(values, each.name) for each in fields(values)}
    try:
        return item(**given)
    except InvalidInputError:
        raise
    except Exception as error:  # whatever another package does with its values
        where = f"{part}.{item.kind}"
        problem = f"{_called(item)} refuses its values: {type(error).__name__}: {error}"
        raise InvalidInputError([Fault("programme", where, problem, "mend the values")]) from error


def _clashes(part: str, kind: str, points: list[EntryPoint]) -> Iterator[Fault]:
    where = f"{part}.{kind}"
    packages = " and ".join(sorted({_package(each) for each in points}))
    if kind in BUILT_IN[part] or kind == OWN:
        problem = f"{kind!r} is built in, and given by {packages} as well"
        yield Fault("programme", where, problem, "uninstall the package, or have it renamed there")
    elif len(points) > 1:
        problem = f"{kind!r} is given {len(points)} times, by {packages}"
        yield Fault("programme", where, problem, "leave one of them installed")


def _loaded(part: str, point: EntryPoint) -> Any:
    try:
        return point.load()
    except (Exception, SystemExit) as error:  # whatever another package does when it is imported
        problem = (
            f"{point.value!r} of {_package(point)} does not load: {type(error).__name__}: {error}"
        )
        remedy = f"mend or update {_package(point)}"
        fault = Fault("programme", f"{part}.{point.name}", problem, remedy)
        raise InvalidInputError([fault]) from error


def _faults(part: str, kind: str, item: Any) -> Iterator[Fault]:
    where = f"{part}.{kind}"
    if not kind.isidentifier() or iskeyword(kind):
        problem = f"{kind!r} cannot be the name of a criterion or rule in a file"
        yield Fault("programme", where, problem, "use letters, digits and _")
    elif not isinstance(item, type) or not is_dataclass(item):
        problem = f"{_called(item)} is no dataclass"
        yield Fault("programme", where, problem, "give a dataclass: a file holds its fields")
    elif getattr(item, "kind", None) != kind:
        problem = f"{_called(item)} has the kind {getattr(item, 'kind', None)!r}"
        yield Fault(
            "programme", where, problem, f"call the entry point and the kind the same, {kind!r}"
        )


def _default(column: Field[Any]) -> Any:
    if column.default_factory is not MISSING:
        return field(default_factory=column.default_factory)
    return field() if column.default is MISSING else field(default=column.default)


def _package(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else "an unknown package"


def _called(item: Any) -> str:
    return f"{item.__module__}.{item.__qualname__}" if isinstance(item, type) else repr(item)
