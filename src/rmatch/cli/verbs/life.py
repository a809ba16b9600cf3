"""The verbs of what comes after the first matching: what has changed, and what changes least."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from rmatch.cli.held import is_round, path_of, source
from rmatch.cli.inputs import collected, earlier_pairs, given, sources
from rmatch.cli.options import INPUTS, POINTS, SEED, many
from rmatch.cli.verb import Answer, Command
from rmatch.cli.verbs.ask import DECIDED
from rmatch.cli.verbs.match import LIMITS, WRITTEN, finished, to_stream
from rmatch.errors import Fault, InvalidInputError
from rmatch.io import read_responses
from rmatch.matching import read_matching, rematch
from rmatch.people import Requests, Responses
from rmatch.rounds import KEEP
from rmatch.utils.validation import refuse
from rmatch.verification import verify

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterator

    from rmatch.cli.verb import Options
    from rmatch.matching import Matching, PriceList
    from rmatch.people import People, Understood
    from rmatch.programme import Programme

NOW: Options = {
    "--people": many("PEOPLE", "everybody as they are now, in one table, or in several")
    | {"type": source},
    **{name: told for name, told in INPUTS.items() if name != "people"},
}
EARLIER: Options = {
    "round": {
        "type": source,
        "metavar": "ROUND",
        "help": "the earlier round: saved (.json, .zip), or the table of its pairs (.csv, .xlsx)",
    }
}
RESPONSES: Options = {
    "--responses": {
        "type": source,
        "metavar": "FILE",
        "help": "what became of its pairs: accepted, declined, ended (.csv, .xlsx, .json)",
    },
}
HOW: Options = {
    **RESPONSES,
    "--price-of-changes": {
        "action": "store_true",
        "dest": "price",
        "help": "say, line by line and proved, how many changes buy how many points",
    },
    "--keep": {
        "choices": KEEP,
        "default": "pairs",
        "help": "pairs: break as few as possible; optimum: only where no points are lost (default: pairs)",
    },
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


def _rematch(arguments: Namespace) -> Answer:
    known = sources(arguments)
    piped = to_stream(arguments, known)
    now, earlier, responses = since(arguments, lambda _: _earlier(arguments.round))
    people, programme, requests = now
    made = partial(
        rematch,
        earlier,
        people,
        programme=programme,
        requests=requests,
        responses=responses,
        keep=arguments.keep,
        seed=arguments.seed,
        max_seconds=arguments.max_seconds,
        gap=arguments.gap,
    )
    own = people, programme, None
    return finished(made, own, arguments, piped=piped, told=_prices if arguments.price else None)


def since(
    arguments: Namespace, earlier: Callable[[Programme | None], Any]
) -> tuple[tuple[People | None, Programme | None, Requests | None], Any, Responses]:
    """Read what holds now, what was decided before and what was answered, and say what is wrong with any of it at once.

    Parameters
    ----------
    arguments : Namespace
        The command's.
    earlier : callable
        Reads what was decided, by the programme of now.

    Returns
    -------
    tuple
        People, programme and requests, each None where nothing is stated; what was decided; the answers.
    """
    faults: list[Fault] = []
    understood: list[Understood] = []
    people, programme, requests, before, responses = None, None, Requests(), None, Responses()
    with collected(faults, understood):
        people, programme, requests = given(arguments)
    with collected(faults):
        before = earlier(programme)
    with collected(faults):
        responses = read_responses(arguments.responses or [])
    if faults:
        raise InvalidInputError(faults, understood[0] if understood else None)
    stated = requests.rows or arguments.requests or arguments.previous
    return (people, programme, requests if stated else None), before, responses


def _prices(matching: Matching) -> PriceList:
    """Return what changes buy, verified like the matching that is written."""
    prices = matching.price_of_changes()
    verify(prices, of=matching)
    return prices


def _earlier(round_or_pairs: Any) -> Any:
    """Return the matching of a saved round; a table of pairs stays one."""
    if is_round(round_or_pairs):
        return read_matching(round_or_pairs)
    return earlier_pairs(round_or_pairs)


REMATCH = Command(
    (EARLIER, NOW, HOW, {"--seed": {**SEED["--seed"], "default": None}}, LIMITS, WRITTEN, POINTS),
    """\
  rmatch rematch round.json --people people.csv
  rmatch rematch round.json --people people.csv --responses answers.csv --out next.json
  rmatch rematch pairs.csv --people people.csv --keep optimum --out next.csv
""",
    _rematch,
)
DIFF = Command(
    (TWO, NOW),
    """\
  rmatch diff autumn.json spring.json
  rmatch diff autumn.json spring.json --people people.csv
""",
    _diff,
)
