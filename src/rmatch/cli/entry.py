"""The entry: one command is run, and whatever goes wrong becomes one sentence and an exit code."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

from rmatch.cli.arguments import parser
from rmatch.cli.codes import BAD_INPUT, INTERRUPTED, NO_ANSWER, UNREAD
from rmatch.cli.commands import COMMANDS
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
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        arguments = parser().parse_args(argv)
        code = COMMANDS[arguments.command](arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # The interpreter flushes once more at its end, and must not fail there.
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
