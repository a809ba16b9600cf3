"""The verbs of what comes after the first matching: what has changed, and what changes least."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmatch.cli.held import is_round, path_of, source
from rmatch.cli.inputs import given
from rmatch.cli.options import INPUTS, many
from rmatch.cli.verb import Answer, Verb
from rmatch.cli.verbs.ask import DECIDED
from rmatch.errors import Fault
from rmatch.matching import read_matching
from rmatch.utils.validation import refuse

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from rmatch.cli.verb import Options

NOW: Options = {
    "--people": many("PEOPLE", "everybody as they are now, in one table, or in several")
    | {"type": source},
    **{name: told for name, told in INPUTS.items() if name != "people"},
}
TWO: Options = {
    name: {"type": source, "metavar": name.upper(), "help": text}
    for name, text in {
        "earlier": "a saved round (.json, .zip)",
        "later": "the one that it is compared with",
    }.items()
}


def _diff(arguments: Namespace) -> Answer:
    refuse(_diff_faults(arguments))
    earlier, later = arguments.earlier, arguments.later
    return Answer(read_matching(earlier).diff(read_matching(later, given(arguments)[0])))


def _diff_faults(arguments: Namespace) -> Iterator[Fault]:
    for name in ("earlier", "later"):
        path = getattr(arguments, name)
        if not is_round(path):
            remedy = "give what `rmatch match --out round.json` or `rmatch bundle` wrote"
            yield Fault(
                f"diff {name.upper()}", "", f"{path_of(path).name} is no saved round", remedy
            )
    for name in DECIDED[:-1]:
        if getattr(arguments, name):
            yield Fault("diff", f"--{name}", "a saved round has its own", "leave it out")


DIFF = Verb(
    "compare two saved rounds: which pairs are kept, which are new, which are broken, and why",
    (TWO, NOW),
    """\
  rmatch diff autumn.json spring.json
  rmatch diff autumn.json spring.json --people people.csv
""",
    _diff,
)
