"""The entry: one command is run, and whatever goes wrong becomes one sentence and an exit code."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rmatch.cli.arguments import parser
from rmatch.cli.codes import BAD_INPUT, INTERRUPTED, NO_ANSWER, UNREAD
from rmatch.cli.commands import COMMANDS
from rmatch.cli.streams import opened, say, silence
from rmatch.errors import InfeasibleError, RmatchError, VerificationError

if TYPE_CHECKING:
    from collections.abc import Sequence


def run(argv: Sequence[str] | None = None) -> int:
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
    heard = opened()
    try:
        try:
            arguments = parser().parse_args(argv)
            code = COMMANDS[arguments.command](arguments)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        silence(sys.stdout)
        return UNREAD
    except KeyboardInterrupt:
        return _failed("interrupted", INTERRUPTED)
    except (InfeasibleError, VerificationError) as error:
        return _failed(error, NO_ANSWER)
    except OSError as error:
        return _unwritten(error)
    except (RmatchError, ModuleNotFoundError) as error:
        return _failed(error, BAD_INPUT)
    return code if heard or code else _failed("nobody reads the output: it is closed", UNREAD)


def _unwritten(error: OSError) -> int:
    """Say what the system refuses: a file, which has a name, or the output."""
    if error.filename is not None:
        return _failed(f"{error.filename}: {error.strerror}", BAD_INPUT)
    silence(sys.stdout)
    # No command prints before its files are written.
    return _failed(f"the output: {error.strerror}; what goes to files is written", BAD_INPUT)


def _failed(error: object, code: int) -> int:
    say(error)
    return code
