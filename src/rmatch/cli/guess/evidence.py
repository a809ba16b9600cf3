"""What speaks for a guess: how many cells are filled, how many different ones, and three of them where they may be seen."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from rmatch.cli.guess.questions import is_sensitive
from rmatch.cli.guess.toml import remark
from rmatch.cli.guess.vocabulary import is_number
from rmatch.io import column_of
from rmatch.utils.text import cut

if TYPE_CHECKING:
    from collections.abc import Sequence

SHOWN, WORDS = 3, 4
LONGEST = 30
OFTEN = 30
"""A column that nobody reads shows its cells only if they are no more different ones: free texts are not shown."""
FEW = 2
_NAMED = re.compile(r"[^\W\d_][\w'’.-]+,? [^\W\d_][\w'’.-]+(?: [^\W\d_][\w'’.-]+)?")
"""Two or three words may be a person's name: if a column that nobody reads is full of them, it is not shown."""
HIDDEN = {"id", "name", "email", "manager_id", "lived_topics"}


def evidence(field: str, header: str, cells: Sequence[str]) -> str:
    """Return what speaks for a column being a field, or for being none, as a comment says it.

    Examples
    --------
    >>> evidence("level", "Grade", ["P1", "P2", "P1", ""])
    '3 of 4 filled, 2 different: P1, P2'
    >>> evidence("name", "Name", ["Ada", "Bo"]), evidence("", "Anything else?", [])
    ('2 of 2 filled, 2 different', '0 of 0 filled')
    """
    known = Counter(" ".join(text.split()) for text in cells if text)
    filled = f"{known.total()} of {len(cells)} filled"
    if not known:
        return filled
    said = f"{filled}, {len(known)} different"
    if _is_private(field, header, known):
        return said
    few = ", ".join(remark(cut(text, LONGEST)) for text, _ in known.most_common(SHOWN))
    return f"{said}: {few}"


def is_code(text: str) -> bool:
    """Tell whether a text is an id that says nothing about a person: one word with a digit in it.

    Examples
    --------
    >>> is_code("E17"), is_code("Ada Low"), is_code("ada1@firm.example")
    (True, False, False)
    """
    return "@" not in text and not re.search(r"\s", text) and bool(re.search(r"\d", text))


def _is_private(field: str, header: str, known: Counter[str]) -> bool:
    column = column_of(field) if field else None
    if (
        field in HIDDEN
        # The organiser says which of the few words of a form mean consent, and so has to read them.
        or (column is not None and column.private and not column.kind in {"consent", "display"})
        or any("@" in text for text in known)
    ):
        return True
    if field:
        return False
    named = sum(bool(_NAMED.fullmatch(text)) for text in known)
    if 2 * named > len(known) and len(known) > FEW:
        return True
    # The cells of a column that nobody reads may be anything; what many people have tells nobody apart.
    rare = (
        len(known) > OFTEN
        or 2 * len(known) > known.total()
        or any(len(text.split()) > WORDS for text in known)
    )
    return is_sensitive(header) or (rare and not all(map(is_number, known)))
