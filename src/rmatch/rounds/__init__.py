"""One round, solved and explained: locks, places, steps, pairs, and what another answer would cost."""

from rmatch.rounds.aims import OTHER_TOPICS, Aims, Wants, aim_faults, wants_of
from rmatch.rounds.alternative import Alternative
from rmatch.rounds.capacity import Places
from rmatch.rounds.changes.causes import changes_anew, changes_since
from rmatch.rounds.changes.changes import KEEP, BrokenPair, Changes, Keep, arrow
from rmatch.rounds.changes.prices import ChangesPrice, PriceList, listed_prices, price_list
from rmatch.rounds.changes.wanted import wanted_cells
from rmatch.rounds.claim import at_most
from rmatch.rounds.comparison import standing_of
from rmatch.rounds.connections.apart import Apart
from rmatch.rounds.connections.connections import Connections, connections
from rmatch.rounds.connections.graph import graph_of
from rmatch.rounds.connections.links import PARTS, Link, LinkFigures, Links
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
from rmatch.rounds.earlier import Earlier, waited_until, waiting_faults, with_waiting_notes
from rmatch.rounds.explain import AUDIENCES, explain
from rmatch.rounds.explanation import Audience, Explanation, Other
from rmatch.rounds.fixes.catalogue import SAFE, Catalogue
from rmatch.rounds.fixes.gives import Give
from rmatch.rounds.fixes.least import Least, Search, Seeker, fix_faults, placed_in, seekers
from rmatch.rounds.fixes.several import least_for_several
from rmatch.rounds.groups.aims import Left, by_prices, first_aims, weighed
from rmatch.rounds.groups.credit import mentors_of
from rmatch.rounds.groups.group import Covered, MenteeGroup, group_of
from rmatch.rounds.groups.problem import group_problem, has_groups, pair_by_pair
from rmatch.rounds.groups.swap import Swap
from rmatch.rounds.groups.whole import whoever_is_placed
from rmatch.rounds.in_common import Common, InCommon, gained, in_common
from rmatch.rounds.kept import Kept, kept_of, told_of
from rmatch.rounds.outcome import Outcome
from rmatch.rounds.pair import Pair, pairs_of
from rmatch.rounds.pair_chances import PairChances
from rmatch.rounds.passing import passing
from rmatch.rounds.places_price import PlacesPrice, open_to_all, places_price
from rmatch.rounds.plan.changed import changes_of, moved_of
from rmatch.rounds.plan.laid_out import cells_of, laid_out
from rmatch.rounds.plan.planned import ByRounds, Meeting, Planned
from rmatch.rounds.plan.saved import plan_document, read_planned
from rmatch.rounds.plan.terms import Gap, Over, PlanTerms
from rmatch.rounds.plan.together import together
from rmatch.rounds.player import Cell, Player
from rmatch.rounds.precedence import Precedence, nobody
from rmatch.rounds.reasons import rule_words
from rmatch.rounds.recruits.found import find_recruits
from rmatch.rounds.recruits.profiles import profile_faults, usual_profiles
from rmatch.rounds.recruits.recruits import Recruit, Recruits, Together
from rmatch.rounds.recruits.worth import Worth
from rmatch.rounds.round import Round
from rmatch.rounds.saved.archive import MANIFEST, ROUND, listed, packed
from rmatch.rounds.saved.edits import edits
from rmatch.rounds.saved.parse import HEAD, is_saved
from rmatch.rounds.saved.read import read_saved, saved_document
from rmatch.rounds.saved.salted import salted, unsalted
from rmatch.rounds.saved.write import content_of, document_of, text_of
from rmatch.rounds.slips.slip import Appointment, Slip, SlipPartner
from rmatch.rounds.slips.slips import Slips, reason_sent, slips_of
from rmatch.rounds.stand_ins.acceptance import Acceptance
from rmatch.rounds.stand_ins.first_answers import FirstAnswers, expected
from rmatch.rounds.stand_ins.search import declining, find_stand_ins, from_units
from rmatch.rounds.stand_ins.stand_in import StandIn, StandIns
from rmatch.rounds.step import Step, posed
from rmatch.rounds.told import Told
from rmatch.rounds.unmatched import Unmatched, hopeless, unmatched
from rmatch.rounds.visible import visible_facts
from rmatch.rounds.waiting import ranks_of, waiting_of

__all__ = [
    "AUDIENCES",
    "HEAD",
    "KEEP",
    "MANIFEST",
    "OTHER_TOPICS",
    "PARTS",
    "ROUND",
    "SAFE",
    "Acceptance",
    "Aims",
    "Alternative",
    "Apart",
    "Appointment",
    "Audience",
    "BrokenPair",
    "ByRounds",
    "Catalogue",
    "Cell",
    "Changes",
    "ChangesPrice",
    "Common",
    "Connections",
    "Covered",
    "Earlier",
    "Explanation",
    "FirstAnswers",
    "Gap",
    "Give",
    "InCommon",
    "Keep",
    "Kept",
    "Least",
    "Left",
    "Link",
    "LinkFigures",
    "Links",
    "Loss",
    "Meeting",
    "MenteeGroup",
    "Other",
    "Outcome",
    "Over",
    "Pair",
    "PairChances",
    "Places",
    "PlacesPrice",
    "PlanTerms",
    "Planned",
    "Player",
    "Precedence",
    "PriceList",
    "Recruit",
    "Recruits",
    "Round",
    "Search",
    "Seeker",
    "Slip",
    "SlipPartner",
    "Slips",
    "StandIn",
    "StandIns",
    "Step",
    "Swap",
    "Together",
    "Told",
    "Unmatched",
    "Wants",
    "Worth",
    "aim_faults",
    "arrow",
    "at_most",
    "by_prices",
    "can_be_made",
    "cells_of",
    "changes_anew",
    "changes_of",
    "changes_since",
    "cheapest",
    "connections",
    "content_of",
    "cost_of",
    "declining",
    "document_of",
    "edits",
    "every_cost",
    "expected",
    "explain",
    "find_recruits",
    "find_stand_ins",
    "first_aims",
    "fix_faults",
    "from_units",
    "gained",
    "graph_of",
    "group_of",
    "group_problem",
    "has_groups",
    "hopeless",
    "in_common",
    "is_saved",
    "kept_of",
    "laid_out",
    "least_for_several",
    "listed",
    "listed_prices",
    "loss",
    "mentors_of",
    "moved_of",
    "nobody",
    "open_to_all",
    "packed",
    "pair_by_pair",
    "pairs_of",
    "passing",
    "placed_in",
    "places_price",
    "plan_document",
    "posed",
    "price_list",
    "priceless",
    "profile_faults",
    "ranks_of",
    "read_planned",
    "read_saved",
    "reason_sent",
    "rule_words",
    "salted",
    "saved_document",
    "seekers",
    "slips_of",
    "standing_of",
    "text_of",
    "together",
    "told_of",
    "total_faults",
    "unmatched",
    "unsalted",
    "usual_profiles",
    "visible_facts",
    "waited_until",
    "waiting_faults",
    "waiting_of",
    "wanted_cells",
    "wants_of",
    "weighed",
    "whoever_is_placed",
    "with_waiting_notes",
]
