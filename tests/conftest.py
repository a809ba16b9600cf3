"""How property-based tests run: without deadlines, and every failure says how to see it again.

A run is short unless it is asked to be thorough, by ``RMATCH_THOROUGH=1`` or ``--hypothesis-profile=thorough``. A short run on
a build machine tries the same examples every time.
"""

from __future__ import annotations

import os

from hypothesis import settings
from profiles import SHORT, THOROUGH

COMMON = settings(deadline=None, print_blob=True)

settings.register_profile("short", COMMON, max_examples=SHORT, derandomize="CI" in os.environ)
settings.register_profile("thorough", COMMON, max_examples=THOROUGH, derandomize=False)
settings.load_profile("thorough" if os.environ.get("RMATCH_THOROUGH") == "1" else "short")
