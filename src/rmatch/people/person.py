"""One person, and the words and numbers that describe people."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, ClassVar, Literal, get_args

from rmatch.utils.model_field import ModelField
from rmatch.utils.shown import Shown
from rmatch.utils.values import Value

Role = Literal["none", "mentor", "mentee", "both"]
ROLE_NAMES: tuple[Role, ...] = get_args(Role)
ROLES: dict[str, int] = {name: code for code, name in enumerate(ROLE_NAMES)}
"""What each role is coded as: the sum of 1 for a mentor and 2 for a mentee."""
PURPOSES = {"match": 1, "report": 2, "display": 4}
UNSET = -1
MOST_PARTNERS = 1_000_000
MOST_PRIORITY = 1000
NUMBERS = re.compile(r"([0-9]+)")

TEXTS = ("name", "email", "level", "manager_id", "department", "site", "hours", "time_zone")
SETS = ("languages", "meeting_modes", "accepted_levels", "accepted_sites")
TOPICS = ("offers", "wants", "lived_topics")
COUNTS = ("mentor_capacity", "mentee_capacity", "mentor_minimum", "mentee_minimum", "priority")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Person(Value, Shown, ModelField):
    """One person as the organisation knows them.

    Attributes
    ----------
    id : str
        What identifies the person in every table; not a name and not an e-mail address.
    role : {"mentor", "mentee", "both", "none"}
        What the person plays; ``"none"`` stands in the organisation chart only.
    name, email : str or None
        Passed through to files that the organiser asks for, used for nothing else.
    years : float or None
        Years of experience, kept to a hundredth.
    level : str or None
        The grade, one of the programme's `levels`.
    manager_id : str or None
        The id of the person's own boss.
    department, site : str or None
        Where the person works.
    hours, time_zone : str or None
        When the person can meet, ``"09:00-12:00; 13:00-17:00"``, and in which zone, ``"+02:00"`` or ``"Europe/Berlin"``.
    languages, meeting_modes : tuple of str
        What the person speaks; how the person can meet.
    offers : mapping of str to int or None
        The topics that the person knows and can teach, with the level where one is stated.
    wants : mapping of str to int
        The topics that the person wants to learn, with their priorities (higher matters more).
    lived_topics : tuple of str
        Lived experience that the person has chosen to share as a mentor.
    dimensions : mapping of str to tuple of str
        Answers to demographic questions; empty or absent means unknown.
    consent : mapping of str to tuple of str
        For what each dimension may be used: ``"match"``, ``"report"``, both or nothing. Under the key ``"lived_topics"``,
        ``"display"`` releases the lived topics to the partner.
    mentor_capacity, mentee_capacity : int or None
        Partners that the person can take in each role; ``None`` leaves it to the programme.
    mentor_minimum, mentee_minimum : int or None
        Partners that the person must get in each role; ``None`` leaves it to the programme.
    priority : int or None
        How far the person comes before others where not everybody gets a partner and the programme says that those who
        wait come first; ``None`` is 0.
    accepted_levels, accepted_sites : tuple of str
        The grades and the sites of the partners whom the person accepts; empty accepts all.
    extra : mapping of str to str
        Further columns, for the user's own criteria and rules.

    Examples
    --------
    >>> Person(id="E7", role="mentor", name="Ada", years=3, offers={"python": 4})
    Person(id='E7', role='mentor')
    """

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    id: str
    role: Role
    name: str | None = field(default=None, repr=False)
    email: str | None = field(default=None, repr=False)
    years: float | None = field(default=None, repr=False)
    level: str | None = field(default=None, repr=False)
    manager_id: str | None = field(default=None, repr=False)
    department: str | None = field(default=None, repr=False)
    site: str | None = field(default=None, repr=False)
    hours: str | None = field(default=None, repr=False)
    time_zone: str | None = field(default=None, repr=False)
    languages: tuple[str, ...] = field(default=(), repr=False)
    meeting_modes: tuple[str, ...] = field(default=(), repr=False)
    offers: Mapping[str, int | None] = field(default_factory=dict, repr=False)
    wants: Mapping[str, int] = field(default_factory=dict, repr=False)
    lived_topics: tuple[str, ...] = field(default=(), repr=False)
    dimensions: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    consent: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    mentor_capacity: int | None = field(default=None, repr=False)
    mentee_capacity: int | None = field(default=None, repr=False)
    mentor_minimum: int | None = field(default=None, repr=False)
    mentee_minimum: int | None = field(default=None, repr=False)
    priority: int | None = field(default=None, repr=False)
    accepted_levels: tuple[str, ...] = field(default=(), repr=False)
    accepted_sites: tuple[str, ...] = field(default=(), repr=False)
    extra: Mapping[str, str] = field(default_factory=dict, repr=False)


def natural(text: str) -> tuple[list[Any], str]:
    """Return a key that sorts numbers inside ids by their size.

    Examples
    --------
    >>> sorted(["E10", "E9", "D11"], key=natural)
    ['D11', 'E9', 'E10']
    """
    key: list[Any] = NUMBERS.split(text)
    # Every second part is a number: without its zeros, a longer one is greater.
    key[1::2] = [(len(number), number) for number in (part.lstrip("0") for part in key[1::2])]
    return key, text


@cache
def purposes(bits: int) -> tuple[str, ...]:
    """Return the names of the purposes in a sum of bits.

    Examples
    --------
    >>> purposes(3)
    ('match', 'report')
    """
    return tuple(name for name, bit in PURPOSES.items() if bits & bit)
