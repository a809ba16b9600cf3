"""A saved round under other ids: salted hashes that only whoever has the salt turns back."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Collection, Mapping, Sequence
from hashlib import sha256
from typing import Any

from rmatch.people import Fingerprints, People, natural

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
    orders = []
    for side in ("mentors", "mentees"):
        names = [name(person) for person in document[side]]
        place = {person: at for at, person in enumerate(names)}
        found[side] = sorted(names, key=natural)
        orders.append([place[person] for person in found[side]])
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
    found["steps"] = [_step(step, *orders) for step in document["steps"]]
    price = document.get("price_of_fair_places")
    if price and price["with_protected"] is not None:
        others = _pairs(price["with_protected"], name, found)
        steps = [_step(step, *orders) for step in price["steps"]]
        found["price_of_fair_places"] = price | {"with_protected": others, "steps": steps}
    return found


def _both(each: Mapping[str, Any], name: Callable[[str], str]) -> Document:
    return {**each, "mentor": name(each["mentor"]), "mentee": name(each["mentee"])}


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


def _step(step: Mapping[str, Any], rows: list[int], columns: list[int]) -> Document:
    """Return a step with its rows and columns in another order; the dummies of a network stay behind them."""
    new_row, new_column = ({old: new for new, old in enumerate(own)} for own in (rows, columns))
    order = {"mentor": rows, "mentee": columns}
    places = {
        name: [counts[at] for at in order[name.partition("_")[0]]]
        for name, counts in step["places"].items()
    }
    moved = [[new_row[row], new_column[column]] for row, column in step["pairs"]]
    places_of_pairs = sorted(range(len(moved)), key=moved.__getitem__)
    pairs = [moved[at] for at in places_of_pairs]
    proof = _proof(step["proof"], (rows, columns), places_of_pairs)
    return {**step, "places": places, "pairs": pairs, "proof": proof}


def _proof(
    proof: Mapping[str, Any], orders: tuple[list[int], list[int]], pairs: list[int]
) -> Document:
    sides = dict(zip(("mentors", "mentees"), orders, strict=True))
    if proof["kind"] == "prices":
        prices = {side: [proof[side][at] for at in order] for side, order in sides.items()}
        return {**proof, **prices, "points": [proof["points"][at] for at in pairs]}
    if proof["kind"] == "cut":
        new = {
            side: {old: at for at, old in enumerate([*order, len(order)])}
            for side, order in sides.items()
        }
        return {**proof, **{side: sorted(new[side][at] for at in proof[side]) for side in sides}}
    if proof["kind"] == "tiers":
        tiers = [
            {
                **tier,
                **{
                    side: [tier[side][at] for at in [*order, len(order)]]
                    for side, order in sides.items()
                },
            }
            for tier in proof["tiers"]
        ]
        return {**proof, "tiers": tiers}
    return dict(proof)
