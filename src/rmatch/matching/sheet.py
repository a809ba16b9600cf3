"""A sheet in words beside a round that is kept: how it was decided, by whose choice, and who may object."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from rmatch.formulas import for_whom
from rmatch.people import bare
from rmatch.rounds import Outcome, rule_words
from rmatch.utils.messages import Message, Sentence
from rmatch.utils.names import name_of
from rmatch.utils.text import counted

PLACES = {
    "without_protected": Message(
        "Who gets a place was decided without protected attributes. They may shape who meets whom, as far as people "
        "consented to it."
    ),
    "with_protected": Message("Protected attributes were allowed to decide who gets a place."),
}
KEPT = {
    "pairs": Message(
        "Before the points: as few pairs of the earlier round are broken as possible."
    ),
    "optimum": Message(
        "Among pairs with as many points: as few of the earlier round are broken as possible."
    ),
}
WHO_MAY_OBJECT = """\
- Everybody in it. The round is a proposal until the people accept: each of the two may decline a pair, and whoever has
  no partner may ask why.
- Whoever is in a pair may have its reasons: what the two have in common, in words that show nothing of other people
  (`rmatch explain round.json --mentor … --mentee … --audience participant`).
- Whoever finds a wrong or missing answer about themselves may have it mended, and the round decided anew.
- Consent may be taken back at any time. What was answered without consent was not read, and has changed nothing.
- An objection goes to the organiser, a human being, who can lock, exclude or leave out people and decide again.
"""


def sheet(matching: Outcome) -> str:
    """Return how a round was decided, as a page of Markdown.

    Parameters
    ----------
    matching : Outcome
        The round; its people need not be at hand.

    Returns
    -------
    str
        Words, counts and what the organiser wrote; no name, no id and nobody's answer.
    """
    parts = {
        "What was decided": _what(matching),
        "How": how(matching),
        "By whose choice": whose(matching),
        "What is proved": _proved(matching),
    }
    name = matching.programme.name
    title = f"# How this was decided{f': {name}' if name else ''}"
    sections = [
        f"## {heading}\n\n" + "\n".join(f"- {line}" for line in lines) + "\n"
        for heading, lines in parts.items()
    ]
    return "\n".join([f"{title}\n", *sections, f"## Who may object\n\n{WHO_MAY_OBJECT}"])


def _what(matching: Outcome) -> Iterator[str]:
    yield f"{counted(len(matching.pairs), 'pair')}, {matching.unit.mean(matching.total, len(matching.pairs))}."
    alone = Counter((each.role, each.code) for each in matching.unmatched)
    for (role, code), count in sorted(alone.items()):
        who = (
            f"{counted(count, 'person')} without a role"
            if role == "none"
            else f"{counted(count, role)} without a partner"
        )
        yield f"{who} (`{code}`)."
    if matching.changes is not None:
        yield f"Beside the earlier round: {matching.changes.headline}."


def how(matching: Outcome) -> Iterator[str]:
    """Go through what the programme says, sentence by sentence.

    Yields
    ------
    str
        A sentence.
    """
    programme = matching.programme
    objective = programme.objective.kind
    if programme.participation == "most":
        yield Message(
            "As many pairs as possible, then the best, by the objective `{objective}`.",
            objective=objective,
        )
    else:
        yield Message(
            "The best, whatever the number of pairs, by the objective `{objective}`.",
            objective=objective,
        )
    yield from _before_the_points(matching)
    for criterion in programme.criteria:
        yield Sentence.of(for_whom(_points_for(criterion), criterion))
    for name in matching.without_data:
        yield Message("`{criterion}` gave none: the people have no data for it.", criterion=name)
    for rule in programme.rules:
        yield Message("A rule: {rule}.", rule=for_whom(rule_words(name_of(rule)), rule))
    if programme.min_points is not None:
        yield Message("No pair below {worth}.", worth=matching.unit.worth(programme.min_points))
    for quota in programme.quotas:
        yield Message("A quota: `{quota}`.", quota=quota.kind)
    yield PLACES[programme.places]
    yield Message(
        "Between equals the seed {seed} decided, by chance and the same for everybody.",
        seed=repr(matching.seed),
    )


def _points_for(criterion: Any) -> Message:
    weight = bare(criterion).weight
    if weight is None:
        return Message("points for `{criterion}`", criterion=name_of(criterion))
    return Message(
        "points for `{criterion}` with weight {weight}",
        criterion=name_of(criterion),
        weight=float(weight),
    )


def _before_the_points(matching: Outcome) -> Iterator[str]:
    programme = matching.programme
    if programme.waiting == "first":
        yield Message("Before the points: whoever has waited longer for a partner comes first.")
    if programme.spread:
        yield Message(
            "Before the points: as many people as possible have a partner, before anybody has a second one."
        )
    if matching.changes is not None:
        yield KEPT[matching.changes.keep]
    if programme.group_sizes:
        sizes = ", ".join(map(str, programme.group_sizes))
        yield Message(
            "A mentee has nobody, or a group of one of these sizes: {sizes}.", sizes=sizes
        )
    if programme.one_per_department:
        yield Message("No two partners of a mentee are from one department.")


def whose(matching: Outcome) -> Iterator[str]:
    """Go through what was chosen, by whom and why, sentence by sentence.

    Yields
    ------
    str
        A sentence.
    """
    yield Message(
        "The organiser chose the criteria and their weights, the rules, the places, the objective and the seed; the programme in `round.json` has them all."
    )
    if matching.programme.justification:
        yield Message(
            "For protected attributes the organiser gave a reason: {reason}",
            reason=matching.programme.justification,
        )
    asked: Counter[str] = Counter(request.kind for request in matching.requests.rows)
    words = {
        "lock": Message("{count} locked pair", "{count} locked pairs", count=asked["lock"]),
        "exclude": Message(
            "{count} excluded pair", "{count} excluded pairs", count=asked["exclude"]
        ),
        "previous": Message(
            "{count} earlier pair", "{count} earlier pairs", count=asked["previous"]
        ),
        "wish": Message("{count} wish", "{count} wishes", count=asked["wish"]),
    }
    for kind, word in words.items():
        if asked[kind]:
            yield Message("By request: {requests}.", requests=word)
    reasons = Counter(pair.override_reason for pair in matching.pairs if pair.override_reason)
    for reason, count in sorted(reasons.items()):
        yield Message(
            "{count} locked pair may break rules, for a written reason: {reason}",
            "{count} locked pairs may break rules, for a written reason: {reason}",
            count=count,
            reason=reason,
        )
    yield Message("The pairs themselves were worked out by a program, and chosen by nobody.")


def _proved(matching: Outcome) -> Iterator[str]:
    yield matching.claim
    yield "`rmatch verify round.zip PEOPLE --programme PROGRAMME --requests REQUESTS` checks it again, without solving; with the people, programme and requests of one's own."
    yield "What of it is vouched for, and what is not, is listed in the documentation of rmatch under “What is proved”."
