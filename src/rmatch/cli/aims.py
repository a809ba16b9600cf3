"""The aims of a programme, as a file names them with their topics."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from rmatch.errors import Fault, InvalidInputError
from rmatch.utils.files import read_bytes

if TYPE_CHECKING:
    from rmatch.cli.verb import Options

AIMS: Options = {
    "--aims": {
        "type": Path,
        "metavar": "FILE",
        "help": "the aims of the programme, each with its topics (.toml)",
    },
}


def aims_of(path: Path | None) -> dict[str, Any]:
    """Return what a file says of aims; nothing without a file."""
    if path is None:
        return {}
    import tomllib

    try:
        return tomllib.loads(read_bytes(path).decode())
    except (OSError, ValueError) as error:
        problem = f"{path.name}: {getattr(error, 'strerror', None) or error}"
        remedy = 'write lines such as "new technology" = ["python", "generative AI"]'
        raise InvalidInputError([Fault("--aims", "", problem, remedy)]) from None
