"""A round to be handed to an auditor: one archive with the round, what it was made from as hashes, and a sheet in words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from platform import python_version
from typing import IO, Any

from rmatch.errors import Fault
from rmatch.matching.matching import Matching
from rmatch.matching.sheet import sheet
from rmatch.people import People, Requests
from rmatch.rounds import (
    MANIFEST,
    ROUND,
    document_of,
    listed,
    packed,
    salted,
    saved_document,
    text_of,
    unsalted,
)
from rmatch.utils.files import read_bytes, write_bytes
from rmatch.utils.validation import instance, path_faults, refuse

SHEET = "how-this-was-decided.md"
SHORTEST = 16
"""The fewest bytes of a salt: fewer can be tried."""
PACKAGES = ("numpy", "scipy")


def write_bundle(
    matching: Matching,
    path: str | Path,
    *,
    inputs: Sequence[str | Path] = (),
    salt: bytes | None = None,
) -> str:
    """Write a round as an archive that shows whether one byte of it was changed.

    In it are the round with the fingerprints of its people, the hashes of the files that it was made from, the versions, and
    a page in words: how this was decided, by whose choice, who may object. No name is in it, and no answer of anybody.
    The same round makes the same bytes.

    Parameters
    ----------
    matching : Matching
        The round.
    path : str or Path
        The archive to write, a ``.zip``.
    inputs : sequence of str or Path
        The files that the round was made from. Their hashes are kept, and their names without folders.
    salt : bytes, optional
        A secret of 16 bytes or more. With it salted hashes stand in the place of ids and fingerprints, and nothing is in
        the order of the ids; what people wrote (reasons, the justification) stays as it is.

    Returns
    -------
    str
        The SHA-256 of the archive. Keep it elsewhere: whoever can write may pack another archive whose hashes fit.

    Raises
    ------
    InvalidInputError
        For a short salt, or a file that cannot be read.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> import rmatch
    >>> matching = rmatch.match(rmatch.datasets.example())
    >>> with TemporaryDirectory() as folder:
    ...     hashed = write_bundle(matching, Path(folder) / "round.zip")
    ...     rmatch.read_matching(Path(folder) / "round.zip") == matching
    True
    """
    from importlib.metadata import version  # takes longer to import than most of rmatch

    refuse(
        [
            *instance("bundle", "matching", matching, Matching, "give what rmatch.match returned"),
            *path_faults("bundle", path),
            *_salt_faults(salt),
        ]
    )
    document = document_of(matching)
    files = {
        ROUND: text_of(document if salt is None else salted(document, salt)).encode(),
        SHEET: sheet(matching).encode(),
    }
    manifest = {
        "format": "rmatch bundle",
        "version": 1,
        "versions": {
            "rmatch": document["rmatch"],
            "python": python_version(),
            **{package: version(package) for package in PACKAGES},
        },
        "ids": "as they are" if salt is None else "salted",
        "inputs": listed(_held(inputs)),
        "files": listed(files),
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    archive = packed(files | {MANIFEST: text.encode()})
    write_bytes(path, archive)
    return sha256(archive).hexdigest()


def read_bundle(
    source: str | Path | IO[bytes],
    people: People,
    requests: Requests | None = None,
    *,
    salt: bytes,
) -> Matching:
    """Read a round from an archive with salted ids; :func:`rmatch.read_matching` reads one without salt.

    Parameters
    ----------
    source : str, Path or file-like object
        What :func:`write_bundle` wrote.
    people : People
        Whom the round is about.
    requests : Requests, optional
        The requests, whose earlier pairs may name people who have left.
    salt : bytes
        The secret.

    Returns
    -------
    Matching
        With everything that can be asked about it.

    Raises
    ------
    InvalidInputError
        For an archive in which a byte was changed, for another salt, or for other people, with everybody who is missing, new or
        changed.
    """
    from rmatch.matching.read import read_matching

    refuse(
        [
            *_salt_faults(salt),
            *instance(
                "bundle", "people", people, People, "give People: rmatch.read_people reads a table"
            ),
        ]
    )
    document = saved_document(source)
    rows = () if requests is None else requests.rows
    left = {person for request in rows for person in (request.mentor, request.mentee)}
    return read_matching(unsalted(document, salt, people, left), people)


def _held(inputs: Sequence[str | Path]) -> dict[str, bytes]:
    """Return what some files hold, by their names alone: a folder may tell somebody's."""
    held: dict[str, bytes] = {}
    faults: list[Fault] = []
    for path in map(Path, inputs):
        try:
            held[path.name] = read_bytes(path)
        except (OSError, ValueError) as error:
            faults.append(Fault("bundle", path.name, f"cannot be read: {error}", "give the file"))
    if len(held) + len(faults) < len(inputs):
        faults.append(Fault("bundle", "inputs", "two files have one name", "rename one of them"))
    refuse(faults)
    return held


def _salt_faults(salt: Any) -> list[Fault]:
    if salt is None or (isinstance(salt, bytes) and len(salt) >= SHORTEST):
        return []
    problem = "a salt of fewer bytes can be tried" if isinstance(salt, bytes) else "is no bytes"
    return [
        Fault(
            "bundle",
            "salt",
            problem,
            f"give {SHORTEST} random bytes or more, such as secrets.token_bytes(32)",
        )
    ]
