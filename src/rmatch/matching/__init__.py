"""The full answer for people: the best matching, what explains it, and what it is written to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rmatch.matching.match import match
from rmatch.utils.lazy import handed_out

if TYPE_CHECKING:
    from rmatch.formulas import Broken, Line
    from rmatch.matching.bundle import read_bundle, write_bundle
    from rmatch.matching.export import CONTACTS, whole_text
    from rmatch.matching.matching import Matching
    from rmatch.matching.read import read_matching
    from rmatch.matching.rematching import rematch
    from rmatch.matching.warming import warm_up
    from rmatch.rounds import (
        Acceptance,
        Alternative,
        Apart,
        Appointment,
        BrokenPair,
        Changes,
        ChangesPrice,
        Common,
        Connections,
        Covered,
        Explanation,
        FirstAnswers,
        Link,
        LinkFigures,
        Links,
        Loss,
        MenteeGroup,
        Other,
        Pair,
        Places,
        PlacesPrice,
        Precedence,
        PriceList,
        Slip,
        SlipPartner,
        Slips,
        StandIn,
        StandIns,
        Step,
        Swap,
        Unmatched,
    )
    from rmatch.solve import Costs

__all__ = [
    "CONTACTS",
    "Acceptance",
    "Alternative",
    "Apart",
    "Appointment",
    "Broken",
    "BrokenPair",
    "Changes",
    "ChangesPrice",
    "Common",
    "Connections",
    "Costs",
    "Covered",
    "Explanation",
    "FirstAnswers",
    "Line",
    "Link",
    "LinkFigures",
    "Links",
    "Loss",
    "Matching",
    "MenteeGroup",
    "Other",
    "Pair",
    "Places",
    "PlacesPrice",
    "Precedence",
    "PriceList",
    "Slip",
    "SlipPartner",
    "Slips",
    "StandIn",
    "StandIns",
    "Step",
    "Swap",
    "Unmatched",
    "match",
    "read_bundle",
    "read_matching",
    "rematch",
    "warm_up",
    "whole_text",
    "write_bundle",
]
__dir__: Callable[[], list[str]] = __all__.copy

__getattr__: Callable[[str], Any] = handed_out(
    __name__,
    {
        "rmatch.formulas": "Broken Line",
        "rmatch.matching.bundle": "read_bundle write_bundle",
        "rmatch.matching.export": "CONTACTS whole_text",
        "rmatch.matching.matching": "Matching",
        "rmatch.matching.read": "read_matching",
        "rmatch.matching.rematching": "rematch",
        "rmatch.matching.warming": "warm_up",
        "rmatch.rounds": "Acceptance Alternative Apart Appointment BrokenPair Changes ChangesPrice Common Connections Covered Explanation FirstAnswers Link LinkFigures Links Loss MenteeGroup Other Pair Places PlacesPrice Precedence PriceList Slip SlipPartner Slips StandIn StandIns Step Swap Unmatched",
        "rmatch.solve": "Costs",
    },
)
