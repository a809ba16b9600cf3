"""People come back the same from whatever export they are written to, or the reader refuses it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from profiles import examples

from rmatch.errors import InvalidInputError
from rmatch.testing.strategies import Export, exports, people

UNTOLD = ("table", "tables", "managers", "dates", "scales", "duplicates")
"""Keys without which a reader may find the same, or must refuse."""


@given(exports())
def test_reading_an_export_gives_the_people_that_were_written(export: Export) -> None:
    assert export.read() == export.people


@examples(50)
@given(people().flatmap(exports))
def test_any_people_can_be_written(export: Export) -> None:
    assert export.read() == export.people


@given(exports(), st.sampled_from(UNTOLD))
def test_what_a_mapping_does_not_tell_is_found_or_asked_for(export: Export, key: str) -> None:
    less = {name: value for name, value in export.mapping.items() if name != key}
    with suppress(InvalidInputError):
        assert replace(export, mapping=less).read() == export.people
