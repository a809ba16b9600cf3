"""Which rows are the same human: by their address, and by their name where nothing tells two of one name apart."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import normalize

from rmatch.io.cells.dates import plain
from rmatch.io.join.keys import address_of, visible
from rmatch.io.join.spec import Duplicates

if TYPE_CHECKING:
    from collections.abc import Sequence

TITLES = frozenset(["dr", "prof", "mr", "mrs", "ms", "herr", "frau", "ing", "mag", "dipl"])
_SPELT = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "æ": "ae", "å": "aa"}  # codespell:ignore ue
SPELT = str.maketrans(_SPELT)
"""How names are written where a keyboard has no such letters."""
_PRONOUNS = re.compile(r"[(\[](?:she|he|they|sie|er|elle|il)\b[^)\]]*[)\]]")


@dataclass(frozen=True, slots=True)
class Link:
    """Two rows that are the same human by what they say.

    Attributes
    ----------
    first, second : int
        The rows.
    field : {"email", "name"}
        What they have in common.
    """

    first: int
    second: int
    field: str


def same_humans(
    ids: Sequence[str | None],
    emails: Sequence[str | None],
    names: Sequence[str | None],
    rule: Duplicates | None,
) -> tuple[list[Link], list[tuple[int, int]]]:
    """Return the rows that are the same human under another id, and those who only have the same name.

    Two who have the same name and different addresses at one organisation are two people: no organisation has two
    colleagues of one address, and none gives one colleague two. Without that, one name is one human.

    Parameters
    ----------
    ids, emails, names : sequence of str or None
        What each row says; nothing where it is unknown.
    rule : Duplicates or None
        What the mapping says of people who have the same name.

    Returns
    -------
    list of Link, list of (int, int)
        The same human, each row linked to an earlier one, and the namesakes.

    Examples
    --------
    >>> links, _ = same_humans(["1", "2"], ["Mia@x.org", "mia@X.org "], [None, None], None)
    >>> links
    [Link(first=0, second=1, field='email')]
    >>> same_humans(["1", "2"], ["mia@x.org", "mia2@x.org"], ["Mia Noor", "Noor, Mia"], None)
    ([], [(0, 1)])
    """
    rule = rule or Duplicates()
    addresses = [
        address_of(email) if email else _address_in(name)
        for email, name in zip(emails, ids, strict=True)
    ]
    links, owner = [], dict[str, int]()
    for row, address in enumerate(addresses):
        if ids[row] in rule.namesakes:
            continue
        if address and (first := owner.setdefault(address, row)) != row and ids[first] != ids[row]:
            links.append(Link(first, row, "email"))
    if rule.distinct:
        return links, []
    linked = {link.second for link in links}
    by_name: dict[str, list[int]] = defaultdict(list)
    spellings: dict[str, list[int]] = defaultdict(list)
    for row, name in enumerate(names):
        words = words_of(name or "")
        if words and row not in linked and ids[row] not in rule.namesakes:
            by_name[words].append(row)
            if (
                name
                and (spelt := words_of(normalize("NFC", name).casefold().translate(SPELT))) != words
            ):
                spellings[spelt].append(row)
    for spelt in spellings.keys() & by_name.keys():
        by_name[spelt].extend(spellings[spelt])
        by_name[spelt].sort()
    namesakes: list[tuple[int, int]] = []
    for rows in by_name.values():
        if len(rows) > 1:
            _link_by_name(rows, ids, addresses, links, namesakes)
    return sorted(links, key=lambda link: link.second), namesakes


def _link_by_name(
    rows: Sequence[int],
    ids: Sequence[str | None],
    addresses: Sequence[str],
    links: list[Link],
    namesakes: list[tuple[int, int]],
) -> None:
    """Link each row to the first that nothing tells apart from it; one row a domain is enough to know."""
    first_at: dict[str, int] = {}
    for row in rows:
        domain = addresses[row].rpartition("@")[2]
        others = [known for at, known in first_at.items() if at != domain or not domain]
        near = next((known for known in others if ids[known] != ids[row]), None)
        colleague = first_at.get(domain)
        if near is not None:
            links.append(Link(near, row, "name"))
        elif colleague is not None and ids[colleague] != ids[row]:
            namesakes.append((colleague, row))
        first_at.setdefault(domain, row)


def _address_in(name: str | None) -> str:
    return address_of(name) if name and "@" in name else ""


def words_of(name: str) -> str:
    """Return a name without case, order and titles: "Noor, Dr. Mia" is "Mia Noor"."""
    # Accents tell nobody apart: a form writes Novák where the staff list has Novak.
    bare = name.casefold() if name.isascii() else plain(visible(name, "NFKC"))
    words = re.sub("[,.-]", " ", _PRONOUNS.sub("", bare)).split()
    return " ".join(sorted(word for word in words if word not in TITLES) or words)
