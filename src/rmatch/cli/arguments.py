"""The commands of the command line, their arguments and their help."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, RawDescriptionHelpFormatter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rmatch.cli.codes import CODES
from rmatch.errors import nearest
from rmatch.matching import CONTACTS
from rmatch.rounds import AUDIENCES

if TYPE_CHECKING:
    from collections.abc import Mapping

    Options = Mapping[str, Mapping[str, Any]]

SUMMARY = "Match mentors (juniors, who teach) and mentees (senior leaders, who learn): the best pairs, explained and verified."
ABOUT_PEOPLE = """\
PEOPLE is a .csv, .xlsx or .json file with one row a person; `rmatch template` writes one to fill in,
`rmatch init` says how one that you have is read. Several files about the same people are joined as the
mapping says under [join]. Nothing is written unless everything went well.

"""


def _many(metavar: str, text: str) -> dict[str, Any]:
    return {"nargs": "+", "action": "extend", "default": [], "metavar": metavar, "help": text}


def contacts(text: str) -> tuple[str, ...]:
    """Return the columns in ``"name,email"``."""
    columns = tuple(column.strip() for column in text.split(","))
    unknown = [column for column in columns if column not in CONTACTS]
    if unknown:
        message = f"{unknown[0]!r}; {nearest(unknown[0], CONTACTS)}"
        raise ArgumentTypeError(message)
    return columns


INPUTS: Options = {
    "people": {
        "nargs": "*",
        "type": Path,
        "metavar": "PEOPLE",
        "help": "everybody, in one table, or in several that are joined",
    },
    "--mentors": _many("FILE", "instead of PEOPLE: the table of the mentors …") | {"type": Path},
    "--mentees": _many("FILE", "… and the table of the mentees") | {"type": Path},
    "--mapping": {
        "type": Path,
        "metavar": "FILE",
        "help": "how a foreign table is read (.toml, .json)",
    },
    "--programme": {
        "type": Path,
        "metavar": "FILE",
        "help": "criteria, rules, places (.toml, .json); else the default",
    },
    "--requests": {
        "type": Path,
        "metavar": "FILE",
        "help": "locks, exclusions, wishes (.csv, .xlsx, .json)",
    },
    "--previous": _many("FILE", "earlier results: their pairs are not made again") | {"type": Path},
    "--exclude": _many("ID", "people who take no part in this round"),
}
SEED: Options = {
    "--seed": {
        "default": "0",
        "help": "decides ties: any text, such as the round's name (default: 0)",
    }
}
LIMITS: Options = {
    "--max-seconds": {
        "type": float,
        "metavar": "S",
        "help": "stop a long run after about S seconds, with its best and a bound, as Ctrl-C does",
    },
    "--gap": {
        "type": float,
        "default": 0.0,
        "metavar": "SHARE",
        "help": "stop a long run when nothing can be better by more than this share: 0.01 is one per cent (default: 0)",
    },
}
RESULT: Options = {
    "--out": {
        "type": Path,
        "required": True,
        "metavar": "PAIRS",
        "help": "for the pairs (.csv) or the whole result (.json)",
    },
    "--people-out": {
        "type": Path,
        "metavar": "FILE",
        "help": "for everybody, with partners or the reason (.csv)",
    },
    "--fairness": {
        "type": Path,
        "metavar": "FILE",
        "help": "for the fairness report, for you alone (.html, .json)",
    },
    "--price-of-fair-places": {
        "action": "store_true",
        "help": "solve once more, and say what it costs that protected attributes do not decide who gets a place",
    },
    "--with": {
        "dest": "include",
        "type": contacts,
        "default": (),
        "metavar": "COLUMNS",
        "help": "name, email or name,email: into the files, beside the ids",
    },
}
WHOM: Options = {
    "--mentor": {"metavar": "ID", "help": "one of the two"},
    "--mentee": {"metavar": "ID", "help": "the other"},
    "--person": {"metavar": "ID", "help": "instead of the two: everything about one person"},
    "--audience": {
        "choices": AUDIENCES,
        "default": "admin",
        "help": "a participant sees no points, no other people, nothing protected",
    },
}
FORMAT: Options = {
    "--format": {
        "choices": ("text", "json"),
        "default": "text",
        "help": "json: what was understood, the topics and the findings in one object (default: text)",
    }
}
TEMPLATE: Options = {
    "file": {"type": Path, "metavar": "FILE", "help": "a new .csv or .json file"},
    "--dimension": {
        "action": "append",
        "metavar": "NAME",
        "help": "a demographic question that you ask; can be repeated (default: age, gender)",
    },
}
INIT: Options = {
    "people": {
        "nargs": "+",
        "type": Path,
        "metavar": "PEOPLE",
        "help": "the table (.csv, .xlsx, .json), or several about the same people",
    },
    "--mapping": {
        "type": Path,
        "metavar": "FILE",
        "help": "one that you have corrected: only programme.toml is written, for the people as it reads them",
    },
    "--out": {
        "type": Path,
        "default": Path(),
        "metavar": "DIR",
        "help": "where to write, a directory that exists (default: here)",
    },
}
COMMANDS: Mapping[str, tuple[str, tuple[Options, ...], str]] = {
    "match": (
        "make the best pairs, verify them, write them",
        (INPUTS, SEED, LIMITS, RESULT),
        """\
  rmatch match people.csv --out pairs.csv
  rmatch match staff.xlsx --mapping mapping.toml --programme programme.toml --out result.json --seed spring
  rmatch match hris.csv survey.csv --mapping mapping.toml --out pairs.csv
  rmatch match --mentors juniors.csv --mentees leaders.csv --out pairs.csv --people-out all.csv --with name,email
  rmatch match people.csv --previous autumn.csv --exclude E7 --out spring.csv
  rmatch match people.csv --out pairs.csv --fairness fairness.html
""",
    ),
    "check": (
        "show what was understood, and say what is wrong, or will be, before anything is decided",
        (INPUTS, FORMAT),
        """\
  rmatch check people.csv
  rmatch check people.csv --format json
  rmatch check staff.xlsx --mapping mapping.toml --programme programme.toml
""",
    ),
    "explain": (
        "say why two people are, or are not, a pair; or everything about one person",
        (INPUTS, SEED, WHOM),
        """\
  rmatch explain people.csv --mentor E7 --mentee E2
  rmatch explain people.csv --mentor E7 --mentee E2 --audience participant
  rmatch explain people.csv --person E7
""",
    ),
    "template": (
        "write a table of people to fill in",
        (TEMPLATE,),
        """\
  rmatch template people.csv --dimension "age band" --dimension gender
""",
    ),
    "init": (
        "guess how a table that you have is read, and write mapping.toml and programme.toml",
        (INIT,),
        """\
  rmatch init staff.xlsx
  rmatch init hris.csv survey.csv --out settings
  rmatch init staff.xlsx --mapping mapping.toml
""",
    ),
    "demo": ("match a small invented company and show why", (), "  rmatch demo\n"),
}
"""What each command does, its arguments, and examples."""
FIRST_STEPS = """\
examples:
  rmatch demo
  rmatch template people.csv
  rmatch check people.csv
  rmatch match people.csv --out pairs.csv

"""


def parser() -> ArgumentParser:
    """Return what understands the command line; the name of the command is in ``command``."""
    whole = ArgumentParser(
        "rmatch",
        description=SUMMARY,
        epilog=FIRST_STEPS + CODES,
        formatter_class=RawDescriptionHelpFormatter,
    )
    commands = whole.add_subparsers(
        title="commands", metavar="COMMAND", dest="command", required=True
    )
    for name, (summary, groups, examples) in COMMANDS.items():
        command = commands.add_parser(
            name,
            help=summary,
            description=f"{summary[0].upper()}{summary[1:]}.",
            epilog=f"{ABOUT_PEOPLE if INPUTS in groups else ''}examples:\n{examples}\n{CODES}",
            formatter_class=RawDescriptionHelpFormatter,
        )
        for option, settings in (each for group in groups for each in group.items()):
            command.add_argument(option, **settings)
    return whole
