"""From parsed and checked columns to what :func:`rmatch.people.people_of` takes, and what the user should know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rmatch.io.checks import people_who
from rmatch.io.columns import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rmatch.io.crowd import Crowd
    from rmatch.io.mapping import Translation

_GROUPS = dict(zip(PREFIXES, ("dimensions", "consent", "extra"), strict=True))


def nested(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Return columns with the prefixed ones in groups.

    Examples
    --------
    >>> nested({"id": ["E7"], "extra:club": ["chess"]})
    {'id': ['E7'], 'dimensions': {}, 'consent': {}, 'extra': {'club': ['chess']}}
    """
    grouped: dict[str, Any] = {
        header: column for header, column in columns.items() if not header.startswith(PREFIXES)
    }
    for prefix, group in _GROUPS.items():
        grouped[group] = {
            header.removeprefix(prefix): column
            for header, column in columns.items()
            if header.startswith(prefix)
        }
    return grouped


def consent_notes(crowd: Crowd, read: Sequence[Translation | None]) -> list[str]:
    """Say whose answers were not read for lack of consent, and on whose word consent was assumed."""
    columns = nested(crowd.columns)
    notes = []
    for name in columns["dimensions"]:
        silent = columns["consent"][name].count(0)
        if silent:
            notes.append(
                f"{silent} of {len(crowd)} people give no consent for {name!r}: what they may have answered was not read"
            )
    given = {each.name: each.reason for each in read if each and each.consent}
    return [*notes, *(f"consent is given by {name}: {reason}" for name, reason in given.items())]


def zone_notes(crowd: Crowd) -> list[str]:
    """Say how many hours had to be taken as UTC although others name their zone."""
    hours = crowd.columns.get("hours", ())
    zones = crowd.columns.get("time_zone", ())
    bare = sum(1 for each, zone in zip(hours, zones, strict=False) if each and not zone)
    return (
        [f"{people_who(bare, 'gives', 'give')} hours without a time zone: taken as UTC"]
        if bare and any(zones)
        else []
    )
