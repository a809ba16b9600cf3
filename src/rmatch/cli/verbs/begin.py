"""The verbs to begin with: a table to fill in, a guess at one that is there, a demonstration."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from rmatch.cli.targets import (
    DIALECT,
    FORCE,
    KINDS,
    check_files,
    check_new,
    check_targets,
    dialect_of,
)
from rmatch.cli.verb import Answer, Command, Told
from rmatch.errors import InvalidInputError
from rmatch.io import read_people, write_template
from rmatch.utils.documents import json_text, plain
from rmatch.utils.files import write_text
from rmatch.utils.spelling import visible

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence

    from rmatch.cli.verb import Options
    from rmatch.errors import Fault

TABLE: Options = {
    "file": {"type": Path, "metavar": "FILE", "help": "a new .csv, .xlsx or .json file"},
    "--dimension": {
        "action": "append",
        "metavar": "NAME",
        "help": "a demographic question that you ask; can be repeated (default: age, gender)",
    },
    **DIALECT,
    **FORCE,
}
GUESS: Options = {
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
    **FORCE,
}


def _template(arguments: Namespace) -> Answer:
    check_targets(arguments, (), {"file": KINDS["--out"]})
    asked = [arguments.dimension] if arguments.dimension else []
    write_template(arguments.file, *asked, dialect=dialect_of(arguments))
    file = str(arguments.file)
    told = f"Written: {visible(file)}. Put your own people in the place of the two in it."
    return Answer(Told(told, lambda: json_text({"written": [file]})))


def _init(arguments: Namespace) -> Answer:
    from rmatch.cli.guess import draft, draft_programme, open_choices, open_points, sides_of

    programme = arguments.out / "programme.toml"
    mapping = arguments.mapping or arguments.out / "mapping.toml"
    written = [programme] if arguments.mapping else [mapping, programme]
    check_new(*written, force=arguments.force)
    check_files(arguments.people)
    if arguments.mapping:
        write_text(programme, draft_programme(arguments.people, mapping))
        sides, faults = {}, []
    else:
        texts = draft(*arguments.people)
        write_text(mapping, texts.mapping)
        write_text(programme, texts.programme)
        sides, faults = sides_of(arguments.people), open_points(arguments.people, mapping)
    faults = [*faults, *open_choices(programme)]
    given = [part for side, (path, _) in sides.items() for part in (f"--{side}", path)]
    files = (*(given or arguments.people), "--mapping", mapping, "--programme", programme)
    following = ["rmatch", "check", *map(str, files)]
    read = not (faults or sides) and repr(read_people(arguments.people, mapping=mapping))
    text = "\n".join(_guessed(written, faults, read or "", following))
    document = {"written": [*map(str, written)], "to_do": plain(faults), "next": following}
    return Answer(Told(text, lambda: json_text(document)))


def _guessed(
    written: Sequence[Path], faults: Sequence[Fault], read: str, following: Sequence[str]
) -> Iterator[str]:
    listed = visible(" and ".join(map(str, written)))
    yield f"Written: {listed}. Check every line, and fill in what the comments ask for."
    if faults:
        yield f"Before it can be read, something is still to be done:\n{InvalidInputError(faults)}"
    elif read:
        yield f"The table can be read: {read}"
    yield f"Next: {visible(shlex.join(following))}"


def _demo(_: Namespace) -> Answer:
    from rmatch.cli.demo import demo, matched

    matching = matched()
    return Answer(Told(demo(matching), matching.to_json))


TEMPLATE = Command(
    (TABLE,),
    """\
  rmatch template people.csv --dimension "age band" --dimension gender
""",
    _template,
)
INIT = Command(
    (GUESS,),
    """\
  rmatch init staff.xlsx
  rmatch init hris.csv survey.csv --out settings
  rmatch init staff.xlsx --mapping mapping.toml
""",
    _init,
)
DEMO = Command(({},), "  rmatch demo\n", _demo)
