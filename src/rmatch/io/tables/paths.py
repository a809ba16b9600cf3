"""A record as a row: the values inside it, each under the path to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rmatch.io.columns import PREFIXES
from rmatch.people import SETS, TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NESTED = {"dimensions": "dimension:", "consent": "consent:", "extra": "extra:"}
KEPT = (*TOPICS, *SETS)
_SCALARS = {str, int, float, bool}


def flattened(
    record: Mapping[Any, Any], whole: frozenset[str] = frozenset()
) -> list[tuple[str, Any]]:
    """Return the paths and values of a record.

    Parameters
    ----------
    record : mapping
        Values, mappings, and lists of either.
    whole : frozenset of str
        Paths under which a mapping is one value.

    Returns
    -------
    list of (str, object)
        A value inside mappings has a dotted path. The parts of SCIM extensions are separated as SCIM writes them. From a
        list of mappings come the lists of their values, and for ``primary`` and ``type`` the values of those chosen.

    Examples
    --------
    >>> flattened({"name": {"formatted": "Ada"}, "dimensions": {"age": ["25-34"]}})
    [('name.formatted', 'Ada'), ('dimension:age', ['25-34'])]
    >>> dict(flattened({"emails": [{"value": "a@x.org", "type": "work", "primary": True}]}))[
    ...     "emails[primary eq true].value"
    ... ]
    'a@x.org'
    """
    pairs: list[tuple[str, Any]] = []
    for key, value in record.items():
        path = str(key).strip()
        if value is None or type(value) in _SCALARS:  # nearly always, and a hundred thousand times
            pairs.append((path, value))
        else:
            pairs.extend(_branch(path, value, whole))
    return pairs


def _branch(key: str, value: Any, whole: frozenset[str]) -> Iterator[tuple[str, Any]]:
    if key in NESTED and isinstance(value, Mapping):
        yield from ((NESTED[key] + str(name).strip(), inner) for name, inner in value.items())
    elif key in KEPT or key.startswith(PREFIXES):
        yield key, _plain(value)
    else:
        yield from _leaves(key, value, whole, ":" if key.startswith("urn:") else ".")


def _leaves(
    path: str, value: Any, whole: frozenset[str], joint: str = "."
) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping) and path not in whole:
        for key, inner in value.items():
            yield from _leaves(f"{path}{joint}{key}", inner, whole)
    elif (
        isinstance(value, list | tuple)
        and value
        and all(isinstance(item, Mapping) for item in value)
    ):
        yield from _selections(path, value)
    else:
        yield path, _plain(value)


def _plain(value: Any) -> Any:
    return value.tolist() if hasattr(value, "tolist") else value


def _selections(path: str, items: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Any]]:
    yield from ((f"{path}.{key}", values) for key, values in _gathered(items).items())
    filters = {"[primary eq true]": [item for item in items if item.get("primary") is True]}
    for kind in dict.fromkeys(item["type"] for item in items if isinstance(item.get("type"), str)):
        filters[f'[type eq "{kind}"]'] = [item for item in items if item.get("type") == kind]
    for selector, chosen in filters.items():
        for key, values in _gathered(chosen).items():
            yield f"{path}{selector}.{key}", values[0] if len(values) == 1 else values


def _gathered(items: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    keys = dict.fromkeys(key for item in items for key in item)
    return {key: [item[key] for item in items if key in item] for key in keys}
