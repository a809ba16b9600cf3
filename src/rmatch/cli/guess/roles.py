"""Who plays which role, as answers and flags say it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rmatch.cli.guess.vocabulary import MENTEE, MENTOR, bare, role_of, words
from rmatch.io import says_yes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST = 12
"""More different answers than this are no roles."""
_ROLE = {
    *MENTOR,
    *MENTEE,
    *("a", "an", "as", "the", "als", "ein", "eine", "in", "un", "une", "una"),
    *("both", "and", "or", "beides", "und", "oder", "et", "ou", "y", "o"),
}
"""All the words of an answer that says which role somebody plays."""
_FLAG = re.compile(
    r"(?:is|am|are|be|as|i m|want to be|would like to be|bin|ist|als)\b.*\b(mentor|mentee)|(mentor|mentee)\b"
)
_JUNIOR = re.compile(
    r"\b(junior|teach\w*|shares?|sharing|young|lehr\w*|teile[nt]?|nachwuchs\w*|enseign\w*|jeune|joven|enseñ\w*)\b"
)
_LEADER = re.compile(
    r"\b(leader|leaders|senior|learn\w*|executive|lern\w*|führungskraft|dirigeant\w*|apprendre|aprender|directiv\w*)\b"
)


def roles_in(texts: Sequence[str]) -> dict[str, tuple[str, bool]]:
    """Return the role that each different answer states and whether that is sure; empty if they state none.

    Examples
    --------
    >>> roles_in(["1 - Junior who shares (mentor)", "2 - Leader (mentee)"])
    {'1 - Junior who shares (mentor)': ('mentor', True), '2 - Leader (mentee)': ('mentee', True)}
    >>> roles_in(["Junior", "Leader"]), roles_in(["Developer"])
    ({'Junior': ('mentor', False), 'Leader': ('mentee', False)}, {})
    """
    answers = list(dict.fromkeys(filter(None, texts)))
    if len(answers) > MOST:
        return {}
    said = {text: (role_of(text), True) for text in answers}
    if not {"mentor", "mentee", "both"} & {role for role, _ in said.values()}:
        said = {text: (_by_words(text) or role_of(text), False) for text in answers}
    found = {role for role, _ in said.values()}
    return said if {"mentor", "mentee", "both"} & found else {}


def are_roles(texts: Sequence[str]) -> bool:
    """Tell whether cells say nothing but mentor, mentee or both, and both sides are there.

    Examples
    --------
    >>> (
    ...     are_roles(["Mentor", "a mentee", ""]),
    ...     are_roles(["Mentor", "Mentor"]),
    ...     are_roles(["Mentor", "Mentee of Bo"]),
    ... )
    (True, False, False)
    """
    answers = set(filter(None, texts))
    if len(answers) > MOST or not all(set(bare(text).split()) <= _ROLE for text in answers):
        return False
    said = {role_of(text) for text in answers}
    return {"mentor", "mentee"} <= said <= {"mentor", "mentee", "both"}


def flagged(columns: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the columns that say with yes and no who plays each role.

    Examples
    --------
    >>> flagged({"is a mentor?": ["1", "0"], "is a mentee?": ["0", "1"], "mentor": ["m1", "m2"]})
    {'mentor': 'is a mentor?', 'mentee': 'is a mentee?'}
    """
    found: dict[str, str] = {}
    for header, cells in columns.items():
        match = _FLAG.fullmatch(words(header))
        known = [says_yes(text) for text in cells if text]
        if match and known and None not in known:
            found.setdefault(match[1] or match[2], header)
    return found if len(found) > 1 else {}


def _by_words(text: str) -> str:
    plain = words(text)
    junior, leader = bool(_JUNIOR.search(plain)), bool(_LEADER.search(plain))
    if junior and leader:
        return "both" if re.search(r"\b(both|beides?|and|und|et|y)\b", plain) else ""
    return "mentor" if junior else "mentee" if leader else ""
