"""How property-based tests run: without deadlines, and the same every time on a build machine.

A run is short unless it is asked to be thorough, by ``RMATCH_THOROUGH=1`` or ``--hypothesis-profile=thorough``.
"""

from __future__ import annotations

import os

from hypothesis import settings
from profiles import SHORT, THOROUGH

COMMON = settings(deadline=None, print_blob=True, derandomize="CI" in os.environ)

settings.register_profile("short", COMMON, max_examples=SHORT)
settings.register_profile("thorough", COMMON, max_examples=THOROUGH)
settings.load_profile("thorough" if os.environ.get("RMATCH_THOROUGH") == "1" else "short")
