"""One round, solved and explained: locks, places, steps, pairs, and what another answer would cost."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rmatch.rounds.in_common import Common, InCommon, gained, in_common
from rmatch.rounds.passing import passing
from rmatch.rounds.places_price import PlacesPrice, open_to_all, places_price
from rmatch.rounds.unmatched import Unmatched, hopeless, unmatched
from rmatch.utils.lazy import handed_out

if TYPE_CHECKING:
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
    from rmatch.rounds.connections.connections import Connections, connections_of
    from rmatch.rounds.connections.graph import graph_of
    from rmatch.rounds.connections.links import PARTS, Link, LinkFigures, Links
    from rmatch.rounds.costs import (
        can_be_made,
        cheapest,
        cost_of,
        every_cost,
        loss,
        priceless,
        total_faults,
    )
    from rmatch.rounds.earlier import Earlier, waited_until, waiting_faults, with_waiting_notes
    from rmatch.rounds.explain import AUDIENCES, explanation_of
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
    from rmatch.rounds.kept import Kept, kept_of, told_of
    from rmatch.rounds.lost import Loss
    from rmatch.rounds.outcome import Outcome
    from rmatch.rounds.pair import Pair
    from rmatch.rounds.pair_chances import PairChances
    from rmatch.rounds.plan.changed import changes_of, moved_of
    from rmatch.rounds.plan.laid_out import cells_of, laid_out
    from rmatch.rounds.plan.planned import ByRounds, Meeting, Planned
    from rmatch.rounds.plan.saved import plan_document, read_planned
    from rmatch.rounds.plan.terms import Gap, Over, PlanTerms
    from rmatch.rounds.plan.together import together
    from rmatch.rounds.player import Cell
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
    "connections_of",
    "content_of",
    "cost_of",
    "declining",
    "document_of",
    "edits",
    "every_cost",
    "expected",
    "explanation_of",
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

__getattr__: Callable[[str], Any] = handed_out(
    __name__,
    {
        "rmatch.rounds.aims": "OTHER_TOPICS Aims Wants aim_faults wants_of",
        "rmatch.rounds.alternative": "Alternative",
        "rmatch.rounds.capacity": "Places",
        "rmatch.rounds.changes.causes": "changes_anew changes_since",
        "rmatch.rounds.changes.changes": "KEEP BrokenPair Changes Keep arrow",
        "rmatch.rounds.changes.prices": "ChangesPrice PriceList listed_prices price_list",
        "rmatch.rounds.changes.wanted": "wanted_cells",
        "rmatch.rounds.claim": "at_most",
        "rmatch.rounds.comparison": "standing_of",
        "rmatch.rounds.connections.apart": "Apart",
        "rmatch.rounds.connections.connections": "Connections connections_of",
        "rmatch.rounds.connections.graph": "graph_of",
        "rmatch.rounds.connections.links": "PARTS Link LinkFigures Links",
        "rmatch.rounds.costs": "can_be_made cheapest cost_of every_cost loss priceless total_faults",
        "rmatch.rounds.earlier": "Earlier waited_until waiting_faults with_waiting_notes",
        "rmatch.rounds.explain": "AUDIENCES explanation_of",
        "rmatch.rounds.explanation": "Audience Explanation Other",
        "rmatch.rounds.fixes.catalogue": "SAFE Catalogue",
        "rmatch.rounds.fixes.gives": "Give",
        "rmatch.rounds.fixes.least": "Least Search Seeker fix_faults placed_in seekers",
        "rmatch.rounds.fixes.several": "least_for_several",
        "rmatch.rounds.groups.aims": "Left by_prices first_aims weighed",
        "rmatch.rounds.groups.credit": "mentors_of",
        "rmatch.rounds.groups.group": "Covered MenteeGroup group_of",
        "rmatch.rounds.groups.problem": "group_problem has_groups pair_by_pair",
        "rmatch.rounds.groups.swap": "Swap",
        "rmatch.rounds.groups.whole": "whoever_is_placed",
        "rmatch.rounds.kept": "Kept kept_of told_of",
        "rmatch.rounds.lost": "Loss",
        "rmatch.rounds.outcome": "Outcome",
        "rmatch.rounds.pair": "Pair",
        "rmatch.rounds.pair_chances": "PairChances",
        "rmatch.rounds.plan.changed": "changes_of moved_of",
        "rmatch.rounds.plan.laid_out": "cells_of laid_out",
        "rmatch.rounds.plan.planned": "ByRounds Meeting Planned",
        "rmatch.rounds.plan.saved": "plan_document read_planned",
        "rmatch.rounds.plan.terms": "Gap Over PlanTerms",
        "rmatch.rounds.plan.together": "together",
        "rmatch.rounds.player": "Cell",
        "rmatch.rounds.precedence": "Precedence nobody",
        "rmatch.rounds.reasons": "rule_words",
        "rmatch.rounds.recruits.found": "find_recruits",
        "rmatch.rounds.recruits.profiles": "profile_faults usual_profiles",
        "rmatch.rounds.recruits.recruits": "Recruit Recruits Together",
        "rmatch.rounds.recruits.worth": "Worth",
        "rmatch.rounds.round": "Round",
        "rmatch.rounds.saved.archive": "MANIFEST ROUND listed packed",
        "rmatch.rounds.saved.edits": "edits",
        "rmatch.rounds.saved.parse": "HEAD is_saved",
        "rmatch.rounds.saved.read": "read_saved saved_document",
        "rmatch.rounds.saved.salted": "salted unsalted",
        "rmatch.rounds.saved.write": "content_of document_of text_of",
        "rmatch.rounds.slips.slip": "Appointment Slip SlipPartner",
        "rmatch.rounds.slips.slips": "Slips reason_sent slips_of",
        "rmatch.rounds.stand_ins.acceptance": "Acceptance",
        "rmatch.rounds.stand_ins.first_answers": "FirstAnswers expected",
        "rmatch.rounds.stand_ins.search": "declining find_stand_ins from_units",
        "rmatch.rounds.stand_ins.stand_in": "StandIn StandIns",
        "rmatch.rounds.step": "Step posed",
        "rmatch.rounds.visible": "visible_facts",
        "rmatch.rounds.waiting": "ranks_of waiting_of",
    },
)
