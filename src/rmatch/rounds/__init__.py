"""One round, solved and explained: locks, places, steps, pairs, and what another answer would cost."""

from rmatch.rounds.alternative import Alternative
from rmatch.rounds.capacity import Places
from rmatch.rounds.costs import (
    Loss,
    can_be_made,
    cheapest,
    cost_of,
    every_cost,
    loss,
    priceless,
    total_faults,
)
from rmatch.rounds.explain import AUDIENCES, explain
from rmatch.rounds.explanation import Explanation, Other
from rmatch.rounds.in_common import in_common
from rmatch.rounds.outcome import Outcome
from rmatch.rounds.pair import Pair, pairs_of
from rmatch.rounds.pair_chances import PairChances
from rmatch.rounds.places_price import PlacesPrice, open_to_all, places_price
from rmatch.rounds.player import Cell, Player
from rmatch.rounds.round import Round
from rmatch.rounds.step import Step
from rmatch.rounds.unmatched import Unmatched, hopeless, unmatched

__all__ = [
    "AUDIENCES",
    "Alternative",
    "Cell",
    "Explanation",
    "Loss",
    "Other",
    "Outcome",
    "Pair",
    "PairChances",
    "Places",
    "PlacesPrice",
    "Player",
    "Round",
    "Step",
    "Unmatched",
    "can_be_made",
    "cheapest",
    "cost_of",
    "every_cost",
    "explain",
    "hopeless",
    "in_common",
    "loss",
    "open_to_all",
    "pairs_of",
    "places_price",
    "priceless",
    "total_faults",
    "unmatched",
]
