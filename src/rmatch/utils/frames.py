"""Dataframes of whichever library the program has imported; rmatch imports none."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault, InvalidInputError, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

LIBRARIES = ("pandas", "polars", "pyarrow", "modin")


def dataframe(columns: Mapping[str, list[Any]], backend: Any) -> Any:
    """Return columns as a dataframe of a library, or of the one that the program has imported."""
    import narwhals.stable.v2 as nw

    library: Any = (
        next((name for name in LIBRARIES if name in sys.modules), None)
        if backend is None
        else backend
    )
    if library is None:
        problem, remedy = (
            "no dataframe library is imported",
            f"import one first, or name it: {', '.join(LIBRARIES)}",
        )
        raise InvalidInputError([Fault("to_frame", "backend", problem, remedy)])
    try:
        return nw.from_dict(columns, backend=library).to_native()
    except (ValueError, TypeError, ModuleNotFoundError) as error:
        raise InvalidInputError(
            [Fault("to_frame", "backend", f"{library!r}: {error}", nearest(library, LIBRARIES))]
        ) from None
