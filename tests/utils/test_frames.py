"""Dataframes of the library that the program uses: the only one that it has imported, or the one that it names."""

from __future__ import annotations

import subprocess
import sys

import pytest

from rmatch import InvalidInputError
from rmatch.utils.frames import LIBRARIES, dataframe


def _only(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    for name in LIBRARIES:
        monkeypatch.delitem(sys.modules, name, raising=False)
    for name in names:
        monkeypatch.setitem(sys.modules, name, pytest)


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_the_only_library_is_taken(library: str) -> None:
    pytest.importorskip(library)
    code = f"""
import {library}
from rmatch.utils.frames import dataframe
print(type(dataframe({{"a": [1]}}, None)).__module__.split(".")[0])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == f"{library}\n"


@pytest.mark.parametrize(
    ("imported", "named"),
    [
        (("pandas", "polars"), "pandas, polars"),
        (("polars", "pyarrow", "pandas"), "pandas, polars"),
        (("polars", "pyarrow"), "polars, pyarrow"),
        (("modin", "pandas", "pyarrow", "polars"), "modin, polars"),
    ],
)
def test_of_several_none_is_guessed(
    imported: tuple[str, ...], named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _only(monkeypatch, *imported)
    first = named.split(",", maxsplit=1)[0]
    with pytest.raises(
        InvalidInputError,
        match=rf"several dataframe libraries are imported: {named}; name the one .* backend='{first}'",
    ):
        dataframe({"a": [1]}, None)


def test_what_a_library_imports_by_itself_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    pandas = pytest.importorskip("pandas")
    _only(monkeypatch, "pyarrow")
    monkeypatch.setitem(sys.modules, "pandas", pandas)
    assert isinstance(dataframe({"a": [1]}, None), pandas.DataFrame)


def test_a_named_library_needs_no_import_and_asks_nobody() -> None:
    polars = pytest.importorskip("polars")
    pytest.importorskip("pandas")
    assert isinstance(dataframe({"a": [1]}, "polars"), polars.DataFrame)
