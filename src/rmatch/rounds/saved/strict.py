"""What every part of a saved round has in common: nothing beside what it should have, and numbers that add up."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

STRICT = ConfigDict(extra="forbid", strict=True, use_attribute_docstrings=True)
LARGEST = 2**60
"""Beyond it nothing adds up in 64 bits."""

Whole = Annotated[int, Field(ge=-LARGEST, le=LARGEST)]
Count = Annotated[int, Field(ge=0, le=LARGEST)]

Cell = Annotated[list[Count], Field(min_length=2, max_length=2)]
"""A row and a column."""
