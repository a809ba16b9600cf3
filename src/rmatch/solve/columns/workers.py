"""Where blocks of rows are worked on."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor


def pool() -> ThreadPoolExecutor:
    """Return as many threads as there are processors for this process."""
    return ThreadPoolExecutor(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count())
