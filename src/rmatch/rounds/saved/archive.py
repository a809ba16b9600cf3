"""An archive whose bytes are the same whenever the same files are put into it, and in which a changed byte is found."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from rmatch.errors import Fault
from rmatch.utils.validation import refuse

WHAT, ROUND, MANIFEST = "bundle", "round.json", "manifest.json"
BEGINS = b"PK\x03\x04"
"""What every archive begins with."""
MOMENT = (1980, 1, 1, 0, 0, 0)
"""The same for all files: when they were packed is no part of a round."""
AGAIN = "take the bundle from where it was kept, or make it again from the round"


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return files as an archive, stored as they are, in their order.

    Examples
    --------
    >>> packed({"a.txt": b"1"}) == packed({"a.txt": b"1"})
    True
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, held in files.items():
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, held)
    return stream.getvalue()


def unpacked(archive: bytes) -> dict[str, bytes]:
    """Return the files of a bundle, in which not one byte was changed since it was packed.

    Parameters
    ----------
    archive : bytes
        The bundle.

    Returns
    -------
    dict of str to bytes
        The files by their names.

    Raises
    ------
    InvalidInputError
        With the name of every file that is not as it was.

    Notes
    -----
    Whoever can write may pack a bundle anew, with hashes that fit: the hash of the bundle itself has to be kept elsewhere.
    """
    files: dict[str, bytes] = {}
    faults = list(_read(archive, files))
    if not faults:
        faults += _unlike(files)
    if not faults and packed(files) != archive:
        faults.append(Fault(WHAT, "", "its own records, beside the files, were changed", AGAIN))
    refuse(faults)
    return files


def listed(files: Mapping[str, bytes]) -> list[dict[str, Any]]:
    """Return the name, the size and the SHA-256 of some files."""
    return [
        {"name": name, "bytes": len(held), "sha256": sha256(held).hexdigest()}
        for name, held in files.items()
    ]


def _read(archive: bytes, files: dict[str, bytes]) -> Iterator[Fault]:
    try:
        opened = zipfile.ZipFile(io.BytesIO(archive))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        yield Fault(WHAT, "", f"this is no whole archive: {error}", AGAIN)
        return
    with opened:
        for entry in opened.infolist():
            # Stored as they are, files are never larger than the archive.
            if entry.compress_type != zipfile.ZIP_STORED or entry.file_size > len(archive):
                yield Fault(WHAT, entry.filename, "is not stored as rmatch stores it", AGAIN)
                continue
            try:
                files[entry.filename] = opened.read(entry)
            except (
                zipfile.BadZipFile,
                ValueError,
                NotImplementedError,
                RuntimeError,
                OSError,
                EOFError,
            ):
                yield Fault(WHAT, entry.filename, "a byte of it was changed", AGAIN)


def _unlike(files: Mapping[str, bytes]) -> Iterator[Fault]:
    """Go through the files that are not as the manifest has them."""
    try:
        manifest = json.loads(files[MANIFEST])
        stated = {each["name"]: each for each in manifest["files"]}
    except (KeyError, TypeError, ValueError):
        yield Fault(WHAT, MANIFEST, "is no manifest of a bundle", AGAIN)
        return
    inside = {each["name"]: each for each in listed(files) if each["name"] != MANIFEST}
    for name in [*stated, *(name for name in inside if name not in stated)]:
        if name not in inside:
            yield Fault(WHAT, name, "is missing", AGAIN)
        elif name not in stated:
            yield Fault(WHAT, name, "was added", AGAIN)
        elif inside[name] != stated[name]:
            yield Fault(WHAT, name, "is not what the manifest says", AGAIN)
    if ROUND not in inside:
        yield Fault(WHAT, ROUND, "is missing", AGAIN)
