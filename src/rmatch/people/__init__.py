"""Who the people are, and what they ask for."""

from collections.abc import Callable

from rmatch.people.availability import UNKNOWN_HOURS
from rmatch.people.cohort import MEASURES, UNKNOWN, Cohort, Measure, measure
from rmatch.people.conditions import COLUMNS as CONDITION_COLUMNS
from rmatch.people.conditions import DIMENSION, EXTRA, NUMERIC, OPERATORS, Condition
from rmatch.people.days import (
    WHOLE_YEAR,
    as_dates,
    check_zone,
    clock,
    date_faults,
    ends_of,
    in_words,
    unknown_zone,
)
from rmatch.people.fingerprints import Fingerprints
from rmatch.people.hours import DAYS, QUARTER, QUARTERS, WEEK, WORKING_DAYS, days_between, week
from rmatch.people.learning import Wanted, wanted_shares
from rmatch.people.more import with_more
from rmatch.people.only import Only, bare
from rmatch.people.organisation import Organisation
from rmatch.people.people import People, people_of
from rmatch.people.person import (
    COUNTS,
    MOST_PARTNERS,
    MOST_PRIORITY,
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
from rmatch.people.request import REQUEST_KINDS, Request, RequestKind
from rmatch.people.requests import Requests
from rmatch.people.response import (
    ANSWERING,
    RESPONSE_STATUSES,
    Outlook,
    Response,
    ResponseStatus,
)
from rmatch.people.responses import IdPair, Responses
from rmatch.people.understood import ColumnRead, JoinRead, Understood
from rmatch.utils.labels import Labels

__all__ = [
    "ANSWERING",
    "CONDITION_COLUMNS",
    "COUNTS",
    "DAYS",
    "DIMENSION",
    "EXTRA",
    "MEASURES",
    "MOST_PARTNERS",
    "MOST_PRIORITY",
    "NUMERIC",
    "OPERATORS",
    "PURPOSES",
    "QUARTER",
    "QUARTERS",
    "REQUEST_KINDS",
    "RESPONSE_STATUSES",
    "ROLES",
    "ROLE_NAMES",
    "SETS",
    "TEXTS",
    "TOPICS",
    "UNKNOWN",
    "UNKNOWN_HOURS",
    "UNSET",
    "WEEK",
    "WHOLE_YEAR",
    "WORKING_DAYS",
    "Cohort",
    "ColumnRead",
    "Condition",
    "Fingerprints",
    "IdPair",
    "JoinRead",
    "Labels",
    "Measure",
    "Only",
    "Organisation",
    "Outlook",
    "People",
    "Person",
    "Request",
    "RequestKind",
    "Requests",
    "Response",
    "ResponseStatus",
    "Responses",
    "Understood",
    "Wanted",
    "as_dates",
    "bare",
    "check_zone",
    "clock",
    "date_faults",
    "days_between",
    "ends_of",
    "in_words",
    "measure",
    "natural",
    "people_of",
    "unknown_zone",
    "wanted_shares",
    "week",
    "with_more",
]
__dir__: Callable[[], list[str]] = __all__.copy
