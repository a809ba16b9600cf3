"""How property-based tests run: without deadlines, and the same every time on a build machine."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("rmatch", deadline=None, print_blob=True, derandomize="CI" in os.environ)
settings.load_profile("rmatch")
