"""Ids in another form: numbers that lost their zeros, another case, letters that look alike, what spreadsheets make of them."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from rmatch.utils.spelling import mailbox_of, seen

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_AROUND = "#'’\"`=()[]. \t"
_SIDE_BY_SIDE = re.compile(r"\s*[;,|/\n]\s*|\s+")
_ZEROS = re.compile(r"(?<![\d.,])0+(?=\d)", re.ASCII)
_NUMBER = re.compile(r"(\d+)[.,]0+", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:[,'’ ]\d{3})+", re.ASCII)
_POWER = re.compile(r"(\d)(?:[.,](\d+))?e\+(\d{1,2})", re.ASCII)
_GAP = re.compile(r"(?<=[^\W\d_])[\s._/-]+(?=\d)|(?<=\d)[\s._/-]+(?=[^\W\d_])")
"""What may stand between the letters and the number of an id."""
_BETWEEN = re.compile(r"(?<=[^\W\d_])[\s._/-]+(?=[^\W\d_])")
_ANY_DIGIT = str.maketrans(dict.fromkeys("123456789", "0"))
_SEVERAL_WORDS = re.compile(r"[\s,]")


class LikelyIds:
    """Which known id is meant by one that nobody has.

    Parameters
    ----------
    known : iterable of str
        All ids.

    Examples
    --------
    >>> likely = LikelyIds(["00101", "00102", "E7"])
    >>> likely.of("101"), likely.of("e7"), likely.of("103")
    (['00101'], ['E7'], [])
    >>> likely.only("101"), LikelyIds(["101", "0101"]).only("00101")
    ('00101', None)
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._known = tuple(known)

    @cached_property
    def _by_key(self) -> dict[str, list[str]]:
        """The ids by what is left of them; nearly always every id is known, and nobody asks."""
        found: dict[str, list[str]] = defaultdict(list)
        for each in self._known:
            found[id_key(each)].append(each)
        return found

    @cached_property
    def _widths(self) -> set[int]:
        """How many digits ids with zeros in front have, and 0 for those without."""
        numbers = (each for each in self._known if each.isdecimal())
        return {len(each) if each.startswith("0") else 0 for each in numbers}

    def of(self, text: str) -> list[str]:
        """Return the ids that say the same number, or the same without case, the text itself left out."""
        return [each for each in self._by_key.get(id_key(text), ()) if each != text]

    def only(self, text: str) -> str | None:
        """Return the one id that is meant: where there are several, or zeros of several widths, nobody can tell."""
        found = self.of(text)
        if len(found) != 1:
            return None
        padded = self._widths - {0}
        return None if found[0].isdecimal() and len(padded) > 1 else found[0]


def how(text: str, known: str) -> str:
    """Return what tells an id from the known one that is meant.

    Examples
    --------
    >>> how("101", "00101"), how("00101", "101"), how("e7", "E7")
    ('the same number, zeros lost', 'the same number, with other zeros', 'the same in another case')
    >>> how("E1", "E-01")
    'the same in another form'
    """
    if text.strip().casefold() == known.strip().casefold():
        return "the same in another case"
    if not (known.isdecimal() and text.partition(".")[0].isdecimal()):
        return "the same in another form"
    return "the same number, " + (
        "zeros lost" if len(text.partition(".")[0]) < len(known) else "with other zeros"
    )


def ids_in(text: str, known: Collection[str]) -> list[str]:
    """Return the known ids that a cell holds side by side, where the cell is no id itself.

    Examples
    --------
    >>> ids_in("E2; E4", {"E2", "E4"}), ids_in("E2", {"E2"}), ids_in("Lund, Kim", {"E2"})
    (['E2', 'E4'], [], [])
    """
    return [] if text in known else [part for part in _SIDE_BY_SIDE.split(text) if part in known]


def id_key(text: str) -> str:
    """Return what is left of an id when zeros in front, case and form are lost; of an address, its mailbox.

    Examples
    --------
    >>> id_key("00101"), id_key("101.0"), id_key("#101"), id_key("1E+05")
    ('101', '101', '101', '100000')
    >>> id_key("E7"), id_key("e-007"), id_key("\u0415 7"), id_key("1.05")
    ('e7', 'e7', 'e7', '1.05')
    >>> id_key("Kim.Lund+round2@x.org")
    'kim.lund@x.org'
    """
    if "@" in text:
        return mailbox_of(text)
    bare = seen(text).casefold().strip(_AROUND)
    if not bare.isalnum():
        bare = _BETWEEN.sub("-", _GAP.sub("", _as_number(bare)))
    return _ZEROS.sub("", bare)


def _as_number(text: str) -> str:
    """Return the digits of a number that a spreadsheet writes with a point, with groups, or as a power of ten."""
    if _GROUPED.fullmatch(text):
        return re.sub(r"\D", "", text)
    if whole := _NUMBER.fullmatch(text):
        return whole[1]
    if (power := _POWER.fullmatch(text)) and len(power[2] or "") <= int(power[3]):
        return power[1] + (power[2] or "").ljust(int(power[3]), "0")
    return text


def of_one_form(ids: Iterable[str]) -> bool:
    """Tell whether ids differ in nothing but their digits, of which each has as many as any other in the same places.

    Such ids are the same only if they are equal, and sort by their numbers as they sort by their letters.

    Examples
    --------
    >>> of_one_form(["E01", "E12"]), of_one_form(["E1", "E12"])
    (True, False)
    """
    return len({*"\n".join(ids).translate(_ANY_DIGIT).split("\n")}) <= 1


def may_be_shown(text: str, ids: Collection[str]) -> bool:
    """Tell whether a text that is nobody's id looks like one of those, and not like a name or an address.

    Examples
    --------
    >>> [may_be_shown(each, ["E7", "E8"]) for each in ("E9", "Jana Novak", "a@x.org", "Novak")]
    [True, False, False, False]
    """
    if "@" in text or _SEVERAL_WORDS.search(text.strip()):
        return False
    return _has_digit(text) or not any(map(_has_digit, ids))


def _has_digit(text: str | None) -> bool:
    return bool(text) and any(map(str.isdigit, text or ""))
