"""Columns that belong together: one for each option of a question, or one for each rank of a choice."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rmatch.cli.guess.questions import agrees, asked, is_turned, named_in
from rmatch.cli.guess.scales import degree_of
from rmatch.cli.guess.vocabulary import UNSURE, words
from rmatch.io import column_of, says_yes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Texts = Mapping[str, Sequence[str]]

FEWEST = 2
MOST_WORDS = 12
"""More different answers than this are no scale."""
_BETWEEN = r"(?:\[(?P<inner>[^\[\]]+)\]|(?:\?\s*[-–|>:]?|:\s|\s[-–|>]\s)\s*(?P<tail>\w.*))\s*"
_PARTS = (
    re.compile(rf"(?P<stem>.+\S)\s*{_BETWEEN}"),
    re.compile(rf"(?P<stem>.+?\S)\s*{_BETWEEN}"),
)
"""A heading with an option behind its question: parted where that is possible last, and first."""
_OTHER = re.compile(r"(other|others|sonstiges?|andere[rs]?|autres?|otr[ao]s?)\b.*", re.IGNORECASE)
_STEMS = ("erst", "zweit", "dritt", "viert", "fünft")
"""German glues them to what is ranked."""
_BEHIND = r"(?=\W*$)"
_ORDINALS = (
    (
        rf"1st|first|1[.ºª°]?|i{_BEHIND}|erste[rsn]?|1re|1er|1ère|premi(?:er|ère)|primer[ao]?|primeir[ao]|prim[ao]|eerste|första|første"
        r"|pierwsz[yae]|one|top"
    ),
    rf"2nd|second|2[.ºª°]?|ii{_BEHIND}|zweite[rsn]?|2n?de?|2e|2ème|deuxième|second[aeo]|segund[ao]|tweede|andra|anden|andre|drug[iae]|two",
    rf"3rd|third|3[.ºª°]?|iii{_BEHIND}|dritte[rsn]?|3e|3ème|troisième|tercer[ao]?|terceir[ao]|terz[ao]|derde|tredje|trzeci[ae]?|three",
    rf"4th|fourth|4[.ºª°]?|iv{_BEHIND}|vierte[rsn]?|4e|4ème|quatrième|cuart[ao]|quart[ao]|vierde|fjärde|fjerde|czwart[yae]|four",
    rf"5th|fifth|5[.ºª°]?|v{_BEHIND}|fünfte[rsn]?|5e|5ème|cinquième|quint[ao]|vijfde|femte|piąt[yae]|five",
)
_RANKED = re.compile(
    r"\b(choices?|rank|ranked|prio|priority|preference|pick|wish|\w*wahl|\w*wunsch|wunsch(thema|themen|ziel)\w*|priorität|präferenz"
    r"|choix|préférence|priorité|vœu|opción|preferencia|prioridad|elección|deseo|scelta|preferenza|priorità|keuze|voorkeur"
    r"|prioriteit|escolha|opção|preferência|prioridade|val|önskemål|prioritet|valg|ønske|wybór|priorytet)\b"
)
_SURE = re.compile(
    r"\b(confident|confidence|comfortable|good at|skilled|proficien\w*|experience with|rate your|sicher)\b"
)
_SKILLED = re.compile(
    r"\b(confident|confidence|comfortable|good at|skill|skills|skilled|proficien\w*|experience with|know|rate your"
    r"|knowledge|expertise|sicher|kenntnisse|compétences?|competencias?)\b"
)


@dataclass(frozen=True, slots=True)
class Family:
    """Columns of one question.

    Attributes
    ----------
    field : str
        The field that they make up.
    columns : dict of str to str
        What each is about, by its header: an option, or the rank; free text is about nothing, and empty.
    doubt : str
        Why it has to be checked; empty if it is sure.
    """

    field: str
    columns: dict[str, str]
    doubt: str = ""


def ranked(headers: Sequence[str]) -> Iterator[Family]:
    """Find the columns of a first, second, … choice.

    Examples
    --------
    >>> [one] = ranked(["Wish to learn [1st choice]", "Wish to learn [2nd choice]", "Comment"])
    >>> one.field, one.columns
    ('wants', {'Wish to learn [1st choice]': '1', 'Wish to learn [2nd choice]': '2'})
    """
    alike: dict[str, dict[int, str]] = defaultdict(dict)
    for header in headers:
        for rank, (pattern, glued) in enumerate(zip(_ORDINALS, _STEMS, strict=True), 1):
            ordinal = rf"(?<!\w)(?:(?:{pattern})(?!\w)|{glued}(?=wunsch|wahl|prio|präferenz|thema))"
            stem, count = re.subn(ordinal, "#", header.casefold())
            if count == 1:
                alike[stem].setdefault(rank, header)
    for stem, members in alike.items():
        plain = words(stem)
        heard = asked(stem.replace("#", "first"))
        learns = heard is not None and heard[0] == "wants"
        whole = len(members) >= FEWEST and sorted(members) == list(range(1, len(members) + 1))
        if whole and (learns or _RANKED.search(plain)):
            columns = {members[rank]: str(rank) for rank in sorted(members)}
            yield Family(
                "wants", columns, "" if learns else "the headings do not say what is chosen"
            )


def options(columns: Texts) -> Iterator[Family]:
    """Find the columns that stand for one option of a question each.

    Examples
    --------
    >>> [one] = options({"Teach: AI": ["x", ""], "Teach: Video": ["", "x"], "Note": ["x", "x"]})
    >>> one.field, one.columns
    ('offers', {'Teach: AI': 'AI', 'Teach: Video': 'Video'})
    """
    rest = dict(columns)
    for pattern in _PARTS:
        for family in _parted(rest, pattern):
            rest = {header: rest[header] for header in rest if header not in family.columns}
            yield family


def _parted(columns: Texts, pattern: re.Pattern[str]) -> Iterator[Family]:
    alike: dict[str, dict[str, str]] = defaultdict(dict)
    free: dict[str, dict[str, str]] = defaultdict(dict)
    for header, cells in columns.items():
        parts = pattern.fullmatch(header)
        if parts and not agrees(header):
            item = (parts["inner"] or parts["tail"]).strip()
            if _OTHER.fullmatch(item):
                free[parts["stem"].strip()][header] = ""
            elif _answers(cells, item):
                alike[parts["stem"].strip()][header] = item
    for stem, members in alike.items():
        items = {item.casefold() for item in members.values()}
        field, doubt = _field(stem)
        if field and FEWEST <= len(members) == len(items):
            yield Family(field, members | free[stem], doubt)


def how_well(header: str, cells: Sequence[str]) -> bool:
    """Tell whether a column says how well people know what they offer.

    Examples
    --------
    >>> how_well("Comfortable alone (1-5)", ["5", "2"]), how_well("Known since", ["2024", "2025"])
    (True, False)
    """
    known = [text for text in cells if text]
    graded = bool(known) and all(degree_of(text) is not None for text in known)
    return graded and bool(_SKILLED.search(words(header)))


def _field(stem: str) -> tuple[str, str]:
    """Return the list that options of a question belong to, and why that is doubtful."""
    if own := named_in(stem):
        column = column_of(own)
        return (own, "") if column and column.many else ("", "")
    heard = asked(f"{stem}, please tell us?")
    if heard and heard[0] in {"offers", "wants", "languages", "meeting_modes"}:
        unclear = heard[1] >= UNSURE or is_turned(stem)
        return heard[0], "the question may mean something else" if unclear else ""
    if heard:
        return "", ""  # slots of a week, and other questions that have a way of their own
    if _SURE.search(words(stem)) and not is_turned(stem):
        return "offers", ""
    return "offers", "the question does not say whether this is taught or wanted"


def _answers(cells: Sequence[str], item: str) -> bool:
    """Tell whether cells say yes, how much, or the option itself."""
    known = {text.casefold() for text in cells if text} - {item.casefold()}
    if len(known) > MOST_WORDS:
        return False
    return all(says_yes(text) is not None or degree_of(text) is not None for text in known)
