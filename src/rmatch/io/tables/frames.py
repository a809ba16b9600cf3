"""Dataframes of any library that narwhals understands; the user has imported it, rmatch never does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rmatch.io.faults import refusal
from rmatch.io.tables.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    import narwhals as nw

NAME = "the dataframe"
_SOURCES = "give a path, a buffer, a dataframe, a dict of columns, or a list of people"


def read_frame(frame: Any) -> Table:
    """Read a dataframe into raw columns of typed values.

    Parameters
    ----------
    frame : object
        A dataframe of pandas, polars, pyarrow and so on.

    Returns
    -------
    Table
        The columns; nulls are None and rows are counted from 0.

    Raises
    ------
    InvalidInputError
        If it is no dataframe, or a lazy one.
    """
    eager = _eager(frame)
    columns: dict[str, Sequence[Any]] = {
        name: _cells(eager.get_column(name)) for name in eager.columns
    }
    return Table(NAME, columns, range(len(eager)))


def _eager(frame: Any) -> nw.DataFrame[Any]:
    import narwhals as nw

    try:
        known = nw.from_native(frame)
        columns = list(known.columns) if isinstance(known, nw.DataFrame) else []
    except TypeError:
        raise refusal(type(frame).__name__, "this cannot be read", _SOURCES) from None
    except nw.exceptions.NarwhalsError as error:
        raise refusal(NAME, str(error), "rename the columns") from None
    if not isinstance(known, nw.DataFrame):
        raise refusal(NAME, "it is lazy", "collect it first")
    if not all(isinstance(name, str) for name in columns):
        raise refusal(NAME, "the names of its columns are not texts", "rename the columns")
    return known


def _cells(column: nw.Series[Any]) -> list[Any]:
    import narwhals as nw

    if isinstance(column.dtype, nw.Struct):
        raise refusal(NAME, f"column {column.name!r} is a struct", "unnest it into columns")
    unknown = column.is_null().to_list()
    return [
        None if null else plain(cell) for cell, null in zip(column.to_list(), unknown, strict=True)
    ]


def plain(cell: Any) -> Any:
    """Return a value of numpy as Python's own."""
    return cell.tolist() if hasattr(cell, "tolist") else cell
