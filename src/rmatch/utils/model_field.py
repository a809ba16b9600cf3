"""What serves as a field of pydantic's models, and so of FastAPI's."""

from __future__ import annotations

from typing import Any

from rmatch.utils.lazy import Later

forms = Later("rmatch.io.model_fields")
"""Who reads, writes and describes it: a room above whoever asks, found by its name when pydantic asks."""


class ModelField:
    """Base of what pydantic reads from JSON, writes and describes, as the room of files does."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """Return how pydantic reads and writes it."""
        return forms.core_schema_of(cls, source, handler)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> Any:
        """Return what its JSON looks like."""
        return forms.json_schema_of(cls, schema, handler)
