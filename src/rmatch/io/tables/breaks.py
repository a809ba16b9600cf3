"""Line breaks and tabs inside a paragraph of LibreOffice, which the reader of workbooks leaves out without a word."""

from __future__ import annotations

import io
import re
from zipfile import ZipFile

_BREAK = re.compile(rb"<text:(line-break|tab)\b[^<>]*?(?:/>|></text:\1>)")
_SIGNS = {b"line-break": b"&#10;", b"tab": b"&#9;"}
CONTENT = "content.xml"


def with_breaks(archive: ZipFile | None, data: bytes) -> bytes:
    """Return a workbook in which breaks and tabs are characters, so that what stands on two lines is not joined to one word.

    Parameters
    ----------
    archive : ZipFile or None
        The workbook; an old one is none.
    data : bytes
        The same as a file.

    Returns
    -------
    bytes
        The file as it is where it holds none, as every file of Excel.
    """
    if archive is None or CONTENT not in archive.namelist():
        return data
    held = archive.read(CONTENT)
    said = _BREAK.sub(lambda found: _SIGNS[found[1]], held)
    if said == held:
        return data
    written = io.BytesIO()
    with ZipFile(written, "w") as copy:
        for name in archive.namelist():
            copy.writestr(name, said if name == CONTENT else archive.read(name))
    return written.getvalue()
