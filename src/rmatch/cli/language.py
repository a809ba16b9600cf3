"""The option of the verbs that write in several languages: which there are is looked up for these alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmatch.utils.languages import SOURCE, languages

if TYPE_CHECKING:
    from rmatch.cli.verb import Options

LANGUAGE: Options = {
    "--language": {
        "default": SOURCE,
        "choices": languages(),
        "help": f"in which it is written (default: {SOURCE})",
    }
}
