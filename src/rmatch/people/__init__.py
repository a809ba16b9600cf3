"""Who the people are, and what they ask for."""

from rmatch.people.cohort import MEASURES, UNKNOWN, Cohort, measure
from rmatch.people.conditions import COLUMNS as CONDITION_COLUMNS
from rmatch.people.conditions import DIMENSION, EXTRA, NUMERIC, OPERATORS, Condition
from rmatch.people.hours import intervals, offset, quarter_hours
from rmatch.people.learning import Wanted, wanted_shares
from rmatch.people.only import Only, bare
from rmatch.people.organisation import Organisation
from rmatch.people.people import People, people_of
from rmatch.people.person import (
    COUNTS,
    PURPOSES,
    ROLE_NAMES,
    ROLES,
    SETS,
    TEXTS,
    TOPICS,
    UNSET,
    Person,
    natural,
)
from rmatch.people.requests import REQUEST_KINDS, Request, Requests
from rmatch.people.understood import ColumnRead, JoinRead, Understood

__all__ = [
    "CONDITION_COLUMNS",
    "COUNTS",
    "DIMENSION",
    "EXTRA",
    "MEASURES",
    "NUMERIC",
    "OPERATORS",
    "PURPOSES",
    "REQUEST_KINDS",
    "ROLES",
    "ROLE_NAMES",
    "SETS",
    "TEXTS",
    "TOPICS",
    "UNKNOWN",
    "UNSET",
    "Cohort",
    "ColumnRead",
    "Condition",
    "JoinRead",
    "Only",
    "Organisation",
    "People",
    "Person",
    "Request",
    "Requests",
    "Understood",
    "Wanted",
    "bare",
    "intervals",
    "measure",
    "natural",
    "offset",
    "people_of",
    "quarter_hours",
    "wanted_shares",
]
