"""What cannot be in a rematch: another firm's round, pairs that never were, answers that contradict each other or the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmatch.errors import Fault, faults_in
from rmatch.formulas import Facts, broken_rules
from rmatch.rounds import passing
from rmatch.scoring import score
from rmatch.utils.text import counted
from rmatch.utils.validation import refuse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.matching.renewal import Renewal
    from rmatch.people import IdPair
    from rmatch.scoring import Scores

OVER = "declined", "ended"
FEW = 4
"""Of the people of an earlier round one in so many has to be there still: else it is taken for another firm's."""


def refuse_contradictions(renewal: Renewal) -> None:
    """Refuse, with everything at once, what cannot be.

    Parameters
    ----------
    renewal : Renewal
        An earlier round, and what holds now.

    Raises
    ------
    InvalidInputError
        With all that is wrong with it.
    """
    faults = [
        *_other_people(renewal),
        *renewal.responses.faults(renewal.pairs, renewal.past, renewal.people.id),
        *_against_requests(renewal),
        *_turned_round(renewal),
    ]
    if not (faults or renewal.staying):
        return  # what else is wrong, scoring says by itself
    people, programme, stated = renewal.people, renewal.programme, renewal.stated
    scored: list[Scores] = []
    faults += faults_in(lambda: scored.append(score(people, programme, stated)))
    for scores in scored:
        faults += _forbidden(renewal, scores)
    refuse(faults)


def _other_people(renewal: Renewal) -> Iterator[Fault]:
    """Go through signs that the earlier round is of others, or has them on the other side."""
    before = {one for pair in renewal.pairs for one in pair}
    common = len(before & renewal.ids)
    if FEW * common < len(before):
        problem = f"of the {len(before)} people of its pairs {common} are in the people table"
        remedy = (
            "give the round of these people, with the same ids in both; "
            "where the others have left, give the pairs that are left as a table"
        )
        yield Fault("earlier round", "", problem, remedy)
        return
    turned = sum(renewal.here(pair[::-1]) for pair in renewal.pairs)
    if turned > sum(map(renewal.here, renewal.pairs)):
        problem = f"{turned} of its {counted(len(renewal.pairs), 'pair')} have mentor and mentee exchanged"
        remedy = "exchange the two columns, or the roles of the people"
        yield Fault("earlier round", "", problem, remedy)


def _against_requests(renewal: Renewal) -> Iterator[Fault]:
    """Go through answers that contradict the requests."""
    named = renewal.stated.of_kind
    locks = {(row.mentor, row.mentee) for row in named("lock")}
    # Whom an exclusion names are kept apart either way round.
    excluded = {frozenset((row.mentor, row.mentee)) for row in named("exclude")}
    for pair, answer in renewal.answers.items():
        kind = "a lock" if pair in locks and answer.outlook in OVER else ""
        if answer.outlook == "stays" and frozenset(pair) in excluded:
            kind = "an exclusion"
        if kind:
            problem = f"the requests have {kind} of the pair"
            remedy = "take the request back, or the response"
            yield Fault(f"{answer.status} {_two(pair)}", "status", problem, remedy)


def _turned_round(renewal: Renewal) -> Iterator[Fault]:
    """Go through pairs that stay, and were declined the other way round."""
    for pair, answer in renewal.answers.items():
        if answer.outlook == "stays" and renewal.outlooks.get(pair[::-1]) == "declined":
            problem = "the same two have declined the other way round, which closes both ways"
            remedy = "take one of the two responses back"
            yield Fault(f"{answer.status} {_two(pair)}", "status", problem, remedy)


def _two(pair: IdPair) -> str:
    return f"{pair[0]!r} → {pair[1]!r}"


def _forbidden(renewal: Renewal, scores: Scores) -> Iterator[Fault]:
    """Go through pairs that are to stay, and that a rule now forbids."""
    cohort = scores.cohort
    cells = {
        pair: (cohort.row[pair[0]], cohort.column[pair[1]])
        for pair, reason in renewal.staying.items()
        if not reason and renewal.here(pair)
    }
    allowed = set(passing(scores.allowed_block, cells.values()))
    broken = [pair for pair, cell in cells.items() if cell not in allowed]
    if not broken:
        return
    facts = Facts.of(cohort, scores.programme)
    for pair in broken:
        for rule in broken_rules(facts, *pair):
            if rule.rule != "exclude":
                status = renewal.answers[pair].status if pair in renewal.answers else "locked"
                problem = f"breaks {rule.rule} now: {rule.sentence}"
                remedy = (
                    "answer that it is active and give its override_reason, or that it has ended"
                )
                yield Fault(f"{status} {_two(pair)}", "status", problem, remedy)
