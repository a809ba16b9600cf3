"""On what was measured: the class of machine and the versions, no names and no paths."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version

PACKAGES = (
    "reverse-mentoring", "numpy", "scipy", "numba", "networkx", "pandas", "mentor-match", "munkres", "lapx", "ortools", "pot",
)  # fmt: skip


def machine() -> dict[str, str]:
    """Return what kind of machine this is."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "system": platform.system(),
        "processor": platform.machine(),
        "cores": str(os.cpu_count()),
        "memory": f"{memory:.0f} GiB",
        "load before": f"{os.getloadavg()[0]:.1f}",  # what others did here in the last minute: a shared machine is slower
    }


def versions() -> dict[str, str]:
    """Return the versions of Python and of everything that is timed."""
    return {"python": platform.python_version()} | {name: _version(name) for name in PACKAGES}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
