"""The command line: ``rmatch match people.csv --out pairs.csv``."""

from __future__ import annotations

import io
import os
import shlex
import sys
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from rmatch.checking import check, without_effect
from rmatch.cli.arguments import parser
from rmatch.cli.progress import bar, patience
from rmatch.errors import (
    Fault,
    InfeasibleError,
    InvalidInputError,
    RmatchError,
    VerificationError,
    nearest,
)
from rmatch.io import read_people, read_programme, read_requests, write_template
from rmatch.matching import match
from rmatch.people import ROLES, Requests
from rmatch.programme import Programme
from rmatch.utils.files import write_text
from rmatch.verification import verify

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from rmatch.matching import Matching
    from rmatch.people import People

FINE, NO_ANSWER, BAD_INPUT, INTERRUPTED, UNREAD = 0, 1, 2, 130, 141
SOURCES = ("people", "mentors", "mentees", "mapping", "programme", "requests")
KINDS = {"--out": (".csv", ".json"), "--people-out": (".csv",), "--fairness": (".html", ".json")}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    argv : sequence of str, optional
        The arguments; those of the process if absent.

    Returns
    -------
    int
        The exit code; ``rmatch --help`` lists them.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        arguments = parser().parse_args(argv)
        code = COMMANDS[arguments.command](arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNREAD
    except KeyboardInterrupt:
        return _failed("interrupted", INTERRUPTED)
    except (InfeasibleError, VerificationError) as error:
        return _failed(error, NO_ANSWER)
    except OSError as error:
        return _failed(f"{error.filename}: {error.strerror}", BAD_INPUT)
    except (RmatchError, ModuleNotFoundError) as error:
        return _failed(error, BAD_INPUT)
    return code


def _failed(error: object, code: int) -> int:
    print(f"rmatch: {error}", file=sys.stderr)
    return code


def _match(arguments: Namespace) -> int:
    _check_targets(arguments)
    people, programme, requests = _inputs(arguments)
    limits = {"max_seconds": arguments.max_seconds, "gap": arguments.gap}
    with bar() as progress:
        matching = match(
            people, programme, requests, seed=arguments.seed, **limits, progress=progress
        )
    if not matching.proved:
        print("rmatch: stopped; the best so far is verified and written", file=sys.stderr)
    with patience("the result is being verified and written"):
        _deliver(matching, arguments)
    limited = arguments.max_seconds is not None or arguments.gap > 0
    if not (matching.proved or limited):
        return INTERRUPTED
    return FINE if matching.pairs else NO_ANSWER


def _deliver(matching: Matching, arguments: Namespace) -> None:
    """Verify a matching, write it, and say what it is."""
    verified = verify(matching)
    if arguments.out.suffix.lower() == ".json":
        matching.to_json(arguments.out, include=arguments.include)
    else:
        matching.to_csv(arguments.out, include=arguments.include)
    if arguments.people_out:
        matching.to_csv(arguments.people_out, "people", include=arguments.include)
    if arguments.fairness:
        report = matching.fairness()
        (report.to_json if arguments.fairness.suffix.lower() == ".json" else report.to_html)(
            arguments.fairness
        )
    print(matching, _counts(matching), f"{verified}.", sep="\n")
    notes = [
        f"{finding.severity.capitalize()}: {finding.sentence}"
        for finding in without_effect(matching.scores)
    ]
    notes += [f"Note: {note}" for note in matching.people.notes]
    print(*notes, sep="\n", end="\n" * bool(notes))
    written = (arguments.out, arguments.people_out, arguments.fairness)
    print("Written:", " and ".join(str(path) for path in written if path))


def _counts(matching: Matching) -> str:
    parts = []
    for side in ("mentor", "mentee"):
        placed = {getattr(pair, side) for pair in matching.pairs}
        parts.append(f"{len(placed)} of {len(getattr(matching.people, f'{side}s'))} {side}s")
    idle = int((matching.people.role == ROLES["none"]).sum())
    rest = f"; {idle} more {'person takes' if idle == 1 else 'people take'} no part" if idle else ""
    return f"{' and '.join(parts)} have a partner{rest}."


def _check(arguments: Namespace) -> int:
    findings = check(*_inputs(arguments))
    print(findings)
    return NO_ANSWER if findings.errors else FINE


def _explain(arguments: Namespace) -> int:
    two = [arguments.mentor, arguments.mentee]
    if [each is not None for each in (*two, arguments.person)] not in (
        [True, True, False],
        [False, False, True],
    ):
        _refuse("explain", "it is not clear whom", "give --mentor and --mentee, or --person")
    people, programme, requests = _inputs(arguments)
    _rows(people, "explain", two if arguments.person is None else [arguments.person])
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
            yield f"{person} ({reason.role}): {reason.sentence if audience == 'admin' else 'No partner in this round.'}"


def _template(arguments: Namespace) -> int:
    _check_new(arguments.file)
    write_template(arguments.file, *([arguments.dimension] if arguments.dimension else []))
    print(f"Written: {arguments.file}. Put your own people in the place of the two in it.")
    return FINE


def _init(arguments: Namespace) -> int:
    from rmatch.cli.guess import draft, draft_programme

    programme = arguments.out / "programme.toml"
    mapping = arguments.mapping or arguments.out / "mapping.toml"
    written = [programme] if arguments.mapping else [mapping, programme]
    _check_new(*written)
    if arguments.mapping:
        write_text(programme, draft_programme(arguments.people, mapping))
    else:
        texts = draft(arguments.people)
        write_text(mapping, texts.mapping)
        write_text(programme, texts.programme)
    listed = " and ".join(map(str, written))
    print(f"Written: {listed}. Check every line, and fill in what the comments ask for.")
    try:
        print(f"The table can be read: {read_people(arguments.people, mapping=mapping)!r}")
    except InvalidInputError as error:
        print(f"Before it can be read, something is still to be done:\n{error}")
    files = (arguments.people, "--mapping", mapping, "--programme", programme)
    print(f"Next: {shlex.join(['rmatch', 'check', *map(str, files)])}")
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


def _inputs(arguments: Namespace) -> tuple[People, Programme, Requests]:
    """Read everything, and say what is wrong with any of it at once."""
    one, *two = (getattr(arguments, name) for name in SOURCES[:3])
    if [path is not None for path in (one, *two)] not in (
        [True, False, False],
        [False, True, True],
    ):
        _refuse(
            "people", "it is not clear what to read", "give PEOPLE, or both --mentors and --mentees"
        )
    faults: list[Fault] = []
    with _collected(faults):
        people = read_people(one, mentors=two[0], mentees=two[1], mapping=arguments.mapping)
    with _collected(faults):
        programme = read_programme(arguments.programme) if arguments.programme else Programme()
    requests = Requests()
    with _collected(faults):
        requests = read_requests(arguments.requests)
    for path in arguments.previous:
        with _collected(faults):
            requests = read_requests(requests, previous=path)
    _raise(faults)
    staying = _without(people, arguments.exclude)
    wishes = [
        row
        for row in requests.rows
        if row.kind == "wish" and {row.mentor, row.mentee} & set(arguments.exclude)
    ]
    return staying, programme, Requests(tuple(row for row in requests.rows if row not in wishes))


@contextmanager
def _collected(faults: list[Fault]) -> Iterator[None]:
    try:
        yield
    except InvalidInputError as error:
        faults.extend(error.faults)


def _without(people: People, ids: Sequence[str]) -> People:
    """Return the people, some of whom take no part."""
    role = people.role.copy()
    role[_rows(people, "--exclude", ids)] = ROLES["none"]
    return replace(people, role=role)


def _rows(people: People, where: str, ids: Sequence[str]) -> list[int]:
    rows = {person: row for row, person in enumerate(people.id)}
    hints = {person: nearest(person, rows) for person in ids if person not in rows}
    _raise(
        Fault(
            where,
            "",
            f"nobody has the id {person!r}",
            hint if hint.startswith("did") else "give one of the table",
        )
        for person, hint in hints.items()
    )
    return [rows[person] for person in ids]


def _check_targets(arguments: Namespace) -> None:
    taken = [*(getattr(arguments, name) for name in SOURCES), *arguments.previous]
    known = {path.resolve() for path in taken if path}
    faults: list[Fault] = []
    targets = {
        "--out": arguments.out,
        "--people-out": arguments.people_out,
        "--fairness": arguments.fairness,
    }
    for option, path in targets.items():
        if path is not None:
            faults += [*_kind_faults(option, path), *_directory_faults(option, path)]
            if path.is_dir():
                faults.append(Fault(option, "", f"{str(path)!r} is a directory", "name a file"))
            if path.resolve() in known:
                faults.append(
                    Fault(
                        option,
                        "",
                        f"{str(path)!r} is another file of this command",
                        "name a new one",
                    )
                )
            known.add(path.resolve())
    _raise(faults)


def _check_new(*paths: Path) -> None:
    faults = dict.fromkeys(fault for path in paths for fault in _directory_faults("", path))
    _raise(
        [
            *faults,
            *(
                Fault("", "", f"{str(path)!r} is there already", "move it away first")
                for path in paths
                if path.exists()
            ),
        ]
    )


def _kind_faults(option: str, path: Path) -> Iterator[Fault]:
    if path.suffix.lower() not in KINDS[option]:
        yield Fault(
            option,
            "",
            f"{path.suffix!r} is not a kind of file that is written",
            f"name it {' or '.join(KINDS[option])}",
        )


def _directory_faults(option: str, path: Path) -> Iterator[Fault]:
    if not path.parent.is_dir():
        yield Fault(option, "", f"there is no directory {str(path.parent)!r}", "make it first")


def _refuse(where: str, problem: str, remedy: str) -> None:
    _raise([Fault(where, "", problem, remedy)])


def _raise(faults: Iterable[Fault]) -> None:
    found = tuple(faults)
    if found:
        raise InvalidInputError(found)
