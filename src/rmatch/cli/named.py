"""People by their names, where the organiser asked for them."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rmatch.errors import Fault
from rmatch.utils.called import by_name
from rmatch.utils.validation import refuse

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from rmatch.matching import Matching


@contextmanager
def names_told(matching: Matching, arguments: Namespace) -> Iterator[None]:
    """Let what is told in here call people by their names, where it is asked for; programs know them by their ids."""
    if "name" not in (arguments.include or ()) or arguments.format == "json":
        yield
        return
    names = dict(zip(matching.people.id, matching.people.name, strict=True))
    refuse(
        []
        if any(names.values())
        else [Fault("--with", "name", "the people have none", "leave it out")]
    )
    with by_name(names):
        yield
