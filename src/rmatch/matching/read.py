"""A saved round read back as a matching."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import IO, Any

from rmatch.matching.matching import Matching
from rmatch.people import People
from rmatch.programme import Programme
from rmatch.rounds import read_saved
from rmatch.scoring import input_faults
from rmatch.utils.validation import refuse


def read_matching(
    source: str | os.PathLike[str] | IO[str] | IO[bytes] | Mapping[str, Any],
    people: People | None = None,
    programme: Programme | None = None,
) -> Matching:
    """Read a matching that was kept by :meth:`rmatch.Matching.to_json` or :meth:`rmatch.Matching.to_dict`.

    Nothing is solved. What a document says twice has to be the same both times, and with people everything that follows
    from them; whether nothing is better, :func:`rmatch.verify` tells.

    Parameters
    ----------
    source : str, Path, file-like object or mapping
        The file, its text, or the plain data.
    people : People, optional
        Whom the round is about, in any order: the same as then, by their fingerprints. Without them, and where they are
        not in the document whole, the matching knows all that the document says, and what needs the people says so.
    programme : Programme, optional
        The programme of the round, where it has criteria or rules made of functions, which no document holds.

    Returns
    -------
    Matching
        Equal to the one that was written.

    Raises
    ------
    InvalidInputError
        With everything that is wrong with the document, each with its place in it; or with everybody who is missing, new or
        changed.

    Examples
    --------
    >>> import rmatch
    >>> people = rmatch.datasets.example()
    >>> matching = rmatch.match(people)
    >>> text = matching.to_json()
    >>> rmatch.read_matching(text, people) == rmatch.read_matching(text) == matching
    True
    >>> rmatch.verify(rmatch.read_matching(text), people).total == matching.total
    True
    """
    given = {"people": people, "programme": programme}
    refuse(input_faults(**{name: value for name, value in given.items() if value is not None}))
    return Matching.of(*read_saved(source, people, programme))
