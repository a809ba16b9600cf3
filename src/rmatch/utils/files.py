"""Files that are written whole or not at all."""

from __future__ import annotations

from pathlib import Path
from secrets import token_hex

from rmatch.utils.validation import path_faults, refuse


def write_text(path: str | Path, text: str, encoding: str = "utf-8") -> None:
    """Write a file in one step: it holds the whole text, or it is not touched.

    Parameters
    ----------
    path : str or Path
        The file.
    text : str
        What it shall hold; line ends are written as they are.
    encoding : str
        How.

    Raises
    ------
    InvalidInputError
        If the path is none.
    """
    refuse(path_faults("file", path))
    target = Path(path)
    draft = target.with_name(f".{target.name}.{token_hex(4)}")
    try:
        with draft.open("x", encoding=encoding, newline="") as file:
            file.write(text)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
