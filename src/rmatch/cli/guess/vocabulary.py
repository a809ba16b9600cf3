"""What a header sounds like, and what a cell says."""

from __future__ import annotations

import difflib
import re
import unicodedata
from statistics import fmean
from typing import TYPE_CHECKING

from rmatch.cli.guess.synonyms import (
    BELOW,
    DOUBTFUL,
    ENDINGS,
    FAMILY,
    GIVEN,
    GRADES,
    HIGHER,
    LOWER,
    MARKERS,
    SYNONYMS,
)
from rmatch.io import UNKNOWN, column_of, number_of
from rmatch.utils.validation import Malformed

if TYPE_CHECKING:
    from collections.abc import Iterable

_NUMBER = re.compile(r"(?:\bno|\bnum|nr|nummer|\bnumero|\bn)\b")


def bare(text: str) -> str:
    """Return the words of a text without accents and with "number" for its abbreviations.

    Examples
    --------
    >>> bare("Fähigkeiten"), bare("Manager no."), bare("PersonalNr"), bare("N° employé")
    ('fahigkeiten', 'manager number', 'personal number', 'number employe')
    """
    letters = unicodedata.normalize("NFKD", words(text))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    joined = re.sub(r"\be mail", "email", plain)
    return " ".join(_NUMBER.sub(" number ", joined).split())


_GLUED = re.compile(
    r"\b(first|middle|last|full|display|user|employee|manager|hire|start|join|job|pay|business|email)"
    r"(?=(?:name|id|date|level|title|grade|unit|address|number)\b)"
)
"""HR systems that write all headings in capitals leave out the blank."""


def words(header: str) -> str:
    """Return the words of a header, in lower case.

    Examples
    --------
    >>> (
    ...     words("Manager_ID"),
    ...     words("userName"),
    ...     words("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:division"),
    ... )
    ('manager id', 'user name', 'division')
    >>> words("FIRSTNAME"), words("HIREDATE")
    ('first name', 'hire date')
    """
    own = header.rpartition(":")[2] if header.startswith("urn:") else header
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", own)
    return _GLUED.sub(r"\1 ", " ".join(re.findall(r"[^\W_]+", spaced.casefold())))


KNOWN = {
    bare(header): (field, rank)
    for field, headers in SYNONYMS.items()
    for rank, header in enumerate(headers, 1)
}
RARE, UNSURE = 50, 100
"""How far behind a plain heading one stands that is built of known words, and from where on it has to be checked."""
_ENDINGS = {bare(ending): (field, RARE) for ending, field in ENDINGS.items()}
_ENDINGS |= {bare(ending): (field, UNSURE) for ending, field in DOUBTFUL.items()}
_GRADES = [{bare(name) for name in names} for names in GRADES]
ALIKE = 0.87
"""How much an unknown header must look like a known one, from 0 to 1."""

MENTOR = {
    *(
        "mentor",
        "mentors",
        "mentoren",
        "mentorin",
        "mentorinnen",
        "mentora",
        "mentoras",
        "mentores",
        "mentrice",
    ),
}
MENTEE = {
    "mentee",
    "mentees",
    "mentore",
    "mentoree",
    "mentorees",
    "mentorado",
    "mentorada",
    "mentorand",
    "mentorandin",
}
_NOT = {"not", "no", "nor", "nicht", "kein", "keine", "pas", "ni", "neither", "never"}
NO_PART = {"no", "none", "neither", "not taking part", "nein", "keine", "non", "aucun", "ninguno"}


def meaning(header: str) -> tuple[str, int] | None:
    """Return the field that a header sounds like and how unsure that is, None if it sounds like none.

    Examples
    --------
    >>> meaning("Employee number")[0], meaning("LanguageHaveWorkedWith")[0], meaning("Age group")[0]
    ('id', 'offers', 'dimension:age group')
    >>> (
    ...     meaning("Departement")[0],
    ...     meaning("Möchte lernen")[0],
    ...     meaning("Âge")[0],
    ...     meaning("Phone"),
    ... )
    ('department', 'wants', 'dimension:âge', None)
    """
    if column_of(header):
        return header, 0
    plain = bare(header)
    if plain in KNOWN:
        field, rank = KNOWN[plain]
        return (f"{field}{words(header)}" if field.endswith(":") else field), rank
    if is_part_of_name(header):
        return "name", RARE
    for ending, (field, doubt) in _ENDINGS.items():
        if plain == ending or plain.endswith(f" {ending}"):
            return field, doubt
    close = difflib.get_close_matches(plain, KNOWN, n=1, cutoff=ALIKE) if len(plain) > 4 else []
    near = meaning(close[0]) if close else None
    return (near[0], UNSURE) if near else None


def is_part_of_name(header: str, parts: Iterable[str] = (*GIVEN, *FAMILY)) -> bool:
    """Tell whether a heading is one of some parts of a name, in whatever order its words stand.

    Examples
    --------
    >>> is_part_of_name("Legal Name - First"), is_part_of_name("Manager Name")
    (True, False)
    """
    said = frozenset(bare(header).split()) - {"legal", "preferred", "your"}
    return said in {frozenset(bare(part).split()) for part in parts}


def role_of(text: str) -> str:
    """Return the role that a cell states, empty if it states none.

    Examples
    --------
    >>> (
    ...     role_of("Mentor (junior)"),
    ...     role_of("mentor and mentee"),
    ...     role_of("Mentoré"),
    ...     role_of("Observer"),
    ... )
    ('mentor', 'both', 'mentee', '')
    """
    plain = text.casefold()
    if plain in UNKNOWN | MARKERS | NO_PART:
        return "none"
    said = set(bare(text).split())
    if said & _NOT:
        return ""  # "not a mentor" may be a mentee, or nobody
    mentor, mentee = bool(said & MENTOR), bool(said & MENTEE)
    if "both" in said or (mentor and mentee):
        return "both"
    return "mentee" if mentee else "mentor" if mentor else ""


def years_of(text: str) -> float | None:
    """Return the years in a cell, None where there are none.

    Examples
    --------
    >>> years_of("7,5"), years_of("Less than 1 year"), years_of("5 to 10 years"), years_of("many")
    (7.5, 0.5, 7.5, None)
    """
    if is_number(text):
        return number_of(text)
    numbers = [float(number.replace(",", ".")) for number in re.findall(r"\d+(?:[.,]\d+)?", text)]
    if not numbers or len(numbers) > 2:
        return None
    below = any(word in text.casefold() for word in BELOW)
    return fmean([0, *numbers] if below else numbers)


def is_number(text: str) -> bool:
    """Tell whether a cell is a number that rmatch reads."""
    try:
        number_of(text)
    except Malformed:
        return False
    return True


def grade_number(label: str) -> float | None:
    """Return the number in the name of a grade, None if there is not exactly one."""
    numbers = re.findall(r"\d+", label)
    return float(numbers[0]) if len(numbers) == 1 else None


def grade_rank(label: str) -> float | None:
    """Return how senior the name of a grade sounds, None if it does not say.

    Examples
    --------
    >>> grade_rank("Analyst") < grade_rank("Manager") < grade_rank("Senior Manager") < grade_rank(
    ...     "CEO"
    ... )
    True
    """
    said = set(bare(label).split())
    ranks = [rank for rank, names in enumerate(_GRADES) if said & names]
    if not ranks:
        return None
    shade = bool(said & HIGHER) - bool(said & LOWER)
    return max(ranks) + shade / 2 * (len(said) > 1)
