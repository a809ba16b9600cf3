"""The commands, each of which prints what it has to say and returns an exit code."""

from __future__ import annotations

import shlex
from functools import partial
from typing import TYPE_CHECKING

from rmatch.checking import Findings, check, invalid, without_effect
from rmatch.cli.codes import BAD_INPUT, FINE, INTERRUPTED, NO_ANSWER
from rmatch.cli.inputs import inputs, rows_of, sources
from rmatch.cli.progress import bar, patience
from rmatch.cli.streams import say
from rmatch.cli.targets import check_files, check_new, check_targets, write_or_keep
from rmatch.errors import Fault, InvalidInputError
from rmatch.io import read_people, write_template
from rmatch.matching import match
from rmatch.people import ROLES
from rmatch.rounds import priceless
from rmatch.utils.files import write_text
from rmatch.utils.spelling import visible
from rmatch.utils.validation import refuse
from rmatch.verification import verify

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from rmatch.fairness import Fairness
    from rmatch.matching import Matching, PlacesPrice
    from rmatch.verification import Verified


def _match(arguments: Namespace) -> int:
    check_targets(arguments, sources(arguments))
    people, programme, requests = inputs(arguments)
    if arguments.price_of_fair_places:
        refuse(priceless(programme, "--price-of-fair-places"))
    limits = {"max_seconds": arguments.max_seconds, "gap": arguments.gap}
    with bar() as progress:
        matching = match(
            people, programme, requests, seed=arguments.seed, **limits, progress=progress
        )
    if not matching.proved:
        unpriced = ", without the price of fair places" * arguments.price_of_fair_places
        say(f"stopped; the best so far is verified and written{unpriced}")
    with patience("the result is being verified and written"):
        written = _deliver(matching, verify(matching, people, programme, requests), arguments)
    if not written:
        return BAD_INPUT
    limited = arguments.max_seconds is not None or arguments.gap > 0
    if not (matching.proved or limited):
        return INTERRUPTED
    return FINE if matching.pairs else NO_ANSWER


def _deliver(matching: Matching, verified: Verified, arguments: Namespace) -> bool:
    """Write a matching, say what it is, and tell whether every file is where it should be."""
    # Whatever can go wrong goes wrong before anything is written.
    report = matching.fairness() if arguments.fairness else None
    priced = arguments.price_of_fair_places and matching.proved
    price = [_price(matching)] if priced else []
    files = dict(_files(matching, report, arguments, priced=priced))
    written = write_or_keep(files)
    print(matching, _counts(matching), f"{verified}.", *price, sep="\n")
    notes = [
        f"{finding.severity.capitalize()}: {finding.sentence}"
        for finding in without_effect(matching.scores)
    ]
    notes += [f"Note: {note}" for note in matching.scores.cohort.notes]
    print(*notes, sep="\n", end="\n" * bool(notes))
    if written:
        print("Written:", visible(" and ".join(map(str, written))))
    return len(written) == len(files)


def _files(
    matching: Matching, report: Fairness | None, arguments: Namespace, *, priced: bool
) -> Iterator[tuple[Path, Callable[[Path], object]]]:
    """Go through the files of a result, and what writes each."""
    include = arguments.include
    if arguments.out.suffix.lower() == ".json":
        writer = partial(matching.to_json, include=include, price_of_fair_places=priced)
        yield arguments.out, writer
    else:
        yield arguments.out, partial(matching.to_csv, include=include)
    if arguments.people_out:
        yield arguments.people_out, partial(matching.to_csv, table="people", include=include)
    if report is not None:
        as_json = arguments.fairness.suffix.lower() == ".json"
        yield arguments.fairness, report.to_json if as_json else report.to_html


def _price(matching: Matching) -> PlacesPrice:
    """Return the price of fair places, its other matching verified like the one that is written."""
    price = matching.price_of_fair_places()
    verify(price.with_protected)
    return price


def _counts(matching: Matching) -> str:
    parts = []
    for side in ("mentor", "mentee"):
        placed = {getattr(pair, side) for pair in matching.pairs}
        parts.append(f"{len(placed)} of {len(getattr(matching.people, f'{side}s'))} {side}s")
    idle = int((matching.people.role == ROLES["none"]).sum())
    rest = f"; {idle} more {'person takes' if idle == 1 else 'people take'} no part" if idle else ""
    return f"{' and '.join(parts)} have a partner{rest}."


def _check(arguments: Namespace) -> int:
    as_json = arguments.format == "json"
    try:
        given = inputs(arguments)
    except InvalidInputError as error:
        unread = Findings(tuple(invalid(error)), error.understood)
        if as_json:
            print(unread.to_json())
            return BAD_INPUT
        if error.understood is not None:
            print(error.understood)
        raise
    findings = check(*given)
    print(findings.to_json() if as_json else findings)
    return NO_ANSWER if findings.errors else FINE


def _explain(arguments: Namespace) -> int:
    two = [arguments.mentor, arguments.mentee]
    given = [each is not None for each in (*two, arguments.person)]
    if given not in ([True, True, False], [False, False, True]):
        remedy = "give --mentor and --mentee, or --person"
        refuse([Fault("explain", "", "it is not clear whom", remedy)])
    people, programme, requests = inputs(arguments)
    rows_of(people, "explain", two if arguments.person is None else [arguments.person])
    matching = match(people, programme, requests, seed=arguments.seed)
    if arguments.person is None:
        print(matching.explain(arguments.mentor, arguments.mentee, arguments.audience))
    else:
        print("\n\n".join(_everything(matching, arguments.person, arguments.audience)))
    return FINE


def _everything(matching: Matching, person: str, audience: str) -> Iterator[str]:
    for pair in matching.pairs:
        if person in (pair.mentor, pair.mentee):
            yield str(matching.explain(pair.mentor, pair.mentee, audience))
    for reason in matching.unmatched:
        if reason.id == person:
            # A participant must not learn of other people or of exclusions from the reason.
            why = reason.sentence if audience == "admin" else "No partner in this round."
            yield f"{person} ({reason.role}): {why}"


def _template(arguments: Namespace) -> int:
    check_new(arguments.file)
    write_template(arguments.file, *([arguments.dimension] if arguments.dimension else []))
    print(
        f"Written: {visible(str(arguments.file))}. Put your own people in the place of the two in it."
    )
    return FINE


def _init(arguments: Namespace) -> int:
    from rmatch.cli.guess import draft, draft_programme, open_choices, open_points, sides_of

    programme = arguments.out / "programme.toml"
    mapping = arguments.mapping or arguments.out / "mapping.toml"
    written = [programme] if arguments.mapping else [mapping, programme]
    check_new(*written)
    check_files(arguments.people)
    if arguments.mapping:
        write_text(programme, draft_programme(arguments.people, mapping))
    else:
        texts = draft(*arguments.people)
        write_text(mapping, texts.mapping)
        write_text(programme, texts.programme)
    listed = visible(" and ".join(map(str, written)))
    print(f"Written: {listed}. Check every line, and fill in what the comments ask for.")
    sides = {} if arguments.mapping else sides_of(arguments.people)
    faults = [] if arguments.mapping else open_points(arguments.people, mapping)
    faults = [*faults, *open_choices(programme)]
    if faults:
        print(f"Before it can be read, something is still to be done:\n{InvalidInputError(faults)}")
    elif not sides:
        print(f"The table can be read: {read_people(arguments.people, mapping=mapping)!r}")
    given = [part for side, (path, _) in sides.items() for part in (f"--{side}", path)]
    files = (*(given or arguments.people), "--mapping", mapping, "--programme", programme)
    print(f"Next: {visible(shlex.join(['rmatch', 'check', *map(str, files)]))}")
    return FINE


def _demo(_: Namespace) -> int:
    from rmatch.cli.demo import demo

    print(demo())
    return FINE


COMMANDS: dict[str, Callable[[Namespace], int]] = {
    "match": _match,
    "check": _check,
    "explain": _explain,
    "template": _template,
    "init": _init,
    "demo": _demo,
}
