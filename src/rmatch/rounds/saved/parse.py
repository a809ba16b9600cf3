"""From whatever holds a saved round to its shape: every fault at once, each with its place in the document."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Never

from rmatch.errors import Fault, InvalidInputError, is_whole, nearest
from rmatch.rounds.saved.archive import BEGINS, ROUND, unpacked
from rmatch.utils.files import read_all, read_bytes
from rmatch.utils.nesting import DEEPEST, too_deep
from rmatch.utils.validation import a_kind, refuse, seen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import IO

    from rmatch.rounds.saved.shape import SavedRound

    Source = str | os.PathLike[str] | IO[str] | IO[bytes] | Mapping[str, Any]

WHAT, FORMAT, READS = "saved round", "rmatch round", (1, 2, 3)
SAYS_ONCE: Final = 3
"""From this version on the programme of a round, and of a plan, says whether topics count once; before, it says so only if they do."""
HEAD = 1_000
"""Among so many bytes a saved round says that it is one."""
LARGEST = 1_000_000_000
"""The most bytes of a saved round: a hundred thousand pairs with their lines take a third."""
WHOLE_AGAIN = "give the file as rmatch wrote it, whole"
KINDS = "give a file, its text, or what Matching.to_dict returned"


def parsed(source: Source) -> tuple[dict[str, Any], SavedRound]:
    """Return a saved round as plain data and in its shape.

    Parameters
    ----------
    source : str, Path, file-like object or mapping
        Where it is.

    Returns
    -------
    dict
        The plain data.
    SavedRound
        The same, of which each part is what it should be by itself.

    Raises
    ------
    InvalidInputError
        If it is no JSON, no saved round, one of a format that is not known, or with every part that is not what it should be.
    """
    from pydantic import ValidationError

    from rmatch.rounds.saved.shape import round_adapter

    document = loaded(source)
    refuse(of_another_format(document, WHAT, FORMAT, READS, KINDS))
    document = told_in_full(document)
    try:
        return document, round_adapter().validate_json(json.dumps(document), strict=True)
    except ValidationError as error:
        faults = [_fault(each) for each in error.errors(include_url=False, include_input=False)]
        raise InvalidInputError(faults) from None


def told_in_full(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document of whichever version as one that says how topics count.

    Until the third version they counted with each partner where nothing else was said, and in these documents do for ever.
    """
    said = document.get("programme")
    if document["version"] >= SAYS_ONCE or not isinstance(said, dict):
        return document
    return {**document, "version": SAYS_ONCE, "programme": {"count_topic": "each", **said}}


def is_saved(source: Path | bytes, kind: str = FORMAT) -> bool:
    """Tell whether a file, or the bytes that it begins with, says that it is a saved round; one that cannot be read says nothing."""
    if isinstance(source, bytes):
        return f'"{kind}"'.encode() in source
    try:
        with source.open("rb") as file:
            return is_saved(file.read(HEAD), kind)
    except OSError:
        return False


def loaded(source: Source) -> dict[str, Any]:
    """Return the plain data of a saved document of any kind, without the name of its schema."""
    document = _of_mapping(source) if isinstance(source, Mapping) else _of_text(_text(source))
    document.pop("$schema", None)
    return document


def _text(source: str | os.PathLike[str] | IO[str] | IO[bytes]) -> str:
    try:
        if isinstance(source, str) and source.lstrip("\ufeff \t\r\n").startswith("{"):
            return source
        if isinstance(source, str | os.PathLike):
            held: str | bytes = read_bytes(Path(source), LARGEST)
        elif callable(getattr(source, "read", None)):
            stream: IO[Any] = source
            held = read_all(stream, LARGEST)
        else:
            _refuse(f"{a_kind(source)} is no source of one", KINDS)
    except OSError as error:
        name = Path(source).name if isinstance(source, str | os.PathLike) else "the file"
        _refuse(f"{name}: {error.strerror or 'cannot be read'}", "give a file")
    except ValueError as error:
        _refuse(f"it cannot be read: {error}", WHOLE_AGAIN)
    if isinstance(held, str):
        return held
    if held.startswith(BEGINS):
        held = unpacked(held)[ROUND]
    try:
        return held.decode("utf-8-sig")
    except UnicodeDecodeError:
        _refuse("it is not in UTF-8", WHOLE_AGAIN)


def _of_text(text: str) -> dict[str, Any]:
    repeated: list[str] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        counts = Counter(key for key, _ in pairs)
        repeated.extend(key for key, count in counts.items() if count > 1)
        return dict(pairs)

    def no_number(word: str) -> Never:
        message = f"{word} is no number"
        raise ValueError(message)

    try:
        document = json.loads(
            text.removeprefix("\ufeff"), object_pairs_hook=once, parse_constant=no_number
        )
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        # A word or a number may be cut, too.
        ends = not text[error.pos :].rstrip()[5:] or error.msg.startswith("Unterminated")
        cut = " (it ends there)" if ends else ""
        _refuse(f"it is not JSON: {error.msg} in {place}{cut}", WHOLE_AGAIN)
    except RecursionError:
        _refuse(f"it is nested more than {DEEPEST} deep", WHOLE_AGAIN)
    except ValueError as error:
        _refuse(f"it cannot be understood: {error}", WHOLE_AGAIN)
    refuse(
        Fault(WHAT, key, "an object has this key twice", "keep one")
        for key in dict.fromkeys(repeated)
    )
    return _checked(document)


def _of_mapping(source: Mapping[str, Any]) -> dict[str, Any]:
    """Return a mapping as what a file of it would hold, a copy that nobody else changes."""
    if too_deep(source):
        _refuse(f"it is nested more than {DEEPEST} deep", KINDS)
    try:
        copied = json.loads(json.dumps(dict(source), allow_nan=False))
    except (TypeError, ValueError, RecursionError) as error:
        _refuse(f"it holds what no JSON file can: {error}", KINDS)
    return _checked(copied)


def _checked(document: Any) -> dict[str, Any]:
    if not isinstance(document, dict):
        _refuse(f"{a_kind(document)} is none", KINDS)
    if too_deep(document):
        _refuse(f"it is nested more than {DEEPEST} deep", WHOLE_AGAIN)
    return document


def of_another_format(
    document: Mapping[str, Any], what: str, name: str, reads: Sequence[int], kinds: str
) -> Iterator[Fault]:
    """Go through what keeps a document from being read at all: another format, or another version of it.

    Parameters
    ----------
    document : mapping
        The plain data.
    what : str
        What it should be, in words.
    name : str
        What it has to say that it is.
    reads : sequence of int
        The versions that are read.
    kinds : str
        What to give instead.
    """
    if document.get("format") != name:
        yield Fault(what, "format", f"this is no {what}", f"it has to be {name!r}: {kinds}")
        return
    version, known = document.get("version"), " and ".join(map(str, reads))
    if is_whole(version, max(reads) + 1):
        by = document.get("rmatch")
        writer = f", by rmatch {by[:40]}" if isinstance(by, str) else ""
        problem = f"it was written in version {version} of the format{writer}"
        remedy = f"this rmatch reads version {known}: install a newer one"
        yield Fault(what, "version", problem, remedy)
    elif version not in reads or isinstance(version, bool | float):
        yield Fault(what, "version", f"{seen(version)} is none", f"this rmatch reads {known}")


def _fault(detail: Any) -> Fault:
    """Return a fault that pydantic found, without the value: it may be private."""
    place, last = place_of(detail["loc"]), detail["loc"][-1]
    if detail["type"] == "unexpected_keyword_argument":
        return Fault(WHAT, place, "is no part of a saved round", "take it out")
    if detail["type"] == "missing":
        return Fault(WHAT, place, "is missing", "give the document whole")
    if detail["type"].startswith("union_tag"):
        known = ("prices", "cut", "tiers", "transformed", "quotas", "groups", "pairs", "stopped")
        tag = detail.get("ctx", {}).get("tag", last)
        return Fault(WHAT, f"{place}.kind", "is no kind of proof", nearest(tag, known))
    return Fault(WHAT, place, "is not what it should be", detail["msg"])


def place_of(loc: tuple[Any, ...]) -> str:
    """Return a place as it is written: ``pairs[0].points``."""
    steps = [step for at, step in enumerate(loc) if at == 0 or loc[at - 1] != "proof"]
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)[1:]


def _refuse(problem: str, remedy: str) -> Never:
    raise InvalidInputError([Fault(WHAT, "", problem, remedy)]) from None
