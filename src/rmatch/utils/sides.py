"""The two sides of a pair, as types and as what is checked."""

from __future__ import annotations

from typing import Literal, get_args

Side = Literal["mentor", "mentee"]
SIDES: tuple[Side, ...] = get_args(Side)
Whose = Literal["mentor", "mentee", "both"]
"""Whom something concerns: one side, or both."""
WHOSE: tuple[Whose, ...] = get_args(Whose)
SideOrNone = Literal["mentor", "mentee", "none"]
"""In which role somebody has no partner, `"none"` for whoever plays none."""
