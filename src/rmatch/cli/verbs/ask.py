"""The verbs that ask about one matching: why, what else, how fair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmatch.cli.inputs import inputs, rows_of
from rmatch.cli.options import INPUTS, SEED
from rmatch.cli.verb import Answer, Told, Verb
from rmatch.errors import Fault
from rmatch.matching import Unmatched, match
from rmatch.rounds import AUDIENCES
from rmatch.utils.documents import plain
from rmatch.utils.validation import refuse

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from rmatch.cli.verb import Options
    from rmatch.matching import Matching

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
WHOSE: Options = {
    "--person": {"metavar": "ID", "required": True, "help": "whose other partners"},
    "--side": {
        "choices": ("mentor", "mentee"),
        "help": "what the person plays here; needed for those who play both",
    },
    "--most": {
        "type": int,
        "default": 3,
        "metavar": "K",
        "help": "how many partners (default: 3)",
    },
}


def _matching(arguments: Namespace, asker: str, people: Sequence[str] = ()) -> Matching:
    """Return the matching that is asked about."""
    given = inputs(arguments)
    rows_of(given[0], asker, people)
    return match(*given, seed=arguments.seed)


def _explain(arguments: Namespace) -> Answer:
    two = [arguments.mentor, arguments.mentee]
    given = [each is not None for each in (*two, arguments.person)]
    if given not in ([True, True, False], [False, False, True]):
        remedy = "give --mentor and --mentee, or --person"
        refuse([Fault("explain", "", "it is not clear whom", remedy)])
    if arguments.person is None:
        matching = _matching(arguments, "explain", two)
        return Answer(matching.explain(arguments.mentor, arguments.mentee, arguments.audience))
    matching = _matching(arguments, "explain", [arguments.person])
    return Answer(_everything(matching, arguments.person, arguments.audience))


def _everything(matching: Matching, person: str, audience: str) -> Told:
    """Return why somebody has these partners, and none beside."""
    made = [pair for pair in matching.pairs if person in (pair.mentor, pair.mentee)]
    why = [matching.explain(pair.mentor, pair.mentee, audience) for pair in made]
    alone = [each for each in matching.unmatched if each.id == person]
    if audience != "admin":
        # A participant must not learn of other people or of exclusions from the reason.
        alone = [Unmatched(person, each.role, "", "No partner in this round.") for each in alone]
    lines = (f"{each.id} ({each.role}): {each.sentence}" for each in alone)
    return Told(
        "\n\n".join([*map(str, why), *lines]),
        lambda: plain({"explanations": why, "unmatched": alone}),
    )


def _alternatives(arguments: Namespace) -> Answer:
    person = arguments.person
    matching = _matching(arguments, "alternatives", [person])
    found = matching.alternatives(person, arguments.most, side=arguments.side)
    listed = "\n".join(map(str, found)) or f"{person} can have no other partner."
    return Answer(Told(listed, lambda: {"alternatives": plain(found)}))


def _fairness(arguments: Namespace) -> Answer:
    return Answer(_matching(arguments, "fairness").fairness())


EXPLAIN = Verb(
    "say why two people are, or are not, a pair; or everything about one person",
    (INPUTS, SEED, WHOM),
    """\
  rmatch explain people.csv --mentor E7 --mentee E2
  rmatch explain people.csv --mentor E7 --mentee E2 --audience participant
  rmatch explain people.csv --person E7
""",
    _explain,
)
ALTERNATIVES = Verb(
    "say which other partners of a person would cost the programme least",
    (INPUTS, SEED, WHOSE),
    """\
  rmatch alternatives people.csv --person E7
  rmatch alternatives people.csv --person E7 --side mentor --most 5
""",
    _alternatives,
)
FAIRNESS = Verb(
    "say how fair a matching is: what each side gains, who would rather meet whom, how groups fare",
    (INPUTS, SEED),
    """\
  rmatch fairness people.csv
  rmatch fairness people.csv --format json
""",
    _fairness,
)
