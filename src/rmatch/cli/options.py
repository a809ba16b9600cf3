"""The options that several verbs have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rmatch.cli.held import source

if TYPE_CHECKING:
    from rmatch.cli.verb import Options


def many(metavar: str, text: str) -> dict[str, Any]:
    """Return the settings of an option that takes several values, and may be given several times."""
    return {"nargs": "+", "action": "extend", "default": [], "metavar": metavar, "help": text}


INPUTS: Options = {
    "people": {
        "nargs": "*",
        "type": source,
        "metavar": "PEOPLE",
        "help": "everybody, in one table, or in several that are joined; - for the standard input",
    },
    "--mentors": many("FILE", "instead of PEOPLE: the table of the mentors …") | {"type": source},
    "--mentees": many("FILE", "… and the table of the mentees") | {"type": source},
    "--mapping": {
        "type": source,
        "metavar": "FILE",
        "help": "how a foreign table is read (.toml, .json)",
    },
    "--programme": {
        "type": source,
        "metavar": "FILE",
        "help": "criteria, rules, places (.toml, .json); else the default",
    },
    "--requests": {
        "type": source,
        "metavar": "FILE",
        "help": "locks, exclusions, wishes (.csv, .xlsx, .json)",
    },
    "--previous": many("FILE", "earlier results: their pairs are not made again")
    | {"type": source},
    "--exclude": many("ID", "people who take no part in this round"),
}
SEED: Options = {
    "--seed": {
        "default": "0",
        "help": "decides ties: any text, such as the round's name (default: 0)",
    }
}
MAX_SECONDS: Options = {
    "--max-seconds": {
        "type": float,
        "metavar": "S",
        "help": "stop a long run after about S seconds, with its best and a bound if there is one",
    },
}
GIVE_UP: Options = {
    "--max-seconds": {
        "type": float,
        "metavar": "S",
        "help": "give up after about S seconds, without an answer",
    },
}
POINTS: Options = {
    "--points": {
        "choices": ("of-100", "exact"),
        "default": "of-100",
        "help": "exact: whole points are told, as programs and auditors have them (default: of-100)",
    }
}
NAMED: Options = {
    "--with": {
        "dest": "include",
        "choices": ("name",),
        "help": "name: people are called by their names, with their ids beside",
    }
}
FORMAT: Options = {
    "--format": {
        "choices": ("text", "json"),
        "default": "text",
        "help": "json: the answer as one object, and all else on the error stream (default: text)",
    }
}
