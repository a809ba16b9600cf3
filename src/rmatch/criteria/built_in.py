"""The criteria that come with rmatch, by their kind."""

from __future__ import annotations

from typing import TypeAlias

from rmatch.criteria.diversity import Diversity
from rmatch.criteria.experience_gap import ExperienceGap
from rmatch.criteria.expertise import Expertise
from rmatch.criteria.growth import Growth
from rmatch.criteria.logistics import Logistics
from rmatch.criteria.reach import Reach
from rmatch.criteria.wish import Wish

BuiltIn: TypeAlias = Expertise | ExperienceGap | Diversity | Reach | Growth | Wish | Logistics

BUILT_IN: dict[str, type[BuiltIn]] = {
    criterion.kind: criterion
    for criterion in (Expertise, ExperienceGap, Diversity, Reach, Growth, Wish, Logistics)
}
