"""The worker: one round, matched in a process of its own. All that it says and hears are rows."""

import json
from dataclasses import asdict
from pathlib import Path

from store import Store

import rmatch


def work(path: Path, number: int) -> None:
    """Match one round, and keep what came of it: a result, or what is wrong with the input."""
    store = Store(path)
    (order,) = store.rounds(number)
    store.note(number, state="running")
    try:
        matching = rmatch.match(
            rmatch.read_people(store.staff()),
            rmatch.read_programme(json.loads(order["programme"])),
            seed=order["seed"],
            progress=lambda told: store.note(number, progress=asdict(told)),
            cancel=lambda: store.rounds(number)[0]["cancelled"] == 1,
        )
    except (
        rmatch.RmatchError
    ) as error:  # wrong input, rules that nothing keeps, or cancelled at once
        store.note(number, faults=[*map(str, getattr(error, "faults", [error]))], state="refused")
    else:
        store.note(number, document=matching.to_json(), state=str(matching.status))
