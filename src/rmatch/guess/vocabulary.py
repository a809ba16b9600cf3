"""How other systems call rmatch's fields, and what their cells say."""

from __future__ import annotations

import difflib
import re
from statistics import fmean

from rmatch.io.cells import UNKNOWN, number_of
from rmatch.io.columns import column_of
from rmatch.malformed import Malformed

GIVEN = ("first name", "given name", "forename", "name given name")
FAMILY = ("last name", "surname", "family name", "name family name")
SYNONYMS = {
    "id": ("id", "employee id", "employee number", "employee no", "employee nr", "emp id", "emp no", "staff id",
           "staff number", "staff no", "person id", "personnel number", "personnel no", "worker id", "user id",
           "user name", "payroll number", "participant id", "response id", "respondent id", "number", "no", "nr"),
    "name": ("name", "full name", "employee name", "display name", "name formatted", "preferred name", *GIVEN, *FAMILY),
    "email": ("email", "e mail", "mail", "email address", "e mail address", "work email",
              "emails primary eq true value"),
    "role": ("role", "programme role", "program role", "mentoring role", "participation", "participant type",
             "takes part as", "mentor or mentee"),
    "years": ("years", "years of experience", "years experience", "experience", "experience years", "work experience",
              "work exp", "exp", "years code pro", "years pro", "years of service", "length of service", "tenure"),
    "level": ("level", "grade", "job level", "job grade", "band", "pay band", "career level", "management level",
              "salary grade", "seniority", "rank"),
    "manager_id": ("manager id", "line manager id", "manager number", "manager employee id", "manager employee number",
                   "manager value", "supervisor id", "boss id", "mgr id", "manager", "line manager", "supervisor",
                   "reports to", "boss", "mgr"),
    "department": ("department", "dept", "division", "business unit", "directorate", "org unit", "unit", "function",
                   "team"),
    "site": ("site", "location", "work location", "office", "office location", "workplace", "city", "region",
             "country"),
    "hours": ("hours", "availability", "available hours", "available times", "working hours"),
    "time_zone": ("time zone", "timezone", "tz"),
    "languages": ("languages", "language", "spoken languages", "languages spoken"),
    "meeting_modes": ("meeting modes", "meeting mode", "meeting preference", "meeting format", "how to meet"),
    "offers": ("offers", "skills", "skill", "can teach", "teaches", "expertise", "knowledge", "competencies",
               "strengths", "have worked with"),
    "wants": ("wants", "want to learn", "wants to learn", "want to work with", "learning goals", "learning interests",
              "development needs", "goals", "interests", "interested in"),
    "lived_topics": ("lived topics", "lived experience", "lived experiences"),
    "mentor_capacity": ("mentor capacity", "max mentees", "number of mentees"),
    "mentee_capacity": ("mentee capacity", "max mentors", "number of mentors"),
    "dimension:": ("age", "age band", "age group", "age range", "generation", "gender", "gender identity", "sex",
                   "ethnicity", "ethnic group", "ethnic background", "race", "disability", "disability status",
                   "education", "education level", "ed level", "highest qualification", "sexual orientation",
                   "orientation", "religion", "religion or belief", "faith", "nationality", "veteran status",
                   "caring responsibilities", "social background", "socio economic background", "neurodiversity"),
}  # fmt: skip
"""Headers of each field in plain words, the surest first."""

KNOWN = {header: (field, rank) for field, headers in SYNONYMS.items() for rank, header in enumerate(headers, 1)}
ENDINGS = {
    "have worked with": "offers",
    "can teach": "offers",
    "skills": "offers",
    "want to work with": "wants",
    "to learn": "wants",
    "wanted": "wants",
}
UNSURE = 100
ALIKE = 0.87
"""How much an unknown header must look like a known one, from 0 to 1."""

MARKERS = {
    "-", "--", "–", "?", "n.a.", "#n/a", "null", "nan", "nil", "tbd", "not known", "not stated", "not disclosed",
    "not specified", "no answer", "prefer not to answer", "rather not say", "declined to answer",
}  # fmt: skip
"""Cells that mean "not known" in other systems."""

NO_PART = {"no", "none", "neither", "not taking part"}
GRADES = (
    {"trainee", "intern", "apprentice", "graduate", "student"},
    {"assistant", "junior", "associate", "entry"},
    {"analyst", "professional", "officer", "specialist", "consultant", "intermediate", "mid"},
    {"senior"},
    {"lead", "principal", "expert"},
    {"manager", "supervisor"},
    {"head"},
    {"director"},
    {"vp", "vice"},
    {"executive", "partner", "president", "chief", "ceo", "cfo", "cto", "board", "owner"},
)
"""Words in the names of grades, the most junior first."""
HIGHER = {"senior", "chief", "managing"}
LOWER = {"junior", "associate", "assistant", "deputy"}


def meaning(header: str) -> tuple[str, int] | None:
    """Return the field that a header sounds like and how unsure that is, None if it sounds like none.

    Examples
    --------
    >>> meaning("Employee number")[0], meaning("LanguageHaveWorkedWith")[0], meaning("Age group")[0]
    ('id', 'offers', 'dimension:age group')
    >>> meaning("Departement")[0], meaning("Cost centre")
    ('department', None)
    """
    if column_of(header):
        return header, 0
    plain = words(header)
    if plain in KNOWN:
        field, rank = KNOWN[plain]
        return (f"{field}{plain}" if field.endswith(":") else field), rank
    for ending, field in ENDINGS.items():
        if plain.endswith(ending):
            return field, UNSURE
    close = difflib.get_close_matches(plain, KNOWN, n=1, cutoff=ALIKE) if len(plain) > 4 else []
    near = meaning(close[0]) if close else None
    return (near[0], UNSURE) if near else None


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
    """
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header.rpartition(":")[2])
    return " ".join(re.findall(r"[^\W_]+", spaced.casefold()))


def role_of(text: str) -> str:
    """Return the role that a cell states, empty if it states none.

    Examples
    --------
    >>> role_of("Mentor (junior)"), role_of("mentor and mentee"), role_of("Observer")
    ('mentor', 'both', '')
    """
    plain = text.casefold()
    if "both" in plain or ("mentor" in plain and "mentee" in plain):
        return "both"
    if "mentor" in plain or "mentee" in plain:
        return "mentee" if "mentee" in plain else "mentor"
    return "none" if plain in UNKNOWN | MARKERS | NO_PART else ""


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
    below = re.search(r"less|under|below|up to|<", text.casefold())
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
    >>> grade_rank("Analyst") < grade_rank("Manager") < grade_rank("Senior Manager") < grade_rank("CEO")
    True
    """
    said = set(words(label).split())
    places = [place for place, names in enumerate(GRADES) if said & names]
    if not places:
        return None
    shade = bool(said & HIGHER) - bool(said & LOWER)
    return max(places) + shade / 2 * (len(said) > 1)
