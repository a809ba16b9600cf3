"""Dataframes of whichever library the program has imported; rmatch imports none."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault, InvalidInputError, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

LIBRARIES = ("pandas", "polars", "pyarrow", "modin")
BRINGS = {"modin": {"pandas", "pyarrow"}, "pandas": {"pyarrow"}}
"""What each library imports by itself, so that it says nothing about what the program uses."""


def dataframe(columns: Mapping[str, list[Any]], backend: Any) -> Any:
    """Return columns as a dataframe of a library, or of the only one that the program has imported."""
    import narwhals.stable.v2 as nw

    library: Any = _imported() if backend is None else backend
    try:
        return nw.from_dict(columns, backend=library).to_native()
    except (ValueError, TypeError, ModuleNotFoundError) as error:
        raise InvalidInputError(
            [Fault("to_frame", "backend", f"{library!r}: {error}", nearest(library, LIBRARIES))]
        ) from None


def _imported() -> str:
    """Return the library that the program has imported; where it is none, or not the only one, nothing is guessed."""
    there = {name for name in LIBRARIES if name in sys.modules}
    brought = {other for name in there for other in BRINGS.get(name, ())}
    chosen = sorted(there - brought)
    if len(chosen) == 1:
        return chosen[0]
    if chosen:
        problem = f"several dataframe libraries are imported: {', '.join(chosen)}"
        remedy = f"name the one that you want, as in backend={chosen[0]!r}"
    else:
        problem = "no dataframe library is imported"
        remedy = f"import one first, or name it: {', '.join(LIBRARIES)}"
    raise InvalidInputError([Fault("to_frame", "backend", problem, remedy)])
