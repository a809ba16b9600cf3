"""The verbs that ask about one matching: whether it holds, why, what else, who stands in, how fair."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rmatch.cli.held import is_plan, is_round, source
from rmatch.cli.inputs import given, inputs, rows_of, sources
from rmatch.cli.language import LANGUAGE
from rmatch.cli.named import names_told
from rmatch.cli.options import GIVE_UP, INPUTS, NAMED, POINTS, SEED
from rmatch.cli.progress import bar
from rmatch.cli.targets import DIALECT, FORCE, check_targets, deliver, dialect_of
from rmatch.cli.verb import Answer, Command, Told
from rmatch.errors import Fault, InvalidInputError
from rmatch.lifecycle import read_plan
from rmatch.matching import Unmatched, match, read_bundle, read_matching
from rmatch.rounds import AUDIENCES, Audience, reason_sent
from rmatch.utils.called import called
from rmatch.utils.documents import json_text, plain
from rmatch.utils.files import read_bytes
from rmatch.utils.languages import SOURCE, Language
from rmatch.utils.messages import joined
from rmatch.utils.validation import refuse
from rmatch.verification import verify

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from rmatch.cli.verb import Options
    from rmatch.lifecycle import Plan
    from rmatch.matching import Matching
    from rmatch.people import People, Requests

DECIDED = ("programme", "requests", "previous", "seed")
"""What a saved round has of its own."""
ROUND: Options = {
    "round": {
        "type": source,
        "metavar": "ROUND",
        "help": "what --out of `match` or `rematch`, or `bundle` wrote (.json, .zip); `verify` reads plans, too",
    }
}
SALT: Options = {
    "--salt": {
        "type": Path,
        "metavar": "FILE",
        "help": "a secret of 16 bytes or more: with it salted hashes stand in the place of ids",
    }
}
ABOUT: Options = {
    **INPUTS,
    "people": {
        **INPUTS["people"],
        "metavar": "ROUND|PEOPLE",
        "help": "a saved round, and the files of its people where more is asked than it tells; or people, who are matched first",
    },
    "--seed": {**SEED["--seed"], "default": None},
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
WHOSE: Options = {
    "--person": {"metavar": "ID", "required": True, "help": "whose other partners"},
    "--side": {
        "choices": ("mentor", "mentee"),
        "help": "what the person plays here; needed for those who play both",
    },
    "-k": {"type": int, "default": 3, "help": "how many partners (default: 3)"},
}

DECLINES: Options = {
    "-r": {
        "type": int,
        "default": 1,
        "help": "how many pairs may decline at once, so that there is room for all stand-ins (default: 1)",
    },
    "--accept": {
        "type": source,
        "metavar": "FILE",
        "help": "how likely people are to accept, from 0 to 1: columns id and accept, or mentor, mentee and accept",
    },
    "--out": {
        "type": Path,
        "metavar": "FILE",
        "help": "for two rows a pair, who stands in for the one and the other (.csv, .xlsx), or all of it (.json)",
    },
    **DIALECT,
    **FORCE,
}


def asked_about(arguments: Namespace, asker: str, people: Sequence[str] = ()) -> Matching:
    """Return the matching that is asked about: a saved one as it is, else the best one."""
    if not (arguments.people and is_round(arguments.people[0])):
        everything = inputs(arguments)
        rows_of(everything[0].id, asker, people)
        seed = arguments.seed or SEED["--seed"]["default"]
        with bar() as progress:
            return match(*everything, seed=seed, progress=progress)
    refuse(
        Fault(asker, f"--{name}", "a saved round has its own", "leave it out")
        for name in DECIDED
        if getattr(arguments, name)
    )
    arguments.round, *arguments.people = arguments.people
    matching = read_matching(arguments.round, given(arguments)[0])
    rows_of(list(matching.partners), asker, people)
    return matching


def salt_of(path: Path | None) -> bytes | None:
    """Return the secret that a file holds."""
    if path is None:
        return None
    try:
        return read_bytes(path)
    except OSError as error:
        problem = f"{path.name}: {error.strerror or 'cannot be read'}"
        raise InvalidInputError([Fault("--salt", "", problem, "give a readable file")]) from None


def _verify(arguments: Namespace) -> Answer:
    people, programme, requests = given(arguments)
    stated = requests.rows or arguments.requests or arguments.previous
    matching = _kept(arguments, people, requests)
    own = people, programme, requests if stated else None
    with bar() as progress:
        verified = verify(matching, *own, max_seconds=arguments.max_seconds, progress=progress)
    return Answer(verified)


def _kept(arguments: Namespace, people: People | None, requests: Requests) -> Matching | Plan:
    """Return what is to be verified, with the ids that a salt turns back where there is one."""
    salt = salt_of(arguments.salt)
    if is_plan(arguments.round):
        return _kept_plan(arguments, people)
    if salt is None:
        return read_matching(arguments.round, people)
    if people is None:
        remedy = "give PEOPLE, whose ids the salt turns back"
        raise InvalidInputError([Fault("verify", "people", "nobody is given", remedy)])
    return read_bundle(arguments.round, people, requests, salt=salt)


def _kept_plan(arguments: Namespace, people: People | None) -> Plan:
    if people is None:
        raise InvalidInputError(
            [Fault("verify", "people", "a plan is held against them", "give PEOPLE")]
        )
    if arguments.salt:
        raise InvalidInputError(
            [Fault("verify", "--salt", "a plan has the ids of people", "leave it out")]
        )
    return read_plan(arguments.round, people)


def _explain(arguments: Namespace) -> Answer:
    two = [arguments.mentor, arguments.mentee]
    named = [each is not None for each in (*two, arguments.person)]
    if named not in ([True, True, False], [False, False, True]):
        remedy = "give --mentor and --mentee, or --person"
        refuse([Fault("explain", "", "it is not clear whom", remedy)])
    if arguments.language != SOURCE and arguments.format == "json":
        remedy = "leave out one of the two"
        refuse([Fault("--language", "", "is for texts, and JSON says all in English", remedy)])
    language = Language(arguments.language)
    if arguments.person is None:
        matching = asked_about(arguments, "explain", two)
        with names_told(matching, arguments):
            why = matching.explain(arguments.mentor, arguments.mentee, arguments.audience)
            return Answer(Told(why.text(language.code), why.to_json))
    matching = asked_about(arguments, "explain", [arguments.person])
    with names_told(matching, arguments):
        return Answer(_everything(matching, arguments.person, arguments.audience, language))


def _everything(matching: Matching, person: str, audience: Audience, language: Language) -> Told:
    """Return why somebody has these partners, and none beside."""
    made = [pair for pair in matching.pairs if person in (pair.mentor, pair.mentee)]
    why = [matching.explain(pair.mentor, pair.mentee, audience) for pair in made]
    alone = [each for each in matching.unmatched if each.id == person]
    together = [pair.mentee for pair in made].count(person) > 1 and audience == "admin"
    groups = [matching.group(person)] if together else []
    if audience != "admin":
        # A participant must not learn of other people or of exclusions from the reason.
        alone = [Unmatched(person, each.role, "", reason_sent(each)) for each in alone]
    texts = (each.text(language.code) for each in why)
    lines = (
        language.say(joined(" ", [f"{called(each.id)} ({each.role}):", each.sentence]))
        for each in alone
    )
    return Told(
        "\n\n".join([*map(str, groups), *texts, *lines]),
        lambda: json_text(
            {"explanations": plain(why), "unmatched": plain(alone)}
            | ({"group": plain(groups[0])} if groups else {})
        ),
    )


def _alternatives(arguments: Namespace) -> Answer:
    person = arguments.person
    matching = asked_about(arguments, "alternatives", [person])
    with bar() as progress:
        limits = {"max_seconds": arguments.max_seconds, "progress": progress}
        found = matching.alternatives(person, arguments.k, side=arguments.side, **limits)
    with names_told(matching, arguments):
        listed = "\n".join(map(str, found)) or f"{called(person)} can have no other partner."
    return Answer(Told(listed, lambda: json_text({"alternatives": plain(found)})))


def _stand_ins(arguments: Namespace) -> Answer:
    check_targets(arguments, sources(arguments))
    matching = asked_about(arguments, "stand-ins")
    found = matching.stand_ins(arguments.r, arguments.accept)
    with names_told(matching, arguments):
        told = Told(str(found), found.to_json)
    out = arguments.out
    as_json = out and out.suffix.lower() == ".json"
    write = found.to_json if as_json else partial(found.to_table, dialect=dialect_of(arguments))
    delivery = deliver({out: write} if out else {}, force=arguments.force)
    return Answer(told, delivery.told, failure=delivery.failure)


def _fairness(arguments: Namespace) -> Answer:
    matching = asked_about(arguments, "fairness")
    with bar() as progress:
        return Answer(matching.fairness(max_seconds=arguments.max_seconds, progress=progress))


VERIFY = Command(
    (ROUND, INPUTS, SALT, GIVE_UP),
    """\
  rmatch verify round.json people.csv
  rmatch verify round.zip people.csv --salt secret.bin
  rmatch verify round.json people.csv --programme programme.toml --requests requests.csv
  cat people.csv | rmatch match - --format json | rmatch verify - people.csv
""",
    _verify,
)
EXPLAIN = Command(
    (ABOUT, WHOM, NAMED, POINTS, LANGUAGE),
    """\
  rmatch explain round.json --mentor E7 --mentee E2
  rmatch explain round.json --mentor E7 --mentee E2 --audience participant
  rmatch explain round.json people.csv --mentor E7 --mentee E9
  rmatch explain people.csv --person E7
""",
    _explain,
)
ALTERNATIVES = Command(
    (ABOUT, WHOSE, NAMED, POINTS, GIVE_UP),
    """\
  rmatch alternatives round.json people.csv --person E7
  rmatch alternatives people.csv --person E7 --side mentor -k 5
""",
    _alternatives,
)
STAND_INS = Command(
    (ABOUT, DECLINES, NAMED, POINTS),
    """\
  rmatch stand-ins round.json people.csv
  rmatch stand-ins round.json people.csv -r 2
  rmatch stand-ins people.csv --accept accept.csv
  rmatch stand-ins round.json people.csv --out stand-ins.xlsx
""",
    _stand_ins,
)
FAIRNESS = Command(
    (ABOUT, POINTS, GIVE_UP),
    """\
  rmatch fairness round.json people.csv
  rmatch fairness people.csv --format json
""",
    _fairness,
)
