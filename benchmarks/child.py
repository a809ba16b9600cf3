"""The inside of a fresh interpreter: run one task and print what it measured as JSON."""

from __future__ import annotations

import json
import sys
from importlib import import_module

from measure import SkipError, peak_megabytes


def main(where: str, arguments: str) -> None:
    """Run ``module:name`` with keyword arguments given as JSON."""
    module, name = where.split(":")
    try:
        measured = getattr(import_module(module), name)(**json.loads(arguments))
    except SkipError as reason:
        print(json.dumps({"skip": str(reason)}))
        return
    megabytes = measured.megabytes or peak_megabytes()
    times = {"seconds": measured.seconds, "beside": measured.beside}
    print(json.dumps({**times, "facts": measured.facts, "megabytes": megabytes}))


if __name__ == "__main__":
    main(*sys.argv[1:])
