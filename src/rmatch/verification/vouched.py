"""What `verify` vouches for, field by field: the one list of it, for the documentation and for those who tamper."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Vouched(StrEnum):
    """How far a field is vouched for."""

    EXACTLY = "any change is rejected"
    BY_PROOF = "a change is rejected unless what is claimed is still proved"
    NOT = "not verified"


class Field(NamedTuple):
    """A field of a result, with all that is in it.

    Attributes
    ----------
    result : str
        The kind of result: "matching", "quotas" for a matching under quotas, "groups" for one in groups, "saved"
        for the document of a matching, "lottery", "draw", "report", "explanation", "stand_ins", "price_list".
    name : str
        The names of fields from the outermost on, without positions; also of what is kept in store. Empty for the whole.
    vouched : Vouched
        How far it is vouched for.
    how : str
        What it is held against, or why it is not.
    """

    result: str
    name: str
    vouched: Vouched
    how: str


_EXACTLY, _BY_PROOF, _NOT = Vouched

READING = "how a file was read, which may have been another one"
SEED = "only solving again would tell that it is the one that decided between equals"

FIELDS: tuple[Field, ...] = (
    Field("matching", "scores", _EXACTLY, "worked out anew from people, programme and requests"),
    *(
        Field("matching", f"scores.cohort.{name}", _NOT, READING)
        for name in ("people.notes", "people.understood", "requests.notes")
    ),
    Field("matching", "seed", _NOT, SEED),
    Field(
        "matching",
        "pairs",
        _EXACTLY,
        "rules, places, locks and their reasons, and points by the formulas for single pairs; the order by the ids",
    ),
    Field("matching", "total", _EXACTLY, "the sum of the points"),
    Field("matching", "runtime", _NOT, "how the run went"),
    Field(
        "matching",
        "waited",
        _BY_PROOF,
        "only the earlier round would tell for how long people have waited; who comes first for it is worked out anew",
    ),
    Field(
        "matching",
        "unmatched",
        _EXACTLY,
        "who has no partner is counted; codes, sentences and rules are written anew from your own input",
    ),
    Field("matching", "partners", _EXACTLY, "from the pairs"),
    Field("matching", "id_pairs", _EXACTLY, "from the pairs"),
    Field("matching", "locked_cells", _EXACTLY, "from the pairs"),
    Field(
        "matching",
        "_price",
        _BY_PROOF,
        "where the price of fair places was asked for: the other matching, as this one is",
    ),
    Field(
        "matching", "changes", _EXACTLY, "from the pairs, and from the earlier pairs that it names"
    ),
    Field(
        "matching",
        "changes.broken",
        _BY_PROOF,
        "causes from your own input, the earlier pairs that could be made again from the steps; that there was such an "
        "earlier pair is believed",
    ),
    Field("matching", "steps", _EXACTLY, "the questions that lead to these pairs, in their order"),
    Field(
        "matching",
        "steps.precedence.kept",
        _BY_PROOF,
        "only the earlier round would tell its pairs; that no others keep more of these is proved",
    ),
    Field("matching", "steps.solution.route", _NOT, "which algorithm ran leaves no trace"),
    Field(
        "matching",
        "steps.solution.certificate",
        _BY_PROOF,
        "every possible pair against its two prices, and their sum against the bound",
    ),
    Field(
        "matching",
        "steps.solution.answer",
        _BY_PROOF,
        "every possible pair against its two prices, and their sum against the bound; what is said to be proved has to be",
    ),
    Field("matching", "steps.solution.answer.pairs", _EXACTLY, "the pairs of the step"),
    Field("matching", "steps.solution.answer.missed", _EXACTLY, "no minimum is missed"),
    *(
        Field("matching", f"steps.solution.answer.{name}", _NOT, "how the run went")
        for name in ("passes", "arcs", "decided", "seconds")
    ),
    Field("matching", "steps.solution.points_proof", _BY_PROOF, "groups: the best at these prices"),
    Field("matching", "steps.solution.pairs_proof", _BY_PROOF, "groups: the most at these prices"),
    Field("matching", "steps.solution.aims", _BY_PROOF, "groups: what comes first, by its prices"),
    Field("matching", "steps.solution.bottleneck", _BY_PROOF, "max-min: a cut, counted anew"),
    Field("matching", "steps.solution.proofs", _BY_PROOF, "leximin: potentials, arc by arc"),
    Field(
        "matching",
        "steps.solution.rounded",
        _BY_PROOF,
        "α-fair: transformed points against the formula, and prices made from the pairs",
    ),
    *(
        Field("matching", f"steps.solution.rounded.{name}", _NOT, "the transformed points say it")
        for name in ("unit", "anchor", "merged")
    ),
    Field(
        "matching",
        "steps.solution.up_to",
        _BY_PROOF,
        "leximin that was stopped: the potentials up to these points, and no pair in between",
    ),
    Field(
        "matching",
        "steps.solution.ceiling",
        _BY_PROOF,
        "another objective, if it was stopped: every possible pair against its two prices, and their sum against the bound",
    ),
    Field(
        "matching",
        "steps.solution.bound",
        _EXACTLY,
        "the points, where the run was not stopped; see `answer` where it was",
    ),
    *(
        Field(
            "quotas",
            f"steps.solution.{name}",
            _NOT,
            "the word of the linear programme; never less than is reached",
        )
        for name in ("bound", "most_pairs")
    ),
    *(
        Field(
            "groups",
            f"steps.solution.{name}",
            _BY_PROOF,
            "whatever the prices prove: a larger number says less than they do, and makes no claim of an optimum",
        )
        for name in ("bound", "most_pairs", "ceiling")
    ),
    Field(
        "saved",
        "",
        _EXACTLY,
        "worked out anew from your own input, or from the rest of the document, which is refused where it differs",
    ),
    Field(
        "saved",
        "rmatch",
        _NOT,
        "where it is not this version, words are not compared: it may put them otherwise",
    ),
    Field("saved", "notes", _NOT, READING),
    Field("saved", "seed", _NOT, SEED),
    *(
        Field("saved", name, _BY_PROOF, "only the earlier round would tell it")
        for name in ("waited", "steps.precedence.kept")
    ),
    Field("saved", "steps.route", _NOT, "which algorithm ran leaves no trace"),
    *(
        Field(
            "saved",
            f"{where}steps.proof",
            _BY_PROOF,
            "prices, cuts, potentials and tables, as those of a matching",
        )
        for where in ("", "price_of_fair_places.")
    ),
    *(
        Field("saved", f"steps.proof.{name}", _NOT, "the transformed points say it")
        for name in ("unit", "anchor", "merged")
    ),
    Field("saved", "price_of_fair_places.steps.route", _NOT, "which algorithm ran leaves no trace"),
    Field("lottery", "scores", _EXACTLY, "worked out anew from people, programme and requests"),
    *(
        Field("lottery", f"scores.cohort.{name}", _NOT, READING)
        for name in ("people.notes", "people.understood", "requests.notes")
    ),
    Field("lottery", "locks", _EXACTLY, "from the requests"),
    Field("lottery", "marginals", _EXACTLY, "points and their parts, from your own input"),
    Field(
        "lottery",
        "marginals.units",
        _BY_PROOF,
        "possible pairs, locks, places and minimums on average and, up to 1,000 uncertain pairs, in every draw; caps, where "
        "they are given. That nobody could expect more, that equals have equal chances, and parity are not verified",
    ),
    Field("lottery", "marginals.grid", _BY_PROOF, "with the units"),
    Field("lottery", "chances", _EXACTLY, "from the units"),
    Field("lottery", "seed", _NOT, "what decided between equally good chances leaves no trace"),
    Field("lottery", "best", _NOT, "only solving would tell it"),
    Field("lottery", "runtime", _NOT, "how the run went"),
    Field("draw", "", _EXACTLY, "drawn anew from the chances by the seed"),
    Field("report", "", _EXACTLY, "worked out anew from the matching and the earlier ones"),
    Field("report", "effect", _NOT, "only another matching would tell it"),
    Field("explanation", "", _EXACTLY, "points and lines by the formulas, rules, words"),
    Field("explanation", "others", _NOT, "what others would cost only solving would tell"),
    Field("explanation", "sentences", _NOT, "those for organisers say what others would cost"),
    Field(
        "stand_ins", "", _EXACTLY, "worked out anew from the pairs, the units and the probabilities"
    ),
    Field(
        "stand_ins",
        "proofs",
        _BY_PROOF,
        "rules, places and the loads that so many declines allow for; the prices of both sides against all who have a place left",
    ),
    Field(
        "stand_ins",
        "first_answers.acceptance",
        _NOT,
        "nothing tells how likely people are to accept; what follows from it is worked out anew",
    ),
    Field(
        "stand_ins",
        "first_answers.best_pairs",
        _BY_PROOF,
        "rules, places and locks, and points by the formulas for single pairs",
    ),
    Field(
        "stand_ins",
        "first_answers.steps",
        _BY_PROOF,
        "as those of a matching, with expected points in the place of points",
    ),
    Field("price_list", "", _EXACTLY, "worked out anew from the pairs of each line"),
    Field(
        "price_list", "steps", _EXACTLY, "the first question of the matching, with other weights"
    ),
    Field(
        "price_list",
        "steps.precedence",
        _BY_PROOF,
        "the earlier pairs are those of the matching; with any weights the prices have to prove the line",
    ),
    Field("price_list", "steps.solution.route", _NOT, "which algorithm ran leaves no trace"),
    *(
        Field("price_list", f"steps.solution.{name}", _BY_PROOF, "as in a matching")
        for name in ("certificate", "answer", "points_proof", "pairs_proof", "aims")
    ),
)
"""One row a field. What stands in a field goes with it, unless it has a row of its own; what has none is not verified."""


def field_of(result: str, name: str) -> Field | None:
    """Return the row that a field of a result belongs to: its own, or that of the nearest field around it.

    Parameters
    ----------
    result : str
        The kind of result.
    name : str
        The names of fields from the outermost on.

    Returns
    -------
    Field or None
        Nothing where no row is about it.

    Examples
    --------
    >>> field = field_of("matching", "pairs.points")
    >>> field and field.name
    'pairs'
    """
    rows = {row.name: row for row in FIELDS if row.result == result}
    around = name
    while around and around not in rows:
        around = around.rpartition(".")[0]
    # A row without a name is about all that has none of its own.
    return rows.get(around)
