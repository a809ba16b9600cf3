"""Which rows are the same human: by their address, and by their name where nothing tells two of one name apart."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from rmatch.io.join.keys import mailboxes_in
from rmatch.io.join.spec import Duplicates
from rmatch.io.names import shorter_forms, spellings_of, words_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence


_FULL_NAME = re.compile(r"[^\W\d_]{2,}[._-][^\W\d_]{2,}\d*")
_INITIAL = re.compile(r"\b[^\W\d_]\b")


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
    addresses = _addresses(ids, emails)
    links, owner = list[Link](), dict[str, int]()
    times = Counter(chain.from_iterable(addresses))
    shared = {address for address, rows in times.items() if rows > 1}
    for row, own in enumerate(addresses) if shared else ():
        if ids[row] not in rule.namesakes:
            others = (owner.setdefault(address, row) for address in own)
            links += [Link(other, row, "email") for other in others if ids[other] != ids[row]]
    if rule.distinct:
        return links, []
    linked = {link.second for link in links}
    written: dict[str, list[int]] = defaultdict(list)
    for row, (one, name) in enumerate(zip(ids, names, strict=True)):
        if name and row not in linked and one not in rule.namesakes:
            written[name].append(row)
    by_name: dict[str, list[int]] = defaultdict(list)
    for name, rows in written.items():
        for spelling in spellings_of(name):
            by_name[spelling] += rows
    namesakes: list[tuple[int, int]] = []
    domains = list(map(_domain, addresses))
    # A name with an umlaut has two spellings, which nearly always are those of the same people.
    for called in dict.fromkeys(tuple(sorted(rows)) for rows in by_name.values()):
        if len(called) > 1:
            _link_by_name(called, ids, domains, links, namesakes)
    links = list(dict.fromkeys(links))
    return sorted(links, key=lambda link: link.second), list(dict.fromkeys(namesakes))


def near_names(
    ids: Sequence[str | None],
    emails: Sequence[str | None],
    names: Sequence[str | None],
    posts: Sequence[Hashable],
) -> Iterator[tuple[int, int]]:
    """Go through people whose names differ in initials or words left out only, and who do the same.

    Parameters
    ----------
    ids, emails, names : sequence of str or None
        What each row says; nothing where it is unknown.
    posts : sequence of hashable
        What each of them does: their department and level.

    Yields
    ------
    (int, int)
        The rows of two who may be one human. Who has an address of their own at the same organisation is none of them.

    Examples
    --------
    >>> list(
    ...     near_names(
    ...         ["1", "2", "3"],
    ...         [None] * 3,
    ...         ["J. Smith", "John Smith", "Jo Smith"],
    ...         ["IT", "IT", "HR"],
    ...     )
    ... )
    [(0, 1)]
    """
    spelt = set(filter(None, names))
    if len({(name.count(" "), _INITIAL.search(name) is None) for name in spelt}) < 2:
        return  # all of them are of one form
    written = {name: words_of(name) for name in spelt}
    words = [written[name] if name else "" for name in names]
    addresses = _addresses(ids, emails)
    known: dict[tuple[str, Hashable], list[int]] = defaultdict(list)
    for row, text in enumerate(words):
        known[text, posts[row]].append(row)
    for row, text in enumerate(words):
        domain = _domain(addresses[row])
        for form in shorter_forms(text):
            for other in known.get((form, posts[row]), ()):
                at = _domain(addresses[other])
                if ids[other] != ids[row] and (at != domain or not domain):
                    yield min(row, other), max(row, other)


def near_addresses(
    ids: Sequence[str | None], emails: Sequence[str | None], names: Sequence[str | None]
) -> Iterator[tuple[int, int]]:
    """Go through people of whom no names tell, and whose addresses are one name at two organisations.

    Examples
    --------
    >>> list(near_addresses(["1", "2"], ["kim.lund@x.org", "Kim.Lund@x.com"], [None, None]))
    [(0, 1)]
    """
    written = [text for text in (*emails, *ids) if text and "@" in text]
    if len({text.rpartition("@")[2].casefold() for text in written}) < 2:
        return  # all of them are of one organisation
    first: dict[str, int] = {}
    for row, own in enumerate(_addresses(ids, emails)):
        fronts = (address.partition("@")[0] for address in own)
        others = [first.setdefault(each, row) for each in fronts if _FULL_NAME.fullmatch(each)]
        for other in others:
            if ids[other] != ids[row] and not (names[other] and names[row]):
                yield other, row


def _domain(addresses: Sequence[str]) -> str:
    return addresses[0].rpartition("@")[2] if addresses else ""


def _addresses(ids: Sequence[str | None], emails: Sequence[str | None]) -> list[list[str]]:
    """Return the mailbox of each row; an id may be an address."""
    return [
        [box for text in texts if text and "@" in text for box in mailboxes_in(text)]
        for texts in zip(emails, ids, strict=True)
    ]


def _link_by_name(
    rows: Sequence[int],
    ids: Sequence[str | None],
    domains: Sequence[str],
    links: list[Link],
    namesakes: list[tuple[int, int]],
) -> None:
    """Link each row to the first that nothing tells apart from it; one row a domain is enough to know."""
    first_at: dict[str, int] = {}
    at_one = {*map(domains.__getitem__, rows)}
    if len(at_one) == 1 and "" not in at_one:  # nearly always
        first, *colleagues = rows
        own = ids[first]
        namesakes += [(first, row) for row in colleagues if ids[row] != own]
        return
    for row in rows:
        domain = domains[row]
        others = [known for at, known in first_at.items() if at != domain or not domain]
        near = next((known for known in others if ids[known] != ids[row]), None)
        colleague = first_at.get(domain)
        if near is not None:
            links.append(Link(near, row, "name"))
        elif colleague is not None and ids[colleague] != ids[row]:
            namesakes.append((colleague, row))
        first_at.setdefault(domain, row)
