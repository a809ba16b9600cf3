"""Every public name says its types to whoever asks: `typing.get_type_hints` finds what they name."""

from __future__ import annotations

from dataclasses import is_dataclass
from functools import cached_property
from importlib import import_module
from inspect import isclass, isfunction, unwrap
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, get_type_hints

import pytest
from scipy.sparse import csr_array

import rmatch
from rmatch import solve
from rmatch.solve.columns.answer import Answer, Warm

if TYPE_CHECKING:
    from collections.abc import Iterator

WAITING = {
    "csr_array": csr_array,
    "Answer": Answer,
    "Warm": Warm,
    **{name: getattr(solve, name) for name in ("ImplicitProblem", "Source", "StoredPoints")},
}
"""What is imported only where it is needed, since it brings in scipy or is compiled: inner types, which are told by hand."""

INNER = {"cli", "formulas", "rounds", "utils", "__main__"}
ROOMS = [
    import_module(f"rmatch.{each.name}")
    for each in iter_modules(rmatch.__path__)
    if each.name not in INNER
]
FACES = [rmatch, *(room for room in ROOMS if hasattr(room, "__all__"))]


def functions_of(kind: type) -> Iterator[Any]:
    """Go through the functions of a class of ours, the bases' included; those that a dataclass makes say what its fields say."""
    for base in kind.__mro__:
        if base.__module__.partition(".")[0] != "rmatch":
            continue
        for name, member in vars(base).items():
            if name == "__init__" and is_dataclass(base):
                continue
            if isinstance(member, classmethod | staticmethod):
                yield member.__func__
            elif isinstance(member, property):
                yield member.fget
            elif isinstance(member, cached_property):
                yield member.func
            elif isfunction(member):
                yield member


def public() -> dict[str, Any]:
    """Return everything that rooms hand out, by its name."""
    named = {
        f"{room.__name__}.{name}": getattr(room, name) for room in FACES for name in room.__all__
    }
    return {name: each for name, each in named.items() if isclass(each) or isfunction(unwrap(each))}


@pytest.mark.parametrize("name", public())
def test_the_types_that_a_public_name_says_can_be_looked_up(name: str) -> None:
    each = public()[name]
    for one in [each, *functions_of(each)] if isclass(each) else [unwrap(each)]:
        if isclass(one) or one.__module__.partition(".")[0] == "rmatch":
            assert isinstance(get_type_hints(one, localns=WAITING), dict), one


@pytest.mark.parametrize(
    "name", [name for name in rmatch.__all__ if isfunction(getattr(rmatch, name))]
)
def test_what_users_call_needs_no_help(name: str) -> None:
    hints = get_type_hints(getattr(rmatch, name))
    assert hints.keys() >= {"return"}


@pytest.mark.parametrize(
    "name", [name for name in rmatch.__all__ if isclass(getattr(rmatch, name))]
)
def test_what_users_hold_needs_no_help(name: str) -> None:
    assert isinstance(get_type_hints(getattr(rmatch, name)), dict)
