"""What understands the command line, and its help."""

from __future__ import annotations

from argparse import SUPPRESS, Action, ArgumentParser, RawDescriptionHelpFormatter
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from rmatch.cli.codes import CODES
from rmatch.cli.failure import UsageError
from rmatch.cli.held import source
from rmatch.cli.options import FORMAT
from rmatch.cli.verbs import VERBS

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Container, Iterator

    from rmatch.cli.verb import Verb

SUMMARY = "Match mentors (juniors, who teach) and mentees (senior leaders, who learn): the best pairs, explained and verified."
ABOUT_PEOPLE = """\
PEOPLE is a .csv, .xlsx or .json file with one row a person; `rmatch template` writes one to fill in,
`rmatch init` says how one that you have is read. Several files about the same people are joined as the
mapping says under [join]. Any one file may be -, the standard input. Nothing is written unless everything
went well.

"""
FIRST_STEPS = """\
examples:
  rmatch demo
  rmatch template people.csv
  rmatch check people.csv
  rmatch match people.csv --out pairs.csv

"""


SHELLS = ("bash", "zsh", "fish", "tcsh", "powershell")


class Parser(ArgumentParser):
    """A parser that leaves it to others to say what is wrong."""

    def error(self, message: str) -> NoReturn:
        """Raise what is wrong."""
        problem = f"{self.prog}: {message}"
        raise UsageError(problem, self.format_usage())


class ShowVersion(Action):
    """Look the version up only where somebody asks for it."""

    def __call__(self, parser: ArgumentParser, *_: Any) -> None:
        """Print it, and end."""
        from importlib.metadata import version

        print(f"rmatch {version('reverse-mentoring')}")
        parser.exit()


class ShowCompletion(Action):
    """Print what lets a shell complete the command line."""

    def __call__(self, parser: ArgumentParser, _: Any, shell: Any, *__: Any) -> None:
        """Print it, and end."""
        try:
            import shtab
        except ModuleNotFoundError:
            message = 'completion needs shtab: pip install "reverse-mentoring[completion]"'
            raise ModuleNotFoundError(message) from None
        whole = parser_of(VERBS)
        for action in _all_actions(whole):
            if action.type in (Path, source):
                action.complete = shtab.FILE  # type: ignore[attr-defined]
        print(shtab.complete(whole, shell))
        parser.exit()


def _all_actions(parser: ArgumentParser) -> Iterator[Action]:
    for action in parser._actions:
        yield action
        if isinstance(action.choices, dict):  # the verbs, each with a parser of its own
            for inner in action.choices.values():
                yield from _all_actions(inner)


def parser_of(given: Container[str]) -> Parser:
    """Return what understands the command line; the name of the verb is in ``command``.

    Parameters
    ----------
    given : container of str
        The arguments: of verbs that are not among them only the names are known.

    Returns
    -------
    Parser
        For these arguments, or for any.
    """
    whole = Parser(
        "rmatch",
        description=SUMMARY,
        epilog=FIRST_STEPS + CODES,
        formatter_class=RawDescriptionHelpFormatter,
    )
    version = "show the version and exit"
    whole.add_argument("--version", action=ShowVersion, nargs=0, dest=SUPPRESS, help=version)
    whole.add_argument(
        "--completion",
        action=ShowCompletion,
        choices=SHELLS,
        metavar="SHELL",
        dest=SUPPRESS,
        help=f"show the script that lets a shell complete rmatch's commands ({', '.join(SHELLS)}) and exit",
    )
    commands = whole.add_subparsers(
        title="commands", metavar="COMMAND", dest="command", required=True
    )
    for name, verb in VERBS.items():
        command = commands.add_parser(
            name, help=verb.summary, formatter_class=RawDescriptionHelpFormatter
        )
        if name in given:
            _fill(command, verb)
    return whole


def _fill(command: ArgumentParser, verb: Verb) -> None:
    """Tell the parser of a verb what the verb is given."""
    options, examples, _ = verb.command
    about = ABOUT_PEOPLE if any("--mentors" in group for group in options) else ""
    command.description = f"{verb.summary[0].upper()}{verb.summary[1:]}."
    command.epilog = f"{about}examples:\n{examples}\n{CODES}"
    for group in (*options, FORMAT):
        for option, settings in group.items():
            command.add_argument(option, **settings)


def wants_json(given: Namespace | list[str]) -> bool:
    """Tell whether JSON is asked for, by arguments that are understood or by those that are not."""
    if not isinstance(given, list):
        return bool(given.format == "json")
    return "--format=json" in given or ("--format", "json") in pairwise(given)
