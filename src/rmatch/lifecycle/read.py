"""A plan read back from its document."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import IO, Any

from rmatch.lifecycle.plan import Plan
from rmatch.people import People
from rmatch.programme import Programme
from rmatch.rounds import read_planned
from rmatch.scoring import input_faults
from rmatch.utils.validation import refuse


def read_plan(
    source: str | os.PathLike[str] | IO[str] | IO[bytes] | Mapping[str, Any],
    people: People | None = None,
    programme: Programme | None = None,
) -> Plan:
    """Read a plan that was kept by :meth:`rmatch.lifecycle.Plan.to_json` or :meth:`rmatch.lifecycle.Plan.to_dict`.

    Nothing is solved, and nothing is worked out anew: whether it holds, :func:`rmatch.verify` tells.

    Parameters
    ----------
    source : str, Path, file-like object or mapping
        The file, its text, or the plain data.
    people : People, optional
        Whom the plan is about, in any order: the same as then, by their fingerprints. Without them the plan can be looked at,
        carried out and planned again for people as they are now.
    programme : Programme, optional
        The programme of the plan, where it has criteria or rules made of functions, which no document holds.

    Returns
    -------
    Plan
        Equal to the one that was written.

    Raises
    ------
    InvalidInputError
        With everything that is wrong with the document, each with its place in it; with everybody who is missing, new or
        changed; or if the people are needed, as where rounds were decided one by one before the second version of the format.

    Examples
    --------
    >>> import rmatch
    >>> people = rmatch.datasets.example()
    >>> plan = rmatch.plan(people, rounds=2)
    >>> again = rmatch.lifecycle.read_plan(plan.to_json(), people)
    >>> rmatch.verify(again, people).total == plan.total
    True
    >>> rmatch.lifecycle.read_plan(plan.to_json()).calendar == plan.calendar
    True
    """
    given = {"people": people, "programme": programme}
    refuse(input_faults(**{name: one for name, one in given.items() if one is not None}))
    return Plan.of(read_planned(source, people, programme))
