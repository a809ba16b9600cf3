"""A saved round under other ids: salted hashes that only whoever has the salt turns back."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from rmatch.people import Fingerprints, People, natural
from rmatch.utils.sides import SIDES

Document = dict[str, Any]


def token(salt: bytes, text: str) -> str:
    """Return what stands for a text: an HMAC with SHA-256, which nobody without the salt can try.

    Examples
    --------
    >>> token(b"secret", "E7") == token(b"secret", "E7") != token(b"other", "E7")
    True
    """
    return hmac.new(salt, text.encode("utf-8", "surrogatepass"), sha256).hexdigest()


def salted(document: Mapping[str, Any], salt: bytes) -> Document:
    """Return a saved round without its ids, which nothing in it tells, not even an order.

    Parameters
    ----------
    document : mapping
        A saved round without names and without whole people.
    salt : bytes
        What only those know who may turn the ids back.

    Returns
    -------
    dict
        The same round. Notes about how files were read are left out: they name people.
    """
    found = _renamed(document, lambda person: f"id-{token(salt, person)[:20]}")
    people = [{**one, "fingerprint": token(salt, one["fingerprint"])} for one in found["people"]]
    people.sort(key=lambda one: natural(one["id"]))
    together = token(salt, document["fingerprint"])
    notes: dict[str, list[str]] = {"people": [], "requests": []}
    return found | {"people": people, "fingerprint": together, "notes": notes}


def unsalted(
    document: Mapping[str, Any], salt: bytes, people: People, others: Collection[str] = ()
) -> Document:
    """Return a salted round under the ids of some people again.

    Parameters
    ----------
    document : mapping
        A salted round.
    salt : bytes
        The salt.
    people : People
        Everybody. What is not about them keeps its salted id, or fingerprint.
    others : collection of str
        Ids of people who have left, as earlier pairs have them.

    Returns
    -------
    dict
        The round, its people in the order of these.
    """
    known = {f"id-{token(salt, person)[:20]}": person for person in (*people.id, *others)}
    found = _renamed(document, lambda person: known.get(person, person))
    prints = Fingerprints.of(people, document["programme"].get("unprotected", ()))
    own = {token(salt, one): one for one in (*prints.each.values(), prints.together)}
    place = {person: row for row, person in enumerate(people.id)}
    listed = [
        {**one, "fingerprint": own.get(one["fingerprint"], one["fingerprint"])}
        for one in sorted(found["people"], key=lambda one: place.get(one["id"], len(place)))
    ]
    together = own.get(document["fingerprint"], document["fingerprint"])
    return found | {"people": listed, "fingerprint": together}


def _renamed(document: Mapping[str, Any], name: Callable[[str], str]) -> Document:
    """Return a round with other ids, and everything in the order that these have."""
    found: Document = dict(document)
    orders: list[list[int]] = []
    for side in ("mentors", "mentees"):
        names = [name(person) for person in document[side]]
        place = {person: at for at, person in enumerate(names)}
        found[side] = sorted(names, key=natural)
        orders.append([place[person] for person in found[side]])
    order = _Order(*orders)
    found["requests"] = [_both(each, name) for each in document["requests"]]
    found["pairs"] = _pairs(document["pairs"], name, found)
    found["unmatched"] = _unmatched(document["unmatched"], name)
    met: dict[str, list[str]] = {name(person["id"]): [] for person in document["people"]}
    for pair in found["pairs"]:
        met[pair["mentor"]].append(pair["mentee"])
        met[pair["mentee"]].append(pair["mentor"])
    found["people"] = [
        {**person, "id": name(person["id"]), "partners": met[name(person["id"])]}
        for person in document["people"]
    ]
    found["steps"] = [order.step(step) for step in document["steps"]]
    if "changes" in document:
        found["changes"] = _changes(document["changes"], name)
    if "waited" in document:
        waited = {name(person): rounds for person, rounds in document["waited"].items()}
        found["waited"] = dict(sorted(waited.items(), key=lambda each: natural(each[0])))
    price = document.get("price_of_fair_places")
    if price and price["with_protected"] is not None:
        others = _pairs(price["with_protected"], name, found)
        steps = [order.step(step) for step in price["steps"]]
        found["price_of_fair_places"] = price | {"with_protected": others, "steps": steps}
    return found


def _both(each: Mapping[str, Any], name: Callable[[str], str]) -> Document:
    return {**each, "mentor": name(each["mentor"]), "mentee": name(each["mentee"])}


def _changes(changes: Mapping[str, Any], name: Callable[[str], str]) -> Document:
    """Return the changes under other ids, in the order that these have."""

    def two(pair: Mapping[str, Any]) -> tuple[Any, Any]:
        return natural(pair["mentor"]), natural(pair["mentee"])

    def sorted_twos(pairs: Sequence[Mapping[str, Any]]) -> list[Document]:
        return sorted((_both(pair, name) for pair in pairs), key=two)

    broken = [
        {
            **_both(pair, name),
            "people": sorted(map(name, pair["people"]), key=natural),
            "to": sorted_twos(pair["to"]),
        }
        for pair in changes["broken"]
    ]
    return {
        **changes,
        "kept": sorted_twos(changes["kept"]),
        "new": sorted_twos(changes["new"]),
        "broken": sorted(broken, key=two),
    }


def _pairs(
    pairs: Sequence[Mapping[str, Any]], name: Callable[[str], str], found: Document
) -> list[Document]:
    row, column = (
        {person: at for at, person in enumerate(found[side])} for side in ("mentors", "mentees")
    )
    named = [_both(pair, name) | _why(pair, name) for pair in pairs]
    return sorted(named, key=lambda pair: (row[pair["mentor"]], column[pair["mentee"]]))


def _why(pair: Mapping[str, Any], name: Callable[[str], str]) -> Document:
    """Return what both may read under other ids: a sentence has them where it begins, and nowhere else."""
    if "why" not in pair:
        return {}
    two = pair["mentor"], pair["mentee"]
    told = []
    for sentence in pair["why"]:
        for one, verb, other in ((two[0], "teach", two[1]), (two[1], "give", two[0])):
            begins = f"{one} can {verb} {other}: "
            if sentence.startswith(begins):
                rest = sentence.removeprefix(begins)
                told.append(f"{name(one)} can {verb} {name(other)}: {rest}")
                break
        else:
            told.append(sentence)
    return {"why": told}


def _unmatched(reasons: Sequence[Mapping[str, Any]], name: Callable[[str], str]) -> list[Document]:
    named = [{**each, "id": name(each["id"])} for each in reasons]
    sides = ("mentor", "mentee", "none")
    return sorted(named, key=lambda each: (sides.index(each["role"]), natural(each["id"])))


@dataclass(frozen=True)
class _Order:
    """In which order mentors and mentees stand anew: the places where they stood."""

    mentors: list[int]
    mentees: list[int]

    def step(self, step: Mapping[str, Any]) -> Document:
        pairs, order = self._pairs(step["pairs"])
        places = {
            name: self._numbers(f"{name.partition('_')[0]}s", counts)
            for name, counts in step["places"].items()
        }
        found = {**step, "places": places, "pairs": pairs}
        found["proof"] = self._proof(step["proof"], order)
        if "precedence" in step:
            found["precedence"] = self._precedence(step["precedence"])
        return found

    def _precedence(self, first: Mapping[str, Any]) -> Document:
        """Return what comes before the points: a number for each person, and the earlier pairs."""
        numbers = {
            f"{side}_first": self._numbers(f"{side}s", first[f"{side}_first"]) for side in SIDES
        }
        return {**first, **numbers, "kept": self._pairs(first["kept"])[0]}

    def _proof(self, proof: Mapping[str, Any], order: list[int]) -> Document:
        """Return a proof, which holds something for each pair, for each person, or other proofs."""
        found = dict(proof)
        kind = proof.get("kind")
        if kind == "stopped":
            found["pairs"], inner = self._pairs(proof["pairs"])
            found["prices"] = self._proof(proof["prices"], inner)
            found["cut"] = proof["cut"] and self._proof(proof["cut"], order)
        if "tiers" in proof:
            found["tiers"] = [self._proof(tier, order) for tier in proof["tiers"]]
        if kind == "prices":
            found["points"] = [proof["points"][at] for at in order]
        if kind == "groups":
            bounds = {side: proof[side] for side in ("by_points", "by_pairs")}
            found |= {side: own and self._bound(own) for side, own in bounds.items()}
        if "mentors" in proof:
            moved = self._positions if kind == "cut" else self._numbers
            found |= {side: moved(side, proof[side]) for side in ("mentors", "mentees")}
        return found

    def _bound(self, bound: Mapping[str, Any]) -> Document:
        """Return prices of mentors, case by case."""
        cases = []
        for case in bound["cases"]:
            pair = case["pair"] and self._pairs([case["pair"]])[0][0]
            cases.append({**case, **self._mentors(case), "pair": pair})
        return {"prices": {**bound["prices"], **self._mentors(bound["prices"])}, "cases": cases}

    def _mentors(self, prices: Mapping[str, Any]) -> Document:
        return {"mentors": self._numbers("mentors", prices["mentors"])}

    def _pairs(self, pairs: Sequence[Sequence[int]]) -> tuple[list[list[int]], list[int]]:
        """Return pairs of rows and columns, sorted anew, and where each stood."""
        row, column = self._new("mentors"), self._new("mentees")
        moved = [[row[one], column[other]] for one, other in pairs]
        order = sorted(range(len(moved)), key=moved.__getitem__)
        return [moved[at] for at in order], order

    def _numbers(self, side: str, numbers: Sequence[int]) -> list[int]:
        """Return a number for each person; one for the dummy of a network stays behind them."""
        order = getattr(self, side)
        return [*(numbers[at] for at in order), *numbers[len(order) :]]

    def _positions(self, side: str, positions: Sequence[int]) -> list[int]:
        new = self._new(side)
        return sorted(new[at] for at in positions)

    def _new(self, side: str) -> dict[int, int]:
        order = getattr(self, side)
        return {old: new for new, old in enumerate([*order, len(order)])}
