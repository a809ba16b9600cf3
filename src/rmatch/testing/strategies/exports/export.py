"""An export: files of one dialect, the mapping that describes them, and the people whom reading must give."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from rmatch.io import read_people

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rmatch.people import People


@dataclass(frozen=True)
class Sheet:
    """One file.

    Attributes
    ----------
    name : str
        Its name.
    rows : sequence of sequence of str
        Everything in it: titles, headers, cells.
    delimiter, encoding, newline : str
        How the text is written.
    """

    name: str
    rows: Sequence[Sequence[str]]
    delimiter: str = ","
    encoding: str = "utf-8"
    newline: str = "\n"

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        text = io.StringIO(newline="")
        lines = csv.writer(text, delimiter=self.delimiter, lineterminator=self.newline)
        lines.writerows(self.rows)
        return text.getvalue().encode(self.encoding)


@dataclass(frozen=True, repr=False)
class Export:
    """Files, a mapping, and the people they hold.

    Attributes
    ----------
    sheets : sequence of Sheet
        One file for all; or two about the same people; or the mentors' and the mentees'.
    mapping : mapping of str to object
        The document that describes them.
    people : People
        What reading must give.
    sided : bool
        Whether there is a file a side.
    """

    sheets: Sequence[Sheet]
    mapping: Mapping[str, Any]
    people: People
    sided: bool = False

    def __repr__(self) -> str:
        """Return the files and the mapping as they are written: what has to be seen where reading goes wrong."""
        files = [
            f"-- {sheet.name}, {sheet.encoding}\n{sheet.data.decode(sheet.encoding)}"
            for sheet in self.sheets
        ]
        return "\n".join([*files, "-- the mapping", self._document, f"-- {self.people}"])

    @property
    def _document(self) -> str:
        return json.dumps(self.mapping, ensure_ascii=False, indent=1)

    def write(self, folder: str | Path) -> dict[str, Any]:
        """Write the files and the mapping.

        Parameters
        ----------
        folder : path
            Where to.

        Returns
        -------
        dict of str to object
            What :func:`rmatch.read_people` takes.
        """
        paths = [Path(folder) / sheet.name for sheet in self.sheets]
        for path, sheet in zip(paths, self.sheets, strict=True):
            path.write_bytes(sheet.data)
        mapping = Path(folder) / "mapping.json"
        mapping.write_text(self._document, "utf-8")
        sources: dict[str, Any] = {"source": paths}
        if self.sided:
            sources = dict(zip(("mentors", "mentees"), paths, strict=True))
        return sources | {"mapping": mapping}

    def read(self) -> People:
        """Write everything to a folder of its own and read it.

        Returns
        -------
        People
            Whom the files hold, as far as the reader understands them.
        """
        with TemporaryDirectory() as folder:
            return read_people(**self.write(folder))
